// The work orders this person may see: an agent's own from this computer, everybody else's from the centre, and beside them
// what they dispatched themselves from here. Read again when something arrives from the centre; what was shown stays while the centre is away.
import { useCallback, useMemo } from 'react'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { ApiOutput } from '../../contract/api.ts'
import type { Ticket, TicketState } from '../../contract/tickets.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { withOwn } from '../../core/tickets/pick.ts'
import { doneStates, openStates } from '../../core/tickets/ticket.ts'
import type { Loaded } from '../sync/useSync.ts'
import { shownOf, useLoaded, useStoreBeat, useSync } from '../sync/useSync.ts'
import type { Workplace } from '../workplace.ts'
import { useWorkplace } from '../workplace.ts'

/** True: nothing but this seat's own dispatches, known without the centre. */
export const isOwnList = (workplace: Pick<Workplace, 'account'>): boolean =>
  workplace.account.role === 'agent'

const pageSize = 200
/** [TICKET-17] So many of those that are done with are listed, the newest; the open ones all. */
export const mostDone = 1_000

const listed = (centre: Ticket): ListedTicket => ({
  dispatch: centre.dispatch,
  number: centre.number,
  centre,
  unsent: null,
})

/** Dispatched from this seat: all that wait for anything, and of the answered so many. */
export const readOwn = async (
  { records, outbox }: Pick<Workplace, 'records' | 'outbox'>,
  answered: number,
): Promise<Answer<readonly ListedTicket[]>> => {
  const sent = await records.tickets(answered)
  if (!sent.ok) return sent
  const unsent = await outbox.unsent(sent.value.map(({ dispatch }) => dispatch.id))
  if (!unsent.ok) return unsent
  return done(
    sent.value.map(({ dispatch, number, centre }) => ({
      dispatch,
      number,
      centre,
      unsent: unsent.value.get(dispatch.id) ?? null,
    })),
  )
}

type AtCentre = Pick<Workplace, 'centre'>

const readStates = async (
  { centre }: AtCentre,
  states: readonly TicketState[],
  most: number,
): Promise<Answer<readonly Ticket[]>> => {
  const all: Ticket[] = []
  let before: number | null = null
  while (all.length < most) {
    const answer: Answer<ApiOutput<'tickets.list'>> = await centre.call('tickets.list', {
      states: [...states],
      before,
      limit: pageSize,
    })
    if (!answer.ok) return answer
    const tickets: readonly Ticket[] = answer.value.tickets
    all.push(...tickets)
    const last: Ticket | undefined = tickets.at(-1)
    if (!last || tickets.length < pageSize) break
    before = last.acceptedAt
  }
  return done(all)
}

export const readCentre = async (workplace: AtCentre): Promise<Answer<readonly ListedTicket[]>> => {
  const open = await readStates(workplace, openStates, Infinity)
  if (!open.ok) return open
  const closed = await readStates(workplace, doneStates, mostDone)
  if (!closed.ok) return closed
  // One that was done with in between was read twice: it stands as it was read last.
  const byId = new Map([...open.value, ...closed.value].map((ticket) => [ticket.id, ticket]))
  return done([...byId.values()].map(listed))
}

const none: readonly ListedTicket[] = []

export type Tickets = {
  readonly list: readonly ListedTicket[]
  /** The reading that can fail while the rest of the list is there: the centre's, for an agent the store's. */
  readonly loaded: Loaded<readonly ListedTicket[]>
  readonly reload: () => void
}

export const useTickets = (): Tickets => {
  const { account, records, outbox, centre } = useWorkplace()
  const own = isOwnList({ account })
  const beat = useStoreBeat()
  const pulledAt = useSync((status) => status.lastPulledAt)
  const again = `${beat} ${pulledAt ?? ''}`
  // The answered ones of everybody else come from the centre.
  const loadOwn = useCallback(() => readOwn({ records, outbox }, own ? mostDone : 0), [own, records, outbox])
  const loadTold = useCallback(async () => (own ? done(none) : readCentre({ centre })), [own, centre])
  const [mine, readAgain] = useLoaded(loadOwn, again)
  const [told, askAgain] = useLoaded(loadTold, again)
  const ownList = shownOf(mine)?.value ?? none
  const toldList = shownOf(told)?.value ?? none
  const list = useMemo(() => withOwn(toldList, ownList), [toldList, ownList])
  return own ? { list, loaded: mine, reload: readAgain } : { list, loaded: told, reload: askAgain }
}
