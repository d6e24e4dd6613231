// What may be done to a warning event, and when.
//
//   open ──sign──▶ signed ──close──▶ closed
//                 └─▶ order, progress: it stays signed
import type { WarningActionName, WarningLevel, WarningState } from '../../contract/warnings.ts'
import { isGraver } from './levels.ts'

/** [WARN-12] Signing for it comes first: an event that rings is neither ordered about nor closed. */
export const mayActOn = (state: WarningState, action: WarningActionName): boolean =>
  action === 'sign' ? state === 'open' : state === 'signed'

/** [WARN-12] Nobody signs for what was not on the screen yet. `shown`: undefined from a seat that does not say. */
export const mayBeSigned = (level: WarningLevel, shown: WarningLevel | undefined): boolean =>
  shown === undefined || !isGraver(level, shown)

/** Actions to offer, in the order people use them. */
export const actionsOn = (state: WarningState): readonly WarningActionName[] =>
  (['sign', 'order', 'progress', 'close'] as const).filter((action) => mayActOn(state, action))
