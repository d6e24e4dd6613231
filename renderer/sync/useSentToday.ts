// How much of today's own work has reached the centre: today's calls and work orders less what still waits here.
import { useCallback } from 'react'
import { done } from '../../contract/answer.ts'
import { useDay } from '../app/ticker.ts'
import { dayStart } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { useLoaded, useStoreBeat, useSync } from './useSync.ts'

export type SentToday = { readonly sent: number; readonly all: number }

const mostCalls = 1_000

export const useSentToday = (): SentToday | null => {
  const { records, outbox, clock, account } = useWorkplace()
  const beat = useStoreBeat()
  const day = useDay()
  const waiting = useSync((status) => status.waiting)
  const load = useCallback(async () => {
    const from = dayStart(clock.now())
    const calls = await records.page({
      text: '',
      category: null,
      from,
      to: null,
      before: null,
      limit: mostCalls,
    })
    if (!calls.ok) return calls
    const orders = await records.tickets(mostCalls)
    if (!orders.ok) return orders
    const ids: string[] = [
      ...calls.value.filter((call) => call.agent === account.id).map((call) => call.id),
      ...orders.value
        .filter(({ dispatch }) => dispatch.dispatchedAt >= from)
        .map(({ dispatch }) => dispatch.id),
    ]
    const unsent = await outbox.unsent(ids)
    return unsent.ok ? done<SentToday>({ sent: ids.length - unsent.value.size, all: ids.length }) : unsent
  }, [records, outbox, clock, account])
  const [today] = useLoaded(load, `${beat} ${waiting} ${day}`)
  return today.is === 'ready' ? today.value : null
}
