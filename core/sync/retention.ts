// How long a seat keeps what the centre has, and what it keeps for as long as it takes.
import type { Policy } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'

const dayMs = 86_400_000
/** When the centre's policy says nothing. */
const usualDays = 7

export const keptMs = (policy: Pick<Policy, 'keptDays'>): number => (policy.keptDays ?? usualDays) * dayMs

/** Somebody was spoken with and the form is still to be filed. */
export const isUnfinished = (call: CallRecord): boolean =>
  call.direction !== 'internal' &&
  (call.madeFor ?? null) === null &&
  call.answeredAt !== null &&
  call.filedAt === null
