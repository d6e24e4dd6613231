// The calls that are owed, and the last ones dialled, read once for the whole window: the desk lists them, the bar
// offers the next one, keys ring it, the navigation counts them.
import { createContext, useCallback, useContext, useMemo } from 'react'
import { done } from '../../contract/answer.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { Wanted } from '../../core/wrapup/callBacks.ts'
import { callBacksDue, dialledNumbers, missedCalls, nextCallBack } from '../../core/wrapup/callBacks.ts'
import { useBeat, useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { dayStart } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'

export type CallLists = {
  /** All calls of the last days, newest first. */
  readonly recent: readonly CallSummary[]
  /** Promised a call or cut off, newest first. */
  readonly due: readonly CallSummary[]
  /** Missed at this seat today, and which of them have been reached since. */
  readonly missed: readonly Wanted[]
  /** The numbers dialled from here, the last one first. */
  readonly dialled: readonly CallSummary[]
  /** Whom the call-back key rings. */
  readonly next: CallSummary | null
  /** This agent's newest call, when it did not come to a conversation. */
  readonly last: CallRecord | null
}

const none: CallLists = { recent: [], due: [], missed: [], dialled: [], next: null, last: null }
const daysBack = 7
const mostCalls = 1_000
const mostDialled = 6
const dayMs = 86_400_000

export const CallListsContext = createContext<CallLists>(none)
export const useCallLists = (): CallLists => useContext(CallListsContext)

export const useReadCallLists = (): CallLists => {
  const { records, clock, account, reference, session, mirror } = useWorkplace()
  // A colleague may have reached somebody who waits for us: what the centre tells counts as well.
  const again = useStoreBeat() + useBeat(mirror)
  const atSeat = session.sip !== null
  const load = useCallback(async () => {
    if (!atSeat) return done(null)
    const from = dayStart(clock.now()) - daysBack * dayMs
    const page = await records.page({
      text: '',
      category: null,
      from,
      to: null,
      before: null,
      limit: mostCalls,
    })
    if (!page.ok) return page
    const own = page.value.find((call) => call.agent === account.id)
    const last = own && own.outcome !== 'answered' ? await records.read(own.id) : done(null)
    return done({ calls: page.value, last: last.ok ? last.value : null })
  }, [atSeat, records, clock, account])
  const [loaded] = useLoaded(load, again)
  const read =
    loaded.is === 'ready' ? loaded.value : loaded.is === 'failed' ? (loaded.last?.value ?? null) : null
  return useMemo(() => {
    if (read === null) return none
    const { calls, last } = read
    const due = callBacksDue(calls, reference)
    const today = dayStart(clock.now())
    const missed = missedCalls(calls).filter(
      ({ call }) => call.offeredAt >= today && call.agent === account.id,
    )
    const open = missed.flatMap(({ call, reached }) => (reached === null ? [call] : []))
    const dialled = dialledNumbers(calls, account.id, mostDialled)
    return { recent: calls, due, missed, dialled, next: nextCallBack(due, open), last }
  }, [read, reference, clock, account])
}
