// What a seat reports about itself to the team lead, live.
import { z } from 'zod'
import { AccountId, Code, Extension, Instant } from './ids.ts'

export const SeatPhase = z.enum([
  'signedOut',
  'ready', // 空闲
  'notReady', // 示忙, with a reason
  'ringing', // 振铃
  'onCall', // 通话中
  'held', // 保持
  'dialling', // 外呼
  'wrapup', // 话后整理
  'linkLost', // 网络中断: the server no longer hears the seat, or the seat has lost its telephone
])
export type SeatPhase = z.infer<typeof SeatPhase>

export const SeatStatus = z.object({
  agent: AccountId,
  name: z.string(),
  seat: Extension,
  phase: SeatPhase,
  /** May the queue offer it calls? A lead's telephone is for helping. An older centre does not say. */
  takesCalls: z.boolean().default(true),
  /** When this phase began, in the server's time. */
  since: Instant,
  /** Reason of notReady, a code of reference.notReadyReasons. */
  reason: Code.nullable(),
  /** Topic code of the call in hand as far as it is classified. */
  topic: Code.nullable(),
  /** Unsent items on that seat. */
  waiting: z.number().int().nonnegative(),
  practice: z.boolean(),
})
export type SeatStatus = z.infer<typeof SeatStatus>

/** What the seat itself says; the server adds who it is from the token and corrects the clock. */
export const SeatReport = z.strictObject({
  phase: SeatPhase,
  /** Time the phase has lasted, so that a wrong wall clock does no harm. */
  forMs: z.number().int().nonnegative(),
  reason: Code.nullable(),
  topic: Code.nullable(),
  waiting: z.number().int().nonnegative(),
})
export type SeatReport = z.infer<typeof SeatReport>
