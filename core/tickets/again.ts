// A work order its department gave back and its agent sends again, or a lead in their place: what the department said, and
// which dispatch answers it.
import type { Reference } from '../../contract/reference.ts'
import type { Role } from '../../contract/session.ts'
import type { DispatchPlan } from '../../contract/wrapup.ts'
import type { Ticket, TicketAction, TicketDispatch, TicketState } from '../../contract/tickets.ts'
import { handlingLimits } from '../wrapup/dispatch.ts'
import type { ListedTicket } from './pick.ts'
import { dueAt } from './workdays.ts'

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

/** How a work order went out the last time, and who sent it. */
export type SentOut = { readonly by: string; readonly plan: DispatchPlan; readonly byAgent: boolean }

/** [TICKET-23] As the centre told it; null: it has not, or what was sent here answers it. */
export const sentOut = (ticket: Known): SentOut | null => {
  const { centre } = ticket
  const line = centre?.events.findLast(({ what }) => what === 'dispatch')
  if (!centre || !line || isSentAgain(ticket)) return null
  const { agent, plan } = centre.dispatch
  return { by: line.byName, plan, byAgent: line.by === agent }
}

type Way = { readonly department: string; readonly limit: string }

/** [TICKET-23] What a lead dispatched its agent may put right in all but this. */
export const goesElsewhere = (one: Way, other: Way): boolean =>
  one.department !== other.department || one.limit !== other.limit

/** What a lead chose for it. */
export type Anew = Omit<Extract<TicketAction, { do: 'redispatch' }>, 'do' | 'id'>

/** [TICKET-23] The dispatch that answers the return in its agent's place; null: no such department, or no such limit. */
export const dispatchedAnew = (
  dispatch: TicketDispatch,
  { department, limit, text }: Anew,
  reference: Reference,
  now: number,
): TicketDispatch | null => {
  const unit = reference.departments.find((row) => row.active && row.code === department)
  const span = handlingLimits(reference).find((row) => row.code === limit)
  if (!unit || !span) return null
  const due = dueAt(span, now, reference.calendar, reference.policy)
  return {
    ...dispatch,
    rev: dispatch.rev + 1,
    round: roundIn(dispatch) + 1,
    dispatchedAt: now,
    plan: {
      department,
      departmentName: unit.zh,
      assisting: dispatch.plan.assisting.filter((each) => each.department !== department),
      limit,
      dueAt: due.dueAt,
      dueIsFirm: due.firm,
      note: text,
    },
  }
}

/** [TICKET-23] Does it lie with nobody: its agent can send nothing any more, or has not within the limit to sign for one? */
export const isLeftLying = (
  returnedAt: number,
  agent: { readonly role: Role; readonly disabled: boolean },
  { timeLimits, calendar, policy }: Reference,
  now: number,
): boolean => {
  if (agent.disabled || (agent.role !== 'agent' && agent.role !== 'lead')) return true
  const limit = timeLimits.find((row) => row.code === policy.signLimit)
  return limit === undefined || now >= dueAt(limit, returnedAt, calendar, policy).dueAt
}
