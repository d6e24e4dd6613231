// How many work orders wait for this person, on the page's icon: what they dispatched and came back [TICKET-19], a handler's
// to be signed for, a lead's later limits to be decided [TICKET-22] and what lies with nobody [TICKET-23].
import { useCallback } from 'react'
import { done } from '../../contract/answer.ts'
import { openReturn } from '../../core/tickets/again.ts'
import { NavBadge } from '../app/NavBadge.tsx'
import { shownOf, useBeat, useLoaded, useStoreBeat, useSync } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'
import { isOwnList } from './useTickets.ts'

export const TicketsBadge = () => {
  const returned = useReturned()
  const waiting = useWaiting()
  return <NavBadge count={returned + waiting} />
}

/** Known without the centre. */
const useReturned = (): number => {
  const { records, mirror } = useWorkplace()
  const beat = useStoreBeat() + useBeat(mirror)
  // None of the answered.
  const load = useCallback(() => records.tickets(0), [records])
  const [loaded] = useLoaded(load, beat)
  return (shownOf(loaded)?.value ?? []).filter((each) => openReturn(each) !== null).length
}

const useWaiting = (): number => {
  const { account, centre } = useWorkplace()
  const own = isOwnList({ account })
  const pulledAt = useSync((status) => status.lastPulledAt)
  const load = useCallback(
    async () => (own ? done({ count: 0 }) : centre.call('tickets.waiting', {})),
    [own, centre],
  )
  const [loaded] = useLoaded(load, pulledAt)
  return shownOf(loaded)?.value.count ?? 0
}
