// The day's figures in the call bar, computed from the seat's own call records and from nothing else.
// Law: docs/rules/totals.md. Which day it is and whose records these are is for the caller to choose.
import type { CallRecord } from '../../contract/softphone.ts'

export type Counted = Pick<CallRecord, 'direction' | 'outcome' | 'talkMs' | 'wrapupMs'>

export type Totals = {
  readonly answered: number
  readonly missed: number
  readonly talkMs: number | null
  readonly wrapupMs: number | null
}

/**
 * 今日接听 answered (calls) = inbound calls with outcome `answered`.
 * 未接 missed (calls) = inbound calls that rang out at this seat (`missed`); callers who gave up earlier do not count.
 * 平均通话 talkMs (ms per call) = Σ talkMs of the answered inbound calls ÷ their number, without hold; null: none yet.
 * 话后 wrapupMs (ms per call) = Σ wrapupMs ÷ number of those whose form is filed; null: none filed yet.
 * Source: "sums ÷ handled" of the hotline's measures; handled = answered inbound. Internal and outgoing calls are left out.
 */
export const totalsOf = (records: readonly Counted[]): Totals => {
  const inbound = records.filter((record) => record.direction === 'inbound')
  const answered = inbound.filter((record) => record.outcome === 'answered')
  const wrapups = answered.flatMap((record) => (record.wrapupMs === null ? [] : [record.wrapupMs]))
  return {
    answered: answered.length,
    missed: inbound.filter((record) => record.outcome === 'missed').length,
    talkMs: mean(answered.map((record) => record.talkMs)),
    wrapupMs: mean(wrapups),
  }
}

const mean = (spans: readonly number[]): number | null =>
  spans.length === 0 ? null : Math.round(spans.reduce((sum, span) => sum + span, 0) / spans.length)
