// How long a seat keeps what the centre has, and what it keeps for as long as it takes.
import type { Policy } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'

const dayMs = 86_400_000
/** When the centre's policy says nothing. */
const usualDays = 7

type Kept = Pick<Policy, 'keptDays'>

export const keptDaysOf = (policy: Kept): number => policy.keptDays ?? usualDays
export const keptMs = (policy: Kept): number => keptDaysOf(policy) * dayMs

/** Somebody was spoken with and the form is still to be filed. */
export const isUnfinished = (call: CallRecord): boolean =>
  call.direction !== 'internal' &&
  (call.madeFor ?? null) === null &&
  call.answeredAt !== null &&
  call.filedAt === null
