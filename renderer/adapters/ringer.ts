// The sounds of the seat itself: the ring, on the ring device, and the soft tick that tells that the caller has hung
// up, in the headset. Both are made here, no file is loaded. When it rings is core's to say.
import { afterPaint } from '../afterPaint.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Ringer } from '../runEffects.ts'
import { route } from './phone/speakerRoute.ts'

/** Two notes in turn, as a telephone warbles: heard across a room without startling who sits beside it. */
const NOTES = [784, 988]
const NOTE_S = 0.12
const WARBLE_S = 1.2
const PERIOD_S = 3
const RING_LOUDNESS = 0.5
const TICK_HERTZ = 1_200
const TICK_S = 0.06
const TICK_LOUDNESS = 0.12
/** No click at either end of a note. */
const EDGE_S = 0.01
/** Plenty for notes below 2 kHz. */
const SAMPLE_HERTZ = 16_000

export function createRinger(settings: () => Pick<Settings, 'ringer' | 'ringVolume' | 'speaker'>): Ringer {
  // Made at sign-in: when it rings, every millisecond belongs to the screen and the answer.
  const ring = sound(PERIOD_S, ringAt)
  const tick = sound(TICK_S, tickAt)
  let ringing: AudioContext | null = null
  let rings = false

  return {
    start() {
      if (rings) return
      rings = true
      afterPaint(() => {
        if (rings) ringing ??= play(ring, settings().ringer, settings().ringVolume * RING_LOUDNESS, true)
      })
    },
    stop() {
      rings = false
      close(ringing)
      ringing = null
    },
    tick() {
      const context = play(tick, settings().speaker, TICK_LOUDNESS, false, () => close(context))
    },
  }
}

/** `shape`: the sound at this second, -1 to 1. */
function sound(seconds: number, shape: (second: number) => number): AudioBuffer {
  const buffer = new AudioBuffer({ length: Math.ceil(SAMPLE_HERTZ * seconds), sampleRate: SAMPLE_HERTZ })
  const samples = buffer.getChannelData(0)
  for (let index = 0; index < samples.length; index += 1) samples[index] = shape(index / SAMPLE_HERTZ)
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

function ringAt(second: number): number {
  if (second >= WARBLE_S) return 0
  const hertz = NOTES[Math.floor(second / NOTE_S) % NOTES.length] ?? 0
  return Math.sin(2 * Math.PI * hertz * second) * edge(second % NOTE_S, NOTE_S)
}

function tickAt(second: number): number {
  return Math.sin(2 * Math.PI * TICK_HERTZ * second) * edge(second, TICK_S) * (1 - second / TICK_S)
}

function edge(second: number, lengthS: number): number {
  return Math.min(1, second / EDGE_S, (lengthS - second) / EDGE_S)
}

function close(context: AudioContext | null) {
  context?.close().catch(() => {})
}
