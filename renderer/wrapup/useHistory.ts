// What is known of a caller: from this computer at once, completed by the centre when it answers.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { done } from '../../contract/answer.ts'
import type { CallId } from '../../contract/ids.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { LocalTicket } from '../../core/ports.ts'
import { useLoaded, useOffline, useStoreBeat } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'

export type History = {
  /** Earlier calls, newest first, the present one not among them. */
  readonly calls: readonly CallSummary[]
  /** Work orders of this caller that this seat dispatched, newest first. */
  readonly tickets: readonly LocalTicket[]
  /** False: the disk has not answered yet. */
  readonly ready: boolean
  /** [WRAP-26] The centre is away and has said nothing of this number: only what this computer knows. */
  readonly partial: boolean
}

const none: readonly CallSummary[] = []
const noTickets: readonly LocalTicket[] = []
const most = 50

const merge = (
  local: readonly CallSummary[],
  centre: readonly CallSummary[],
  present: CallId | null,
): readonly CallSummary[] => {
  const byId = new Map([...centre, ...local].map((call) => [call.id, call]))
  return [...byId.values()]
    .filter((call) => call.id !== present)
    .sort((one, other) => other.offeredAt - one.offeredAt)
}

export const useHistory = (number: string, present: CallId | null): History => {
  const { records, centre } = useWorkplace()
  const offline = useOffline()
  const beat = useStoreBeat()
  const known = number.length >= 3

  const loadCalls = useCallback(
    () => (known ? records.ofNumber(number, most) : Promise.resolve(done(none))),
    [records, number, known],
  )
  const [local] = useLoaded(loadCalls, beat)
  const loadTickets = useCallback(() => records.tickets(200), [records])
  const [sent] = useLoaded(loadTickets, beat)

  const [remote, setRemote] = useState<{ number: string; calls: readonly CallSummary[] } | null>(null)
  useEffect(() => {
    if (!known || offline) return
    let current = true
    void centre.call('calls.ofNumber', { number: number.slice(0, 32) }).then((answer) => {
      if (current && answer.ok) setRemote({ number, calls: answer.value })
    })
    return () => {
      current = false
    }
  }, [centre, number, known, offline])

  return useMemo(() => {
    const fromCentre = remote?.number === number ? remote.calls : none
    const calls = merge(local.is === 'ready' ? local.value : none, fromCentre, present)
    const ids = new Set(calls.flatMap((call) => call.ticketId ?? []))
    const tickets = (sent.is === 'ready' ? sent.value : noTickets).filter(
      ({ dispatch }) => ids.has(dispatch.id) || (known && dispatch.contactNumber === number),
    )
    return {
      calls,
      tickets,
      ready: local.is !== 'loading',
      partial: known && offline && remote?.number !== number,
    }
  }, [local, remote, sent, number, known, present, offline])
}
