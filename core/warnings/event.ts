// What may be done to a warning event, and when.
//
//   open ──sign──▶ signed ──close──▶ closed
//                 └─▶ order, progress: it stays signed
import type { WarningActionName, WarningState } from '../../contract/warnings.ts'

/** [WARN-12] Signing for it comes first: an event that rings is neither ordered about nor closed. */
export const mayActOn = (state: WarningState, action: WarningActionName): boolean =>
  action === 'sign' ? state === 'open' : state === 'signed'

/** Actions to offer, in the order people use them. */
export const actionsOn = (state: WarningState): readonly WarningActionName[] =>
  (['sign', 'order', 'progress', 'close'] as const).filter((action) => mayActOn(state, action))
