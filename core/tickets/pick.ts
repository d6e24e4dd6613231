// Which work orders a list shows and in which order. Pure: the same for handlers and for the agents who sent them.
import type { Policy } from '../../contract/reference.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import { returnTo, standingOf } from './again.ts'
import { openAsk } from './extension.ts'
import { clockOf } from './ticket.ts'

/** A work order on a list: as the centre holds it, or still only on this computer. */
export type ListedTicket = {
  readonly dispatch: TicketDispatch
  /** Official number; null: not given yet. */
  readonly number: string | null
  readonly centre: Ticket | null
  /** What of it has not reached the centre; null: all of it has. */
  readonly unsent: 'waiting' | 'parked' | null
}

export const chips = [
  'all',
  'unsent',
  'toSign',
  'soon',
  'over',
  'asked',
  'inHand',
  'replied',
  'returned',
] as const
export type Chip = (typeof chips)[number]

type Rules = Pick<Policy, 'amberAt'>

/** [TICKET-13] Does this order belong under the chip at this moment? */
export const underChip = (ticket: ListedTicket, chip: Chip, now: number, policy: Rules): boolean => {
  const { centre } = ticket
  const phase = centre ? clockOf(centre, now, policy)?.phase : undefined
  switch (chip) {
    case 'all':
      return true
    case 'unsent':
      return ticket.unsent !== null || centre === null
    case 'toSign':
      return standingOf(ticket) === 'dispatched'
    case 'soon':
      return phase === 'amber'
    case 'over':
      return phase === 'over'
    case 'asked':
      return centre !== null && openAsk(centre) !== null
    case 'inHand':
      return centre?.state === 'signed'
    case 'replied':
      return centre?.state === 'replied'
    case 'returned':
      return standingOf(ticket) === 'returned'
  }
}

/** Number, local number, title, name or employer contains the words; spaces around them do not count. */
export const containsText = ({ dispatch, number }: ListedTicket, text: string): boolean => {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  return [number ?? '', dispatch.localNumber, dispatch.title, dispatch.callerName, dispatch.employer].some(
    (field) => field.toLowerCase().includes(wanted),
  )
}

type Order = (one: ListedTicket, other: ListedTicket) => number

export const newestFirst: Order = (one, other) => other.dispatch.dispatchedAt - one.dispatch.dispatchedAt

/** Least time left first; those no clock runs for come last, newest first. */
export const byTimeLeft = (now: number, policy: Rules): Order => {
  const left = (ticket: ListedTicket) =>
    (ticket.centre && clockOf(ticket.centre, now, policy)?.leftMs) ?? Infinity
  return (one, other) => {
    const [a, b] = [left(one), left(other)]
    return a === b ? newestFirst(one, other) : a - b
  }
}

/** [TICKET-19] What this person dispatched and came back, then the others in their order. */
export const returnedFirst =
  (agent: string, then: Order): Order =>
  (one, other) =>
    Number(returnTo(other, agent) !== null) - Number(returnTo(one, agent) !== null) || then(one, other)

/** One's own dispatch is on this computer in full, and the centre's word on it may be newer there. */
const knownLast = (own: ListedTicket, told: ListedTicket): ListedTicket => ({
  dispatch: own.dispatch.rev >= told.dispatch.rev ? own.dispatch : told.dispatch,
  number: told.number,
  centre: (own.centre?.changedAt ?? 0) > (told.centre?.changedAt ?? 0) ? own.centre : told.centre,
  unsent: own.unsent,
})

/** [TICKET-19] The centre's list, and beside it what this person dispatched from here: each once, as it is known last. */
export const withOwn = (
  told: readonly ListedTicket[],
  own: readonly ListedTicket[],
): readonly ListedTicket[] => {
  const byId = new Map(told.map((ticket) => [ticket.dispatch.id, ticket]))
  for (const ticket of own) {
    const { id } = ticket.dispatch
    const known = byId.get(id)
    byId.set(id, known ? knownLast(ticket, known) : ticket)
  }
  return [...byId.values()]
}
