// The sound of a test seat: says tones, presses keys, and tells which tone it hears.
import { RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import { FRAME, SILENCE, toneShare, toSamples } from '../../practice/audio.ts'
import { startPacer } from '../../practice/pacer.ts'

/** A fifth of a second: enough to tell tones 10 Hz apart. */
const EARFUL = 1600

/** The seat's half of one call. */
export type SeatLeg = ReturnType<typeof openSeatLeg>

export function openSeatLeg() {
  const codec = (mimeType: string, payloadType: number) =>
    new RTCRtpCodecParameters({ mimeType, payloadType, clockRate: 8000, channels: 1 })
  const peer = new RTCPeerConnection({
    codecs: { audio: [codec('audio/PCMU', 0), codec('audio/telephone-event', 126)] },
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceServers: [],
    iceUseTcp: false,
    iceUseIpv6: false,
  })
  const transceiver = peer.addTransceiver('audio', { direction: 'sendrecv' })
  let heard: Uint8Array = new Uint8Array(0)
  let packets = 0
  let saying: Uint8Array | null = null
  let position = 0
  let sequence = 0
  let frames = 0
  let keyAt = 0
  transceiver.onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe(({ payload }) => {
      packets += 1
      heard = Buffer.concat([heard, payload]).subarray(-EARFUL)
    })
  })
  const send = (payloadType: number, payload: Uint8Array, timestamp: number, marker = false) => {
    sequence += 1
    const header = new RtpHeader({ payloadType, sequenceNumber: sequence, timestamp, marker })
    const packet = new RtpPacket(header, Buffer.from(payload))
    transceiver.sender.sendRtp(packet).catch(() => undefined)
  }
  const stop = startPacer((frame) => {
    frames = frame
    if (peer.connectionState !== 'connected') return
    let payload: Uint8Array = SILENCE
    if (saying) {
      payload = saying.subarray(position, position + FRAME)
      position = position + 2 * FRAME > saying.length ? 0 : position + FRAME
    }
    send(0, payload, frame * FRAME)
  })
  return {
    peer,
    transceiver,
    /** Repeats this sound until told otherwise. */
    say(sound: Uint8Array | null) {
      saying = sound
      position = 0
    },
    /** Share of the energy of the last fifth of a second that lies at this frequency. */
    hears: (hertz: number) => (heard.length < EARFUL ? 0 : toneShare(toSamples(heard), hertz)),
    packets: () => packets,
    forget: () => void (heard = new Uint8Array(0)),
    /** A key press as RFC 4733 sends it: three packets while pressed, three to end it, all with an instant of its own. */
    press(digit: string) {
      const event = '0123456789*#'.indexOf(digit)
      // On a busy computer no frame may have gone out since the last key.
      keyAt = Math.max(keyAt + FRAME, frames * FRAME)
      const codec126 = transceiver.codecs.find(({ mimeType }) => mimeType.endsWith('telephone-event'))
      for (let part = 0; part < 6; part += 1) {
        const payload = Buffer.from([event, part > 2 ? 0x8a : 0x0a, 0, 160 * (part + 1)])
        sendAs(codec126?.payloadType ?? 126, payload, keyAt)
      }
    },
    close() {
      stop()
      return peer.close()
    },
  }
  function sendAs(payloadType: number, payload: Uint8Array, timestamp: number) {
    sequence += 1
    const header = new RtpHeader({
      payloadType,
      sequenceNumber: sequence,
      timestamp,
      ssrc: transceiver.sender.ssrc,
    })
    // sendRtp would stamp the audio payload type over ours.
    transceiver.dtlsTransport.sendRtp(Buffer.from(payload), header).catch(() => undefined)
  }
}
