// What a newcomer has done on the practice seat, read from the records it left: nothing is ticked by hand.
import type { CallRecord } from '../../contract/softphone.ts'
import { fiveElements } from './form.ts'

export type FirstSteps = {
  /** Answered a caller. */
  readonly answered: boolean
  /** Filed a form with all five elements. */
  readonly filed: boolean
  /** Lost the line in a call and answered another one afterwards. */
  readonly outage: boolean
}

/** [WRAP-17] Computed from the calls themselves, oldest or newest first alike. */
export const firstSteps = (records: readonly CallRecord[]): FirstSteps => {
  const answered = records.filter((record) => record.direction === 'inbound' && record.outcome === 'answered')
  const cut = answered.filter((record) => record.endedBy === 'system').map((record) => record.offeredAt)
  const firstCut = Math.min(Infinity, ...cut)
  return {
    answered: answered.length > 0,
    filed: records.some(
      (record) => record.form !== null && Object.values(fiveElements(record.form)).every(Boolean),
    ),
    outage: answered.some((record) => record.offeredAt > firstCut),
  }
}
