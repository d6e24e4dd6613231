// The clock of everything a seat writes down: the computer's own, corrected by the centre's once the centre has answered.
// Lengths of time are not its affair: they come from the monotonic clock, which nobody moves.
import type { Clock } from '../../core/ports.ts'
import type { Skew } from '../../core/sync/skew.ts'
import { correctionOf, sharper, skewOf } from '../../core/sync/skew.ts'

export type CentreClock = Clock & {
  /** An answer of the centre came just now. */
  heard(serverNow: number, roundTripMs: number): void
  /** The computer's own clock minus the centre's; 0 as long as nobody knows. */
  skewMs(): number
  /** The centre has told the time since this program began. Before that nothing is thrown away for being old. */
  isSure(): boolean
}

export const centreClock = (own: Clock): CentreClock => {
  let skew: Skew | null = null
  return {
    now: () => own.now() - correctionOf(skew),
    tick: () => own.tick(),
    after: (ms, run) => own.after(ms, run),
    heard(serverNow, roundTripMs) {
      skew = sharper(skew, skewOf(own.now(), roundTripMs, serverNow))
    },
    skewMs: () => skew?.ms ?? 0,
    isSure: () => skew !== null,
  }
}
