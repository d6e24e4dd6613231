// The tones it can ring with, made of plain waves: no file is loaded. Each is told apart from across the room.
import type { RingTone } from '../../contract/settings.ts'

/** No click at either end of a note. */
const EDGE_S = 0.01

export type Tone = {
  /** Length of one round; then it begins anew. */
  readonly seconds: number
  /** The sound at this second, −1 to 1. */
  at(second: number): number
}

export const edge = (second: number, lengthS: number): number =>
  Math.max(0, Math.min(1, second / EDGE_S, (lengthS - second) / EDGE_S))

const wave = (hertz: number, second: number) => Math.sin(2 * Math.PI * hertz * second)

/** Notes in turn, each struck anew; silence after the last one. */
const notes =
  (hertz: readonly number[], noteS: number, fades: boolean) =>
  (second: number): number => {
    const n = Math.floor(second / noteS)
    const note = hertz[n]
    if (note === undefined) return 0
    const within = second - n * noteS
    return wave(note, second) * edge(within, noteS) * (fades ? Math.exp(-4 * (within / noteS)) : 1)
  }

/** Two notes in turn, as a telephone warbles: heard across a room without startling who sits beside it. */
const warble = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? 784 : 988))

export const ringTones: Record<RingTone, Tone> = {
  warble: { seconds: 3, at: notes(warble, 0.12, false) },
  chime: { seconds: 3, at: notes([1047, 1319, 1568], 0.35, true) },
  bell: {
    seconds: 4,
    at: (second) =>
      second > 1.6
        ? 0
        : ((wave(880, second) + wave(2_217, second) / 2) / 1.5) * edge(second, 1.6) * Math.exp(-2.2 * second),
  },
  pulse: { seconds: 2.4, at: notes([523, 0, 523, 0, 523], 0.15, false) },
  knock: { seconds: 5, at: notes([660, 0, 660], 0.09, true) },
}
