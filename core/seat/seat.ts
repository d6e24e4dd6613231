// The seat between calls: what the agent has said about being available. What the calls say on top of it
// is seatPhase; whether the queue may offer a call is mayTakeCalls. Law: docs/rules/seat.md
//
//   signedOut ──signIn──► ready ⇄ notReady(reason)
//   ready, notReady ──call ended──► wrapup ──last form filed──► ready, or what was asked for meanwhile
import type { CallId } from '../../contract/ids.ts'
import type { SeatPhase } from '../../contract/seat.ts'
import type { Call } from '../softphone/call.ts'
import { isLive } from '../softphone/call.ts'
import type { Unfit } from './selfCheck.ts'
import { selfCheckReason } from './selfCheck.ts'

export type Rest = { readonly is: 'ready' } | { readonly is: 'notReady'; readonly reason: string }

export type Seat =
  | { readonly is: 'signedOut' }
  /** `wrapups`: calls whose forms wait to be filed before the seat is free again. */
  | { readonly is: 'signedIn'; readonly rest: Rest; readonly wrapups: readonly CallId[] }

export type SeatSince = {
  readonly phase: SeatPhase
  readonly reason: string | null
  readonly at: number
  readonly tick: number
}

/** What the agent, the lead and the queue see: calls first, then wrap-up, then what was said. */
export const seatPhase = (
  seat: Seat,
  calls: readonly Call[],
  phoneIsUp: boolean,
  unfit: Unfit | null,
): { phase: SeatPhase; reason: string | null } => {
  if (seat.is === 'signedOut') return { phase: 'signedOut', reason: null }
  const live = calls.filter(isLive)
  const has = (...phases: Call['phase']['is'][]) => live.some((call) => phases.includes(call.phase.is))
  if (has('talking', 'answering')) return { phase: 'onCall', reason: null }
  if (has('dialling')) return { phase: 'dialling', reason: null }
  if (has('ringing')) return { phase: 'ringing', reason: null }
  if (has('held')) return { phase: 'held', reason: null }
  if (seat.wrapups.length > 0) return { phase: 'wrapup', reason: null }
  if (seat.rest.is === 'notReady') return { phase: 'notReady', reason: seat.rest.reason }
  if (!phoneIsUp) return { phase: 'linkLost', reason: null }
  // [SEAT-20] The wish to be ready stays and comes true by itself once the check passes.
  return unfit === null ? { phase: 'ready', reason: null } : { phase: 'notReady', reason: selfCheckReason }
}

/** [SEAT-3] The queue offers a call only to a seat that is ready: not in wrap-up, not on a call, able to take one. */
export const mayTakeCalls = (
  seat: Seat,
  calls: readonly Call[],
  phoneIsUp: boolean,
  unfit: Unfit | null,
): boolean => seatPhase(seat, calls, phoneIsUp, unfit).phase === 'ready'
