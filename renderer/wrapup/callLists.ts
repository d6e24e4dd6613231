// The calls that are owed, and the last ones dialled, read once for the whole window: the desk lists them, the bar
// offers the next one, keys ring it, the navigation counts them.
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { done } from '../../contract/answer.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import { nextStandingAt } from '../../core/wrapup/agreedTime.ts'
import type { Owed, Wanted } from '../../core/wrapup/callBacks.ts'
import {
  callBacksDue,
  dialledNumbers,
  missedCalls,
  nextCallBack,
  promisingCodes,
} from '../../core/wrapup/callBacks.ts'
import { useBeat, useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { dayStart } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'

export type CallLists = {
  /** Promised a call or cut off; who waits longest over the time agreed stands first. */
  readonly due: readonly Owed[]
  /** Missed at this seat today, and which of them have been reached since. */
  readonly missed: readonly Wanted[]
  /** The numbers dialled from here, the last one first. */
  readonly dialled: readonly CallSummary[]
  /** Whom the call-back key rings. */
  readonly next: CallSummary | null
  /** This agent's newest call, when it did not come to a conversation. */
  readonly last: CallRecord | null
}

const none: CallLists = { due: [], missed: [], dialled: [], next: null, last: null }
const daysBack = 7
/** An earlier call's caller was promised ours for a time that is over as long: three days away and one to spare. */
const agreedDaysBack = 4
const mostDialled = 6
const dayMs = 86_400_000

export const CallListsContext = createContext<CallLists>(none)
export const useCallLists = (): CallLists => useContext(CallListsContext)

/** However long the computer slept, the list is right within a minute of its waking. */
const longestWaitMs = 60_000

/** The present, as often as an agreed call comes to stand otherwise. */
const useMoment = (agreed: readonly number[]): number => {
  const { clock, reference } = useWorkplace()
  const { policy } = reference
  const [moment, setMoment] = useState(() => clock.now())
  useEffect(() => {
    const next = Math.min(...agreed.flatMap((at) => nextStandingAt(at, moment, policy) ?? []))
    if (next === Infinity) return undefined
    const wait = Math.min(longestWaitMs, Math.max(0, next - clock.now()))
    return clock.after(wait, () => setMoment(clock.now()))
  }, [clock, policy, agreed, moment])
  return moment
}

export const useReadCallLists = (): CallLists => {
  const { records, clock, account, reference, session, mirror } = useWorkplace()
  // A colleague may have reached somebody who waits for us: what the centre tells counts as well.
  const again = useStoreBeat() + useBeat(mirror)
  const atSeat = session.sip !== null
  const load = useCallback(async () => {
    if (!atSeat) return done(null)
    const today = dayStart(clock.now())
    const from = today - daysBack * dayMs
    // Each asked for by itself: behind one call lie those of a hundred seats.
    const [waiting, own, missed] = await Promise.all([
      records.waiting({
        from,
        agreedFrom: today - agreedDaysBack * dayMs,
        promising: promisingCodes(reference),
      }),
      records.ofAgent(account.id, from),
      records.missed(account.id, today),
    ])
    if (!waiting.ok) return waiting
    if (!own.ok) return own
    if (!missed.ok) return missed
    const [newest] = own.value
    const last = newest && newest.outcome !== 'answered' ? await records.read(newest.id) : done(null)
    return done({
      waiting: waiting.value,
      own: own.value,
      missed: missed.value,
      last: last.ok ? last.value : null,
    })
  }, [atSeat, records, clock, account, reference])
  const [loaded] = useLoaded(load, again)
  const read =
    loaded.is === 'ready' ? loaded.value : loaded.is === 'failed' ? (loaded.last?.value ?? null) : null
  const agreed = useMemo(() => (read?.waiting ?? []).flatMap(({ callBackAt }) => callBackAt ?? []), [read])
  const moment = useMoment(agreed)
  return useMemo(() => {
    if (read === null) return none
    const { last } = read
    // The list of calls may be newer than the last beat.
    const now = Math.max(moment, clock.now())
    const due = callBacksDue(read.waiting, reference, { agent: account.id, now })
    const today = dayStart(clock.now())
    const missed = missedCalls(read.missed).filter(
      ({ call }) => call.offeredAt >= today && call.agent === account.id,
    )
    const open = missed.flatMap(({ call, reached }) => (reached === null ? [call] : []))
    const dialled = dialledNumbers(read.own, account.id, mostDialled)
    return { due, missed, dialled, next: nextCallBack(due, open), last }
  }, [read, reference, clock, account, moment])
}
