// What may be done to a work order, by whom, and how its clock stands. The server and every list ask here.
//
//   dispatched ──sign──▶ signed ──reply──▶ replied
//     ▲  └────────return────┴──▶ returned
//     └── sent again by its agent, ──────┘
//         or in their place by a lead
import type { Policy } from '../../contract/reference.ts'
import type { Account, Role } from '../../contract/session.ts'
import { TicketActionName, TicketState, type Ticket } from '../../contract/tickets.ts'
import { openAsk } from './extension.ts'

const from: Readonly<Record<TicketActionName, readonly TicketState[]>> = {
  sign: ['dispatched'],
  reply: ['signed'],
  return: ['dispatched', 'signed'],
  ask: ['signed'],
  grant: ['signed'],
  deny: ['signed'],
  redispatch: ['returned'],
}

const does = ['handler', 'admin'] as const
/** [TICKET-20] [TICKET-23] A later limit is a lead's to decide, and what becomes of an order whose agent does not send it again. */
const decides = ['lead', 'admin'] as const
const actors: Readonly<Record<TicketActionName, readonly Role[]>> = {
  sign: does,
  reply: does,
  return: does,
  ask: does,
  grant: decides,
  deny: decides,
  redispatch: decides,
}

/** States in which something is still to be done, and those in which nothing is. */
export const openStates: readonly TicketState[] = [...new Set(Object.values(from).flat())]
export const doneStates: readonly TicketState[] = TicketState.options.filter(
  (state) => !openStates.includes(state),
)

/** State a work order is in after an action. */
export const afterAction: Readonly<Record<TicketActionName, TicketState>> = {
  sign: 'signed',
  reply: 'replied',
  return: 'returned',
  ask: 'signed',
  grant: 'signed',
  deny: 'signed',
  redispatch: 'dispatched',
}

/** Is this action this role's at all? */
export const isActor = (role: Role, action: TicketActionName): boolean => actors[action].includes(role)

/** May it be taken now? One later limit is asked for at a time, and only what was asked for is decided. */
export const isTurnOf = (ticket: Pick<Ticket, 'state' | 'events'>, action: TicketActionName): boolean => {
  if (!from[action].includes(ticket.state)) return false
  if (action === 'ask') return openAsk(ticket) === null
  return action === 'grant' || action === 'deny' ? openAsk(ticket) !== null : true
}

/** [TICKET-4] Is this unit's order this person's to act on? Handlers of an assisting unit only read. */
export const isLedBy = (department: string, actor: Pick<Account, 'role' | 'department'>): boolean =>
  actor.role !== 'handler' || actor.department === department

/** Actions to offer, in the order people use them. */
export const actionsFor = (
  ticket: Pick<Ticket, 'state' | 'events'> & {
    readonly dispatch: { readonly plan: { readonly department: string } }
  },
  actor: Pick<Account, 'role' | 'department'>,
): readonly TicketActionName[] =>
  isLedBy(ticket.dispatch.plan.department, actor)
    ? TicketActionName.options.filter((action) => isActor(actor.role, action) && isTurnOf(ticket, action))
    : []

export interface TicketClock {
  /** Which limit runs: to sign for it, or to answer it. */
  readonly until: 'sign' | 'reply'
  /** Part of the limit used, 0–1. */
  readonly used: number
  readonly phase: 'calm' | 'amber' | 'over'
  /** Negative when over. */
  readonly leftMs: number
}

/** What a clock is told from. */
export type ClockedTicket = Pick<Ticket, 'state' | 'acceptedAt' | 'clockFrom' | 'signDueAt' | 'dueAt'>

/** The clock that runs on a work order; null when none does (replied, returned). */
export const clockOf = (
  ticket: ClockedTicket,
  now: number,
  policy: Pick<Policy, 'amberAt'>,
): TicketClock | null => {
  if (ticket.state === 'replied' || ticket.state === 'returned') return null
  const until = ticket.state === 'dispatched' ? 'sign' : 'reply'
  const end = until === 'sign' ? ticket.signDueAt : ticket.dueAt
  const leftMs = end - now
  const from = ticket.clockFrom ?? ticket.acceptedAt
  const span = end - from
  const used = span <= 0 ? 1 : Math.min(1, Math.max(0, (now - from) / span))
  const phase = leftMs <= 0 ? 'over' : used >= policy.amberAt ? 'amber' : 'calm'
  return { until, used, phase, leftMs }
}

/** A telephone number as it is shown by default: 138****8000, 010****9999; short ones keep their ends. */
export const maskedNumber = (number: string): string => {
  if (number.length < 5) return number === '' ? '' : '****'
  const head = number.length >= 10 ? 3 : 1
  const tail = number.length >= 10 ? 4 : 2
  return `${number.slice(0, head)}****${number.slice(-tail)}`
}
