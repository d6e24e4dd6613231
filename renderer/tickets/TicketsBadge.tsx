// How many work orders wait for this person, on the page's icon: an agent's that came back [TICKET-19], a handler's to be
// signed for, a lead's later limits to be decided [TICKET-22].
import { useCallback } from 'react'
import type { LocalTicket } from '../../core/ports.ts'
import { openReturn } from '../../core/tickets/again.ts'
import { NavBadge } from '../app/NavBadge.tsx'
import { shownOf, useBeat, useLoaded, useStoreBeat, useSync } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'
import { isOwnList } from './useTickets.ts'

const none: readonly LocalTicket[] = []

export const TicketsBadge = () => (isOwnList(useWorkplace()) ? <Returned /> : <Waiting />)

const Returned = () => {
  const { records, mirror } = useWorkplace()
  const beat = useStoreBeat() + useBeat(mirror)
  const load = useCallback(() => records.tickets(500), [records])
  const [loaded] = useLoaded(load, beat)
  const tickets = shownOf(loaded)?.value ?? none
  return <NavBadge count={tickets.filter((each) => openReturn(each) !== null).length} />
}

const Waiting = () => {
  const { centre } = useWorkplace()
  const pulledAt = useSync((status) => status.lastPulledAt)
  const load = useCallback(() => centre.call('tickets.waiting', {}), [centre])
  const [loaded] = useLoaded(load, pulledAt)
  return <NavBadge count={shownOf(loaded)?.value.count ?? 0} />
}
