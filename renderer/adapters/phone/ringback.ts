// The tone of a phone ringing at the other end, for outgoing calls to which the PBX sends none of its own:
// 450 Hz, one second on, four off, as the Chinese network sounds (GB/T 3380).

import { route } from './speakerRoute.ts'

const HERTZ = 450
const ON_S = 1
const PERIOD_S = 5
const LOUDNESS = 0.08

export type Ringback = { sound: (on: boolean) => void; useSpeaker: (id: string | null) => void }

export function ringback(): Ringback {
  let context: AudioContext | null = null
  let speaker: string | null = null
  return {
    useSpeaker(id) {
      speaker = id
      route(context, speaker)
    },
    sound(on) {
      if (!on) {
        context?.close().catch(() => {})
        context = null
      } else if (context === null) {
        context = new AudioContext()
        route(context, speaker)
        const source = new AudioBufferSourceNode(context, { buffer: period(context), loop: true })
        source.connect(context.destination)
        source.start()
      }
    },
  }
}

function period(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate * PERIOD_S, context.sampleRate)
  const samples = buffer.getChannelData(0)
  for (let index = 0; index < context.sampleRate * ON_S; index += 1) {
    samples[index] = LOUDNESS * Math.sin((2 * Math.PI * HERTZ * index) / context.sampleRate)
  }
  return buffer
}
