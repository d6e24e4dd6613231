// The sound of one call with a seat: a werift peer connection bound to loopback, one pacer, one party.
// It knows nothing of SIP; call.ts hands it descriptions and is told of digits, hold and silence.
import { RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket, type MediaStreamTrack } from 'werift'
import { FRAME, SILENCE, type Frame } from './audio.ts'
import { startPacer } from './pacer.ts'
import type { Party } from './party.ts'
import { digitPayload, fromSeat, iceUserOf, isHold, toSeat } from './sdp.ts'

const PCMU = 0
const TELEPHONE_EVENT = 101
const DIGITS = '0123456789*#ABCD'

export type LegWatcher = {
  digit(digit: string): void
  hold(isHeld: boolean): void
  /** Every frame the seat sent, for level meters; the party hears it too. */
  heard(frame: Frame): void
  fault(what: string): void
}

export type Leg = {
  /** Our first offer. */
  offer: () => Promise<string>
  /** The seat's answer to our offer. */
  accept: (answer: string) => Promise<void>
  /** Our answer to the seat's offer: first, hold, resume or ICE restart. */
  answer: (offer: string) => Promise<string>
  join: (party: Party | null) => void
  isHeld: () => boolean
  /** Milliseconds since the seat last sent sound; while held, 0. */
  silentMs: () => number
  close: () => void
}

export function openLeg(watcher: LegWatcher): Leg {
  const peer = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({
          mimeType: 'audio/PCMU',
          clockRate: 8000,
          channels: 1,
          payloadType: PCMU,
        }),
        new RTCRtpCodecParameters({
          mimeType: 'audio/telephone-event',
          clockRate: 8000,
          channels: 1,
          payloadType: TELEPHONE_EVENT,
          parameters: '0-15',
        }),
      ],
    },
    // Strict loopback: without these werift binds every media socket to 0.0.0.0 and skips 127.0.0.1.
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceServers: [],
    iceUseTcp: false,
    iceUseIpv6: false,
  })
  const transceiver = peer.addTransceiver('audio', { direction: 'sendrecv' })
  let party: Party | null = null
  let digitsPayload = TELEPHONE_EVENT
  let lastDigitAt: number | null = null
  let iceUser: string | null = null
  let isHeld = false
  let isClosed = false
  let heardAt = performance.now()

  function receive(packet: RtpPacket) {
    heardAt = performance.now()
    const { payloadType, timestamp } = packet.header
    if (payloadType === digitsPayload) {
      // A key press is several packets with one timestamp: the first one counts.
      const digit = DIGITS[packet.payload[0] ?? 255]
      if (digit && lastDigitAt !== timestamp) watcher.digit(digit)
      lastDigitAt = timestamp
    } else if (payloadType === PCMU && !isHeld) {
      const frame = new Uint8Array(packet.payload)
      watcher.heard(frame)
      party?.hear(frame)
    }
  }
  transceiver.onTrack.subscribe((track: MediaStreamTrack) => void track.onReceiveRtp.subscribe(receive))

  // One line of sequence and time stamps per leg whatever feeds it: two of them give silence.
  let sequence = 0
  const stopPacer = startPacer((frame) => {
    // Time passes while nothing is sent; sequence numbers do not.
    if (isHeld || peer.connectionState !== 'connected') return
    const payload = Buffer.from(party?.speak() ?? SILENCE)
    const header = new RtpHeader({
      payloadType: PCMU,
      sequenceNumber: sequence & 0xffff,
      timestamp: (frame * FRAME) >>> 0,
      marker: sequence === 0,
    })
    sequence += 1
    transceiver.sender.sendRtp(new RtpPacket(header, payload)).catch(() => watcher.fault('rtp not sent'))
  })

  // werift 0.25.2 gathers anew on an ICE restart but, with DTLS still up, never checks the new pairs: we would send
  // into the void while the seat is heard well.
  function restartIce() {
    for (const transport of peer.iceTransports) {
      transport.start().catch(() => watcher.fault('sound path not restored'))
    }
  }

  function note(seatSdp: string) {
    iceUser = iceUserOf(seatSdp)
    digitsPayload = digitPayload(seatSdp) ?? TELEPHONE_EVENT
    const wasHeld = isHeld
    isHeld = isHold(seatSdp)
    heardAt = performance.now()
    if (isHeld !== wasHeld) watcher.hold(isHeld)
  }

  return {
    async offer() {
      await peer.setLocalDescription(await peer.createOffer())
      return toSeat(peer.localDescription?.sdp ?? '')
    },
    async accept(answer) {
      await peer.setRemoteDescription({ type: 'answer', sdp: fromSeat(answer) })
      note(answer)
    },
    async answer(offer) {
      const cleaned = fromSeat(offer)
      const isRestart = iceUser !== null && iceUserOf(cleaned) !== iceUser
      await peer.setRemoteDescription({ type: 'offer', sdp: cleaned })
      // The seat begins the handshake, as it does when it answers us: werift 0.25.2 gives up for good, and the call
      // stays silent, where a stalled machine lets what it asked for come twice.
      const { dtlsTransport } = transceiver
      if (dtlsTransport.role === 'auto') dtlsTransport.role = 'server'
      await peer.setLocalDescription(await peer.createAnswer())
      note(cleaned)
      if (isRestart) restartIce()
      return toSeat(peer.localDescription?.sdp ?? '')
    },
    join: (next) => void (party = next),
    isHeld: () => isHeld,
    silentMs: () => (isHeld ? 0 : performance.now() - heardAt),
    close() {
      if (isClosed) return
      isClosed = true
      party = null
      stopPacer()
      peer.close().catch(() => watcher.fault('media not closed'))
    },
  }
}
