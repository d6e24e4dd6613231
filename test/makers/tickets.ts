// Work orders at the centre, made from the form of test/makers/forms.ts.
import type { Ticket } from '../../contract/tickets.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { ticketOf } from '../../core/wrapup/dispatch.ts'
import { aForm, aRecord, ticketId } from './forms.ts'
import { aReference } from './reference.ts'
import { morning } from './stamps.ts'

export const aDispatch = (n: number, over: Partial<TicketDispatch> = {}): TicketDispatch => {
  const made = ticketOf(aRecord(n), aForm(), aReference(), {
    id: ticketId(n),
    rev: 1,
    localNumber: `L1001-1123-${String(n).padStart(3, '0')}`,
    dispatchedAt: morning + n,
    round: 1,
  })
  if (!made) throw new Error('the form of the makers no longer dispatches')
  return { ...made, ...over }
}

export const aTicket = (n: number, over: Partial<Ticket> = {}): Ticket => {
  const dispatch = aDispatch(n)
  return {
    id: dispatch.id,
    number: `20261123-${String(n).padStart(4, '0')}`,
    state: 'dispatched',
    dispatch,
    events: [],
    acceptedAt: morning,
    signDueAt: morning + 8 * 3_600_000,
    dueAt: morning + 100 * 3_600_000,
    changedAt: morning,
    ...over,
  }
}
