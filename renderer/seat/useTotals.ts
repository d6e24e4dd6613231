// The day's totals of this agent, from the records on this computer; read again whenever a record was put, and when another
// day begins.
// Filed records, and those nobody spoke in, do not change any more: each is read once.
import { useEffect, useState } from 'react'
import type { AccountId, CallId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Clock, Records } from '../../core/ports.ts'
import type { Totals } from '../../core/wallboard/totals.ts'
import { totalsOf } from '../../core/wallboard/totals.ts'
import { onNewDay, useTicker } from '../app/ticker.ts'
import { calmly } from '../sync/calm.ts'
import { dayStart } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'

/** Own calls offered since midnight; null: the disk did not answer, the last totals stay. */
const readDay = async (
  records: Records,
  agent: AccountId,
  from: number,
  known: Map<CallId, CallRecord>,
): Promise<readonly CallRecord[] | null> => {
  const calls = await records.ofAgent(agent, from)
  if (!calls.ok) return null
  const day: CallRecord[] = []
  for (const { id } of calls.value) {
    const record = known.get(id) ?? (await readOne(records, id))
    if (!record) continue
    if (record.filedAt !== null || record.outcome !== 'answered') known.set(id, record)
    day.push(record)
  }
  return day
}

const readOne = async (records: Records, id: CallId): Promise<CallRecord | null> => {
  const answer = await records.read(id)
  return answer.ok ? answer.value : null
}

type Listen = (listener: () => void) => () => void

/** Reads at once, then whenever one of them tells, one reading at a time. */
export const watchDay = (
  records: Records,
  clock: Clock,
  agent: AccountId,
  listens: readonly Listen[],
  show: (totals: Totals) => void,
): (() => void) => {
  const known = new Map<CallId, CallRecord>()
  let day = 0
  let isOver = false
  const { changed, stop } = calmly(clock, async () => {
    const from = dayStart(clock.now())
    // Of yesterday nothing is asked any more.
    if (from !== day) known.clear()
    day = from
    const calls = await readDay(records, agent, from, known)
    if (calls && !isOver) show(totalsOf(calls))
  })
  const stops = listens.map((listen) => listen(changed))
  changed()
  return () => {
    isOver = true
    for (const each of stops) each()
    stop()
  }
}

export const useTotals = (): Totals | null => {
  const { records, outbox, clock, account } = useWorkplace()
  const ticker = useTicker()
  const [totals, setTotals] = useState<Totals | null>(null)
  useEffect(
    () =>
      watchDay(
        records,
        clock,
        account.id,
        [(listener) => outbox.listen(listener), (listener) => onNewDay(ticker, listener)],
        setTotals,
      ),
    [records, outbox, clock, account.id, ticker],
  )
  return totals
}
