// How work orders are read: of the centre every open one and of those done with the newest; of this seat what waits.
import { expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import type { ApiInput } from '../../../contract/api.ts'
import type { Ticket } from '../../../contract/tickets.ts'
import { mostDone, readCentre, readOwn } from '../../../renderer/tickets/useTickets.ts'
import type { Workplace } from '../../../renderer/workplace.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { ticketId } from '../../makers/forms.ts'
import { morning } from '../../makers/stamps.ts'
import { aDispatch, aTicket } from '../../makers/tickets.ts'
import { aFiled, aPage } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

type Asked = ApiInput<'tickets.list'>

/** Answers as the centre does: newest first, a page at a time. */
const centreWith = (tickets: () => readonly Ticket[]): Pick<Workplace, 'centre'> => ({
  centre: {
    call: async (_name: string, { states, before, limit }: Asked) => {
      const fit = tickets()
        .filter(({ state }) => states.length === 0 || states.includes(state))
        .filter(({ acceptedAt }) => before === null || acceptedAt < before)
        .toSorted((one, other) => other.acceptedAt - one.acceptedAt)
      return done({ tickets: fit.slice(0, limit), total: fit.length, serverNow: 0 })
    },
  } as unknown as Workplace['centre'],
})
const many = (from: number, count: number, state: Ticket['state']): Ticket[] =>
  Array.from({ length: count }, (_, n) => aTicket(from + n, { state, acceptedAt: from + n }))
const listOf = async (tickets: () => readonly Ticket[]) => {
  const answer = await readCentre(centreWith(tickets))
  if (!answer.ok) throw new Error(answer.problem.text)
  return answer.value
}

test('[TICKET-17] the oldest open order is listed however many came after it; of those done the newest', async () => {
  const all = [
    ...many(1, 650, 'dispatched'),
    ...many(1001, 650, 'signed'),
    ...many(2001, 1200, 'replied'),
    ...many(4001, 700, 'returned'),
  ]
  const list = await listOf(() => all)
  const inState = (...states: Ticket['state'][]) =>
    list.filter(({ centre }) => centre && states.includes(centre.state))
  expect(inState('dispatched', 'signed', 'returned')).toHaveLength(2000)
  const closed = inState('replied')
  expect(closed).toHaveLength(mostDone)
  expect(Math.min(...closed.map(({ centre }) => centre?.acceptedAt ?? 0))).toBe(2201)
})

test('[TICKET-17] [TICKET-12] an order done with while the list is read is on it once, as it is now', async () => {
  const open = many(1, 3, 'signed')
  let asked = 0
  const list = await listOf(() => {
    asked += 1
    return asked === 1 ? open : open.map((ticket) => ({ ...ticket, state: 'replied' as const }))
  })
  expect(list.map(({ centre }) => centre?.state)).toEqual(['replied', 'replied', 'replied'])
})

test('[TICKET-19] what a lead dispatched from here is read beside the centre’s: what waits, was refused or came back', async () => {
  const seat = memorySeat(manualClock(morning))
  for (const n of [1, 2]) await value(seat.records.file(aFiled(n, { ticketId: ticketId(n) }), aDispatch(n)))
  const [refused] = (await value(seat.outbox.list(9))).filter(({ id }) => id === ticketId(1))
  if (!refused) throw new Error('it does not wait to be sent')
  const { seq, id, kind } = refused
  await seat.outbox.settle([
    { seq, id, kind, fate: 'park', text: '没有这个承办单位', field: null, at: morning },
  ])
  const tickets = [aTicket(3, { state: 'returned' }), aTicket(4, { state: 'replied' })]
  await seat.mirror.take(aPage({ tickets }))
  const own = await value(readOwn(seat, 0))
  expect(own.map(({ dispatch, unsent }) => [dispatch.id, unsent])).toEqual([
    [ticketId(3), null],
    [ticketId(2), 'waiting'],
    [ticketId(1), 'parked'],
  ])
})
