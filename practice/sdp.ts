// The few edits a session description needs so that werift and a browser agree on one machine:
// which lines of an offer werift may see, and that nothing but loopback is ever advertised.

/**
 * A seat's description as werift may read it. Two things are taken out:
 * telephone-event at other clock rates than 8000, because werift matches codecs by name only and would
 * answer Chromium's /48000 and lose every digit; and `.local` candidates, which would make it open a
 * multicast socket to resolve them (the seat's own checks reveal its address anyway).
 */
export function fromSeat(sdp: string): string {
  const unwanted = [...sdp.matchAll(/^a=rtpmap:(\d+) telephone-event\/(\d+)/gm)]
    .filter(([, , rate]) => rate !== '8000')
    .map(([, payload]) => payload)
  const isUnwanted = (line: string) =>
    unwanted.some((payload) => new RegExp(`^a=(rtpmap|fmtp|rtcp-fb):${payload}\\b`).test(line)) ||
    (line.startsWith('a=candidate:') && line.includes('.local '))
  return lines(sdp)
    .filter((line) => !isUnwanted(line))
    .map((line) => (line.startsWith('m=audio ') ? withoutPayloads(line, unwanted) : line))
    .join('\r\n')
}

function withoutPayloads(mediaLine: string, payloads: (string | undefined)[]): string {
  const [kind, port, protocol, ...formats] = mediaLine.split(' ')
  return [kind, port, protocol, ...formats.filter((format) => !payloads.includes(format))].join(' ')
}

/** Our description as the seat may read it: werift advertises the LAN address too, even where it is not bound. */
export function toSeat(sdp: string): string {
  return lines(sdp)
    .filter((line) => !line.startsWith('a=candidate:') || line.split(' ')[4] === '127.0.0.1')
    .map((line) => (line.startsWith('c=IN ') ? 'c=IN IP4 127.0.0.1' : line))
    .join('\r\n')
}

/** Whether the seat says it does not want to hear us: hold, as a re-INVITE expresses it. */
export function isHold(sdp: string): boolean {
  return /^a=(sendonly|inactive)\s*$/m.test(sdp)
}

/** Payload number of RFC 4733 digits in this description; null where they are not spoken of. */
export function digitPayload(sdp: string): number | null {
  const found = /^a=rtpmap:(\d+) telephone-event\/8000/m.exec(sdp)
  return found ? Number(found[1]) : null
}

/** The seat's ICE user name: a new one in a re-INVITE asks for a new path. */
export function iceUserOf(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null
}

function lines(sdp: string): string[] {
  return sdp.split(/\r?\n/)
}
