// A page with nothing but the telephone on it, for tests: the real adapter on `window.seat`, and ears to measure by.
// What is heard is taken from the peer connections, what is played from the audio elements; the adapter knows nothing of it.
import { v7 } from 'uuid'
import { CallId } from '../../../contract/ids.ts'
import { defaultSettings } from '../../../contract/settings.ts'
import type { Phone } from '../../../core/ports.ts'
import type { PhoneEvent } from '../../../core/softphone/phoneEvent.ts'
import { browserMedia } from '../../../renderer/adapters/phone/browserMedia.ts'
import { hangUpOnLeave } from '../../../renderer/adapters/phone/pageLeave.ts'
import { createRinger } from '../../../renderer/adapters/ringer.ts'
import { sipPhone } from '../../../renderer/adapters/sipPhone.ts'

const peers: RTCPeerConnection[] = []
const ears: HTMLAudioElement[] = []
const sent: { line: string; tick: number }[] = []
const received: { line: string; tick: number }[] = []

/** A firewall that lets signalling through and no voice: every address leads to a port where nobody is. */
const walled = (sdp: string) =>
  sdp.replaceAll(/^(a=candidate:\S+ \d+ \S+ \d+ \S+) \d+/gm, '$1 9').replaceAll(/^m=audio \d+/gm, 'm=audio 9')

const RealPeer = window.RTCPeerConnection
window.RTCPeerConnection = class extends RealPeer {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    peers.push(this)
  }
  override get localDescription() {
    const own = super.localDescription
    return own && seat.blocksVoice ? new RTCSessionDescription({ type: own.type, sdp: walled(own.sdp) }) : own
  }
  override setRemoteDescription(theirs: RTCSessionDescriptionInit) {
    const { type, sdp = '' } = theirs
    if (type === 'offer' && seat.deafTo > 0) {
      seat.deafTo -= 1
      return new Promise<void>(() => {})
    }
    const taken = () => super.setRemoteDescription(seat.blocksVoice ? { type, sdp: walled(sdp) } : theirs)
    if (type !== 'offer' || seat.offersTakeMs === 0) return taken()
    return new Promise<void>((resolve) => setTimeout(resolve, seat.offersTakeMs)).then(taken)
  }
}
const RealAudio = window.Audio
window.Audio = class extends RealAudio {
  constructor() {
    super()
    ears.push(this)
  }
}
const RealSocket = window.WebSocket
const firstLine = (text: unknown) => (typeof text === 'string' ? (text.split('\r\n')[0] ?? '') : '')
window.WebSocket = class extends RealSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data
      received.push({ line: firstLine(text), tick: performance.now() })
    })
  }
  override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>) {
    sent.push({ line: firstLine(data), tick: performance.now() })
    super.send(data as string)
  }
}

/** Sounds the page makes by itself: what leaves each context, and on which device. */
const contexts: { context: AudioContext; analyser: AnalyserNode }[] = []
const routed: string[] = []
// TypeScript's DOM does not know the method yet.
const contextType = AudioContext.prototype as unknown as { setSinkId: (device: string) => Promise<void> }
const setSink = contextType.setSinkId
contextType.setSinkId = function (this: AudioContext, device: string) {
  routed.push(device)
  return Reflect.apply(setSink, this, [device])
}
const connectNode = AudioNode.prototype.connect
AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode) {
  if (target instanceof AudioDestinationNode && this.context instanceof AudioContext) {
    const { context } = this
    const analyser = new AnalyserNode(context, { fftSize: 2048 })
    Reflect.apply(connectNode, this, [analyser])
    const known = contexts.find((one) => one.context === context)
    if (known) known.analyser = analyser
    else contexts.push({ context, analyser })
  }
  return Reflect.apply(connectNode, this, [target])
} as typeof connectNode

/** Devices a test has pulled out; the browser's own fakes cannot be. What is open on them ends, as it would. */
const pulled = new Set<string>()
const opened: MediaStreamTrack[] = []
const { mediaDevices } = navigator
const realList = mediaDevices.enumerateDevices.bind(mediaDevices)
const realOpen = mediaDevices.getUserMedia.bind(mediaDevices)
mediaDevices.enumerateDevices = async () => (await realList()).filter(({ deviceId }) => !pulled.has(deviceId))
mediaDevices.getUserMedia = async (wanted) => {
  const { audio } = wanted ?? {}
  const exact = typeof audio === 'object' && typeof audio.deviceId === 'object' ? audio.deviceId : null
  const id = exact !== null && 'exact' in exact ? String(exact.exact) : ''
  if (pulled.has(id)) throw new OverconstrainedError('deviceId')
  const stream = await realOpen(wanted)
  opened.push(...stream.getTracks())
  return stream
}
function plug(id: string, isIn: boolean) {
  if (isIn) pulled.delete(id)
  else pulled.add(id)
  mediaDevices.dispatchEvent(new Event('devicechange'))
  if (isIn) return
  for (const track of opened.filter((one) => one.getSettings().deviceId === id)) {
    track.stop()
    track.dispatchEvent(new Event('ended'))
  }
}

const clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const phone = sipPhone({ clock, newCallId: () => CallId.parse(v7()), media: browserMedia(clock) })
const events: PhoneEvent[] = []
phone.listen((event) => void events.push(event))
hangUpOnLeave(phone, window)

const sounds = { ringer: '', speaker: '', ringVolume: 0.8, rings: defaultSettings.rings }
const ringer = createRinger(() => sounds)

const context = new AudioContext()

/** The loudest frequency in a stream right now, how loud the whole is (rms), and how loud single tones are (dB). */
async function listenTo(
  stream: MediaStream,
  tones: readonly number[] = [],
): Promise<{ hz: number; rms: number; levels: number[] }> {
  await context.resume()
  const source = context.createMediaStreamSource(stream)
  const analyser = new AnalyserNode(context, { fftSize: 16_384, smoothingTimeConstant: 0 })
  source.connect(analyser)
  await new Promise((resolve) => setTimeout(resolve, (16_384 / context.sampleRate) * 1000 + 100))
  const bins = new Float32Array(analyser.frequencyBinCount)
  const samples = new Float32Array(analyser.fftSize)
  analyser.getFloatFrequencyData(bins)
  analyser.getFloatTimeDomainData(samples)
  source.disconnect()
  let best = 0
  for (let index = 1; index < bins.length; index += 1) {
    if ((bins[index] ?? Number.NEGATIVE_INFINITY) > (bins[best] ?? Number.NEGATIVE_INFINITY)) best = index
  }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const hz = Math.round((best * context.sampleRate) / analyser.fftSize)
  const levels = tones.map((tone) => {
    const at = Math.round((tone * analyser.fftSize) / context.sampleRate)
    return Math.max(...bins.slice(at - 2, at + 3))
  })
  return { hz, rms: Math.sqrt(power), levels }
}

/** What arrives on the newest, or the nth oldest, open call. */
const arriving = (nth: number) =>
  new MediaStream(
    openPeers()
      .at(nth)
      ?.getReceivers()
      .map(({ track }) => track) ?? [],
  )

const openPeers = () => peers.filter((peer) => peer.connectionState !== 'closed')

const seat = {
  phone,
  blocksVoice: false,
  /** To so many of the next offers the browser says neither yes nor no. */
  deafTo: 0,
  /** As on a computer with much else to do. */
  offersTakeMs: 0,
  plug,
  list: () => realList().then((all) => all.map(({ kind, deviceId, label }) => ({ kind, deviceId, label }))),
  /** The microphone's own mute key, as the browser tells it. */
  muteKey(isDown: boolean) {
    const track = opened.findLast((one) => one.readyState === 'live')
    if (!track) return
    Object.defineProperty(track, 'muted', { value: isDown, configurable: true })
    track.dispatchEvent(new Event(isDown ? 'mute' : 'unmute'))
  },
  /** The microphone goes on giving packets and no sound, as one muted inside the headset does. */
  deaden(isDead: boolean) {
    for (const peer of openPeers())
      for (const { track } of peer.getSenders()) if (track) track.enabled = !isDead
  },
  /** Where the call is heard. */
  earOf: () => ears.findLast((ear) => ear.srcObject !== null)?.sinkId ?? '',
  ringer,
  sounds,
  /** Devices its own sounds were sent to, in order. */
  routed,
  soundsMade: () => contexts.length,
  /** What the page plays by itself right now: how loud, and where. */
  plays: () =>
    contexts
      .filter((one) => one.context.state === 'running')
      .map(({ context: playing, analyser }) => {
        const samples = new Float32Array(analyser.fftSize)
        analyser.getFloatTimeDomainData(samples)
        return { device: (playing as AudioContext & { sinkId?: unknown }).sinkId, peak: Math.max(...samples) }
      }),
  events,
  sent,
  received,
  dial(number: string, callRef: string | null = null): string {
    const id = CallId.parse(v7())
    phone.dial(id, number, callRef)
    return id
  },
  /** Presses answer and says whether the 200 was handed to the socket before the command returned. */
  answer(callId: string): boolean {
    const before = sent.length
    phone.answer(CallId.parse(callId))
    return sent.slice(before).some(({ line }) => line.startsWith('SIP/2.0 200'))
  },
  /** What arrives on the newest, or the nth oldest, open call, whether or not it is played. */
  hears: (nth = -1) => listenTo(arriving(nth)),
  /** How loud each of these tones is in what arrives, in dB. */
  levels: async (tones: readonly number[], nth = -1) => (await listenTo(arriving(nth), tones)).levels,
  /** How many audio elements have a voice to play, aloud or not. */
  voices: () => ears.filter((ear) => ear.srcObject !== null).length,
  /** How many audio elements play something aloud. */
  playing: () => ears.filter((ear) => ear.srcObject !== null && !ear.muted && !ear.paused).length,
  /** What is switched on towards the other side, call by call. */
  sending: () => openPeers().map((peer) => peer.getSenders().some(({ track }) => track?.enabled === true)),
  openPeers: () => openPeers().length,
  isAnswerReady: () => openPeers().at(-1)?.currentLocalDescription?.sdp.includes('a=candidate:') === true,
  async firstPacketTick(): Promise<number | null> {
    const stats = await openPeers().at(-1)?.getStats()
    const rows = [...((stats ?? new Map()) as unknown as Map<string, RTCInboundRtpStreamStats>).values()]
    return rows.find((row) => row.type === 'inbound-rtp' && (row.packetsReceived ?? 0) > 0)
      ? performance.now()
      : null
  },
}

export type SeatOnPage = { phone: Phone; events: PhoneEvent[] } & typeof seat

declare global {
  interface Window {
    seat: SeatOnPage
  }
}
window.seat = seat
