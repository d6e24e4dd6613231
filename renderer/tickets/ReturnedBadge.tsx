// How many of the agent's work orders came back and wait to be sent again, on the page's icon.
import { useCallback } from 'react'
import type { LocalTicket } from '../../core/ports.ts'
import { openReturn } from '../../core/tickets/again.ts'
import { NavBadge } from '../app/NavBadge.tsx'
import { shownOf, useBeat, useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useWorkplace } from '../workplace.ts'
import { isOwnList } from './useTickets.ts'

const none: readonly LocalTicket[] = []

export const ReturnedBadge = () => (isOwnList(useWorkplace()) ? <Count /> : null)

const Count = () => {
  const { records, mirror } = useWorkplace()
  const beat = useStoreBeat() + useBeat(mirror)
  const load = useCallback(() => records.tickets(500), [records])
  const [loaded] = useLoaded(load, beat)
  const tickets = shownOf(loaded)?.value ?? none
  return <NavBadge count={tickets.filter((each) => openReturn(each) !== null).length} />
}
