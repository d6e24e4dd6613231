// The seat wall: how long each seat has been in its state, which need a look, in which order they stand.
// Law: docs/rules/wall.md. Seats come from the centre with instants of its clock.
import type { NotReadyReason, Policy } from '../../contract/reference.ts'
import type { SeatPhase, SeatStatus } from '../../contract/seat.ts'

/** The order of states when the wall is sorted by them: who works first, who is away last. */
export const phaseOrder: readonly SeatPhase[] = [
  'ringing',
  'onCall',
  'held',
  'dialling',
  'wrapup',
  'ready',
  'notReady',
  'linkLost',
  'signedOut',
]

export type WallOrder = 'seat' | 'phase' | 'since'

/** [WALL-1] Time in the state on the centre's clock, never negative. `skewMs`: the centre's clock minus ours. */
export const inPhaseMs = (seat: Pick<SeatStatus, 'since'>, now: number, skewMs: number): number =>
  Math.max(0, now + skewMs - seat.since)

const bySeat = (one: SeatStatus, other: SeatStatus): number =>
  one.seat.length - other.seat.length || (one.seat < other.seat ? -1 : one.seat > other.seat ? 1 : 0)

/** [WALL-2] By seat number a tile never moves; the other orders fall back to it. */
export const sortSeats = (seats: readonly SeatStatus[], order: WallOrder): readonly SeatStatus[] =>
  [...seats].sort((one, other) => {
    if (order === 'phase') {
      const apart = phaseOrder.indexOf(one.phase) - phaseOrder.indexOf(other.phase)
      if (apart !== 0) return apart
    }
    if (order === 'since' && one.since !== other.since) return one.since - other.since
    return bySeat(one, other)
  })

/** [WALL-5] Those who can be counted on for calls. */
export const callTakers = (seats: readonly SeatStatus[]): readonly SeatStatus[] =>
  seats.filter((seat) => seat.takesCalls)

/** Seats per state in the wall's order of states; states nobody is in are left out. */
export const countPhases = (
  seats: readonly SeatStatus[],
): readonly { readonly phase: SeatPhase; readonly count: number }[] =>
  phaseOrder
    .map((phase) => ({ phase, count: seats.filter((seat) => seat.phase === phase).length }))
    .filter(({ count }) => count > 0)

export type WallAlert =
  | { readonly is: 'longWrapup' }
  | { readonly is: 'longBreak'; readonly maxMinutes: number }
  | null

/** [WALL-3] After-call work and breaks that have passed their limit ask for a look; talking never does. */
export const alertOf = (
  seat: Pick<SeatStatus, 'phase' | 'reason'>,
  lastsMs: number,
  policy: Pick<Policy, 'wrapupWarnSeconds'>,
  reasons: readonly NotReadyReason[],
): WallAlert => {
  if (seat.phase === 'wrapup') return lastsMs > policy.wrapupWarnSeconds * 1000 ? { is: 'longWrapup' } : null
  if (seat.phase !== 'notReady') return null
  const maxMinutes = reasons.find((reason) => reason.code === seat.reason)?.maxMinutes ?? null
  return maxMinutes !== null && lastsMs > maxMinutes * 60_000 ? { is: 'longBreak', maxMinutes } : null
}
