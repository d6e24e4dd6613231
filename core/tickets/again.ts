// A work order its department gave back and its agent sends again: what the department said, and which dispatch answers it.
import type { Ticket, TicketDispatch, TicketState } from '../../contract/tickets.ts'
import type { ListedTicket } from './pick.ts'

type Known = Pick<ListedTicket, 'dispatch' | 'centre'>

const roundIn = (dispatch: Pick<TicketDispatch, 'round'>): number => dispatch.round ?? 1

/** May its agent still change what stands in it? A department works by what it has signed for. */
export const isOpenToAgent = (state: TicketState): boolean => state === 'dispatched' || state === 'returned'

/** [TICKET-18] The round of a dispatch written now: what was returned is answered by the next one. */
export const roundOf = ({ dispatch, centre }: Known): number => {
  const told = centre === null ? 1 : roundIn(centre.dispatch)
  return Math.max(roundIn(dispatch), centre?.state === 'returned' ? told + 1 : told)
}

/** Sent again here, whatever the centre last told of it. */
export const isSentAgain = ({ dispatch, centre }: Known): boolean =>
  centre?.state === 'returned' && roundIn(dispatch) > roundIn(centre.dispatch)

/** What the department said when it gave the work order back. */
export type Returned = { readonly department: string; readonly reason: string; readonly round: number }

export const returnOf = (ticket: Pick<Ticket, 'dispatch' | 'events'>): Returned => ({
  department: ticket.dispatch.plan.departmentName,
  reason: ticket.events.findLast(({ what }) => what === 'return')?.text ?? '',
  round: roundIn(ticket.dispatch),
})

/** The return its agent has still to answer; null: there is none. */
export const openReturn = (ticket: Known): Returned | null =>
  ticket.centre?.state === 'returned' && !isSentAgain(ticket) ? returnOf(ticket.centre) : null

/** [TICKET-19] The return this person has still to answer: whoever dispatched it, agent or lead. */
export const returnTo = (ticket: Known, agent: string): Returned | null =>
  ticket.dispatch.agent === agent ? openReturn(ticket) : null

/** How it stands in a list: at the centre, or what of it is not there yet. */
export const standingOf = ({
  dispatch,
  centre,
  unsent,
}: ListedTicket): TicketState | 'unsent' | 'refused' => {
  if (unsent === 'parked') return 'refused'
  if (centre === null) return 'unsent'
  if (!isSentAgain({ dispatch, centre })) return centre.state
  return unsent === null ? 'dispatched' : 'unsent'
}

/** [TICKET-18] The word on a revision that comes to the centre: it is sent again, changes what is out, or is out of date. */
export const turnOf = (
  known: { readonly state: string; readonly round: number },
  dispatch: Pick<TicketDispatch, 'round'>,
): 'again' | 'change' | 'returned' | 'superseded' | 'taken' => {
  const round = roundIn(dispatch)
  if (known.state === 'returned') return round > known.round ? 'again' : 'returned'
  if (known.state !== 'dispatched') return 'taken'
  return round < known.round ? 'superseded' : 'change'
}
