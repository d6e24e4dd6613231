// Sound by the browser: one RTCPeerConnection and one audio element per call. No STUN (the PBX is on the LAN, and an
// unreachable STUN server delays every answer by five seconds), and one own address is enough to begin.
import { afterPaint } from '../../afterPaint.ts'
import type { Clock } from '../../../core/ports.ts'
import type { CallMedia, Media, MediaDirection } from './media.ts'
import { earpiece } from './earpiece.ts'
import { microphone } from './microphone.ts'
import { readVoice } from './callQuality.ts'
import { ringback } from './ringback.ts'
import { threeWay, type Mixable } from './threeWay.ts'

/** A machine without any address never finds a candidate; a busy one takes its time, and without one nobody is heard. */
const CANDIDATE_LIMIT_MS = 3_000
const DIGIT_MS = 100
const DIGIT_GAP_MS = 70

type OpenCall = CallMedia & Mixable & { renewMicrophone(): void; useSink(sink: string | null): void }

export function browserMedia(clock: Clock): Media {
  const mic = microphone(clock)
  const calls = new Set<OpenCall>()
  const ear = earpiece()
  mic.onChange(() => {
    for (const call of calls) call.renewMicrophone()
  })
  ear.onSink(() => {
    for (const call of calls) call.useSink(ear.sink())
  })
  return {
    warm() {
      mic.warm()
      ear.start()
    },
    rest() {
      mic.rest()
      ear.stop()
    },
    onMicrophone(listener) {
      mic.onState((state, ...more) => {
        listener(state, ...more)
        // The browser names loudspeakers only once the microphone was allowed.
        if (state === 'live') ear.start()
      })
    },
    onEar: ear.onEar,
    hearOn: ear.allow,
    useDevices(devices) {
      mic.useDevices(devices)
      ear.useSpeaker(devices.speaker)
    },
    open(kind) {
      const call = openCall(clock, kind === 'voice' ? mic.track : null, ear.sink(), () => calls.delete(call))
      calls.add(call)
      return call
    },
    async join(first, second) {
      const sound = (of: CallMedia) => [...calls].find((call) => call === of)
      const [one, other] = [sound(first), sound(second)]
      if (!one || !other) throw new Error('closed meanwhile')
      return threeWay(one, other)
    },
  }
}

function openCall(
  clock: Clock,
  newTrack: (() => MediaStreamTrack) | null,
  firstSink: string | null,
  onClose: () => void,
): OpenCall {
  // Made with the first description, ear and all, so that a ring is on the screen before it costs anything.
  let made: RTCPeerConnection | null = null
  let track: MediaStreamTrack | null = null
  let sender: RTCRtpSender | null = null
  const pathListeners: ((path: 'found' | 'lost') => void)[] = []
  let ear: HTMLAudioElement | null = null
  const tone = ringback()
  let voice = { speaks: false, hears: false }
  let sink = firstSink
  let isClosed = false
  /** Goes out in place of the microphone: its mix with a third person's voice. */
  let instead: MediaStreamTrack | null = null
  let tellVoice = () => {}
  let turn: Promise<unknown> = Promise.resolve()

  function open(): RTCPeerConnection {
    // Whoever waited for its turn meanwhile: nobody would close what is opened now.
    if (isClosed) throw new Error('closed meanwhile')
    if (made !== null) return made
    const peer = new RTCPeerConnection({ iceServers: [] })
    made = peer
    const mine = (ear ??= new Audio())
    mine.autoplay = true
    useSink(sink)
    if (newTrack === null) peer.addTransceiver('audio', { direction: 'recvonly' })
    else {
      track = newTrack()
      track.enabled = voice.speaks
      sender = peer.addTrack(track)
    }
    peer.addEventListener('track', ({ track: theirs, streams }) => {
      // Given up while the answer was being made: an ear that gets a voice now is kept by the browser for ever.
      if (isClosed || peer !== made) return
      mine.srcObject = streams[0] ?? new MediaStream([theirs])
    })
    peer.addEventListener('connectionstatechange', () => {
      if (peer !== made) return
      const { connectionState } = peer
      const path = connectionState === 'connected' ? 'found' : 'lost'
      if (path === 'found' || connectionState === 'disconnected' || connectionState === 'failed')
        for (const listener of pathListeners) listener(path)
    })
    return peer
  }

  /** One description at a time: a re-INVITE of the PBX may arrive while ours is being made. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work)
    turn = next.catch(() => {})
    return next
  }

  function direct(direction: MediaDirection) {
    const [transceiver] = open().getTransceivers()
    if (transceiver && sender !== null) transceiver.direction = direction
  }

  function play() {
    // Refused until the agent has touched the page once; answering is such a touch.
    ear?.play().catch(() => {})
  }

  /** [AUDIO-4] null: silence, because the voice may only come out where the agent agreed to hear it. */
  function useSink(next: string | null) {
    sink = next
    hear()
    if (next === null) return
    // Gone this very moment: silence until the next look at what is plugged in.
    ear?.setSinkId(next).catch(() => {})
    tone.useSpeaker(next)
  }

  function hear() {
    if (ear === null) return
    ear.muted = !voice.hears || sink === null
    if (!ear.muted) play()
  }
  return {
    offer: (direction, restart) =>
      inTurn(async () => {
        const peer = open()
        direct(direction)
        await peer.setLocalDescription(await peer.createOffer({ iceRestart: restart }))
        await firstCandidate(peer, clock)
        return described(peer)
      }),
    accept: (sdp, early) =>
      inTurn(() => open().setRemoteDescription({ type: early ? 'pranswer' : 'answer', sdp })),
    answer: (sdp, direction) =>
      inTurn(async () => {
        if (made === null) await new Promise<void>(afterPaint)
        const peer = open()
        await peer.setRemoteDescription({ type: 'offer', sdp })
        direct(direction)
        const answer = await peer.createAnswer()
        if (/^m=audio 0 /m.test(answer.sdp ?? '')) throw new Error('no common voice format')
        await peer.setLocalDescription(answer)
        await firstCandidate(peer, clock)
        return described(peer)
      }),
    described: () => (made === null ? '' : described(made)),
    beginAnew() {
      if (made !== null) closeSettled(made, clock)
      track?.stop()
      made = null
      track = null
      sender = null
      turn = Promise.resolve()
    },
    rollback: () =>
      inTurn(async () => {
        if (made?.signalingState === 'have-local-offer') await made.setLocalDescription({ type: 'rollback' })
      }),
    setVoice(next) {
      voice = next
      if (track) track.enabled = next.speaks
      hear()
      tellVoice()
    },
    mine: () => track,
    theirs: () => made?.getReceivers()[0]?.track ?? null,
    hears: () => voice.hears,
    async sendInstead(next) {
      instead = next
      await sender?.replaceTrack(instead ?? track)
    },
    onVoice: (listener) => void (tellVoice = listener ?? (() => {})),
    setRingback: tone.sound,
    sendDigits(digits) {
      const keys = digits.replace(/[^0-9*#A-D]/gi, '')
      // A second insert would throw away what has not been sent yet.
      if (sender?.dtmf) sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + keys, DIGIT_MS, DIGIT_GAP_MS)
    },
    async sample() {
      if (isClosed || made === null) return null
      return readVoice(await made.getStats(), clock.tick())
    },
    onPath: (listener) => void pathListeners.push(listener),
    close() {
      if (isClosed) return
      isClosed = true
      onClose()
      tone.sound(false)
      track?.stop()
      if (ear !== null) ear.srcObject = null
      const closing = made
      if (closing === null) return
      const stuck = new Promise<void>((resolve) => void clock.after(STUCK_LIMIT_MS, resolve))
      void Promise.race([turn, stuck]).then(() => closeSettled(closing, clock))
    },
    renewMicrophone() {
      if (isClosed || sender === null || newTrack === null) return
      const old = track
      const fresh = newTrack()
      fresh.enabled = voice.speaks
      track = fresh
      tellVoice()
      sender.replaceTrack(instead ?? fresh).then(
        () => old?.stop(),
        () => {},
      )
    },
    useSink,
  }
}

/** Our description as it stands, with the addresses found so far. */
function described(peer: RTCPeerConnection): string {
  return peer.localDescription?.sdp ?? ''
}

/** A description that has not come by then never will (timely.ts). */
const STUCK_LIMIT_MS = 5_000
/** A change of state may be under way for so long. */
const SETTLE_LIMIT_MS = 2_000

/**
 * Chromium keeps a connection for ever that is closed while a change of its state is under way, and there are hundreds
 * in a shift: such a one is closed when the change is through. Nothing is said or heard on it meanwhile.
 */
function closeSettled(peer: RTCPeerConnection, clock: Clock) {
  const isGathered = () => (peer.localDescription === null ? true : peer.iceGatheringState === 'complete')
  const isSettled = () => isGathered() && peer.connectionState !== 'connecting'
  const changes = ['icegatheringstatechange', 'connectionstatechange'] as const
  const close = () => {
    cancelLimit()
    for (const change of changes) peer.removeEventListener(change, look)
    peer.close()
  }
  const look = () => {
    if (isSettled()) clock.after(0, close)
  }
  const cancelLimit = clock.after(SETTLE_LIMIT_MS, close)
  for (const change of changes) peer.addEventListener(change, look)
  if (isSettled()) close()
}

/** An address the PBX can send to: TCP and IPv6 ones may be found first and are of no use to it. */
const USABLE = /^a=candidate:\S+ \d+ udp \d+ \d+\.\d+\.\d+\.\d+ /im

/** Resolves as soon as the description holds one usable address of ours, or all there are. */
function firstCandidate(peer: RTCPeerConnection, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const isReady = () => USABLE.test(peer.localDescription?.sdp ?? '')
    if (isReady()) return resolve()
    const cancelLimit = clock.after(CANDIDATE_LIMIT_MS, finish)
    // The gathering state is no guide: right after an ICE restart it still says complete, of the old candidates, and
    // an offer without one reads as hold.
    const look = ({ candidate }: RTCPeerConnectionIceEvent) => (isReady() || candidate === null) && finish()
    function finish() {
      cancelLimit()
      peer.removeEventListener('icecandidate', look)
      resolve()
    }
    peer.addEventListener('icecandidate', look)
  })
}
