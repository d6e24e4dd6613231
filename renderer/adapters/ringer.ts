// The sounds of the seat itself: the ring, on the ring device, in the tone chosen for this kind of call; and in the
// headset the soft tick that tells that the caller has hung up, the beep before a call that is answered by itself, and
// a note to try the headset with. All are made here, no file is loaded. When it rings is core's to say.
import { afterPaint } from '../afterPaint.ts'
import type { RingKind, Settings } from '../../contract/settings.ts'
import type { Ringer } from '../runEffects.ts'
import { route } from './phone/speakerRoute.ts'
import type { Tone } from './ringTones.ts'
import { edge, ringTones } from './ringTones.ts'

const RING_LOUDNESS = 0.5
const HEADSET_LOUDNESS = 0.12
const NOTE_LOUDNESS = 0.25
/** Should the device never say that the beep is over, the worker must not wait for it. */
const BEEP_LIMIT_MS = 1_000
/** Plenty for notes below 4 kHz. */
const SAMPLE_HERTZ = 16_000

const tick: Tone = {
  seconds: 0.06,
  at: (second) => Math.sin(2 * Math.PI * 1_200 * second) * edge(second, 0.06) * (1 - second / 0.06),
}
/** Two short ones: unlike anything a caller says. */
const beep: Tone = {
  seconds: 0.4,
  at: (second) =>
    second > 0.15 && second < 0.25
      ? 0
      : Math.sin(2 * Math.PI * 1_000 * second) * edge(second < 0.2 ? second : second - 0.25, 0.15),
}
/** Rises and falls like nothing else in the room: an early warning. */
const siren: Tone = {
  seconds: 2.4,
  at: (second) => {
    if (second > 1.8) return 0
    const within = second % 0.6
    // The phase is the integral of a frequency that climbs from 500 to 1100 Hz.
    return Math.sin(2 * Math.PI * (500 * within + 500 * within * within)) * edge(within, 0.6)
  },
}
/** Whatever the slider says. */
const LEAST_WARNING = 0.3
const note: Tone = { seconds: 1.2, at: (second) => Math.sin(2 * Math.PI * 523 * second) * edge(second, 1.2) }

export type RingSettings = Pick<Settings, 'ringer' | 'ringVolume' | 'rings' | 'speaker'>

export type SeatSounds = Ringer & {
  /** One note where callers are heard, to try it. */
  note(): Promise<void>
  /** An early warning nobody has signed for: sounds on the ring device until it is told no. */
  warn(yes: boolean): void
}

export function createRinger(settings: () => RingSettings): SeatSounds {
  // Made once per tone, at sign-in for the one that matters: when it rings, every millisecond is the screen's.
  const made = new Map<Tone, AudioBuffer>()
  const bufferOf = (tone: Tone) => {
    const buffer = made.get(tone) ?? sound(tone)
    made.set(tone, buffer)
    return buffer
  }
  bufferOf(ringTones[settings().rings.queue.tone])
  let ringing: AudioContext | null = null
  let wanted: RingKind | null = null
  let warning: AudioContext | null = null

  const inHeadset = (tone: Tone, loudness: number): Promise<void> =>
    new Promise((resolve) => {
      const context = play(bufferOf(tone), settings().speaker, loudness, false, () => {
        close(context)
        resolve()
      })
      setTimeout(resolve, tone.seconds * 1000 + BEEP_LIMIT_MS)
    })

  return {
    start(kind: RingKind) {
      if (wanted !== null) return
      wanted = kind
      afterPaint(() => {
        if (wanted !== kind || ringing !== null) return
        const { tone, volume } = settings().rings[kind]
        const loudness = settings().ringVolume * volume * RING_LOUDNESS
        ringing = play(bufferOf(ringTones[tone]), settings().ringer, loudness, true)
      })
    },
    stop() {
      wanted = null
      close(ringing)
      ringing = null
    },
    tick: () => void inHeadset(tick, HEADSET_LOUDNESS),
    beep: () => inHeadset(beep, HEADSET_LOUDNESS),
    note: () => inHeadset(note, NOTE_LOUDNESS),
    warn(yes) {
      if (yes === (warning !== null)) return
      close(warning)
      const loudness = Math.max(LEAST_WARNING, settings().ringVolume) * RING_LOUDNESS
      warning = yes ? play(bufferOf(siren), settings().ringer, loudness, true) : null
      if (warning) onceTouched(warning)
    },
  }
}

function sound({ seconds, at }: Tone): AudioBuffer {
  const buffer = new AudioBuffer({ length: Math.ceil(SAMPLE_HERTZ * seconds), sampleRate: SAMPLE_HERTZ })
  const samples = buffer.getChannelData(0)
  for (let index = 0; index < samples.length; index += 1) samples[index] = at(index / SAMPLE_HERTZ)
  return buffer
}

function play(
  buffer: AudioBuffer,
  device: string | null,
  loudness: number,
  loop: boolean,
  ended: () => void = () => {},
): AudioContext {
  const context = new AudioContext()
  route(context, device)
  const source = new AudioBufferSourceNode(context, { buffer, loop })
  source.addEventListener('ended', ended)
  source.connect(new GainNode(context, { gain: loudness })).connect(context.destination)
  source.start()
  // Started outside a click the browser may hold it back; the agent has clicked to sign in, so this lets it go.
  context.resume().catch(() => {})
  return context
}

/** After a reload nobody has clicked yet, and the browser holds the sound back: the first touch lets it go. */
function onceTouched(context: AudioContext) {
  const resume = () => void context.resume().catch(() => {})
  for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, resume, { once: true })
}

function close(context: AudioContext | null) {
  context?.close().catch(() => {})
}
