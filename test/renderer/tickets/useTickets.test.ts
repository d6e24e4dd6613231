// How the centre's work orders are read: every open one, and of those done with the newest.
import { expect, test } from 'vitest'
import { done } from '../../../contract/answer.ts'
import type { ApiInput } from '../../../contract/api.ts'
import type { Ticket } from '../../../contract/tickets.ts'
import { mostDone, readCentre } from '../../../renderer/tickets/useTickets.ts'
import type { Workplace } from '../../../renderer/workplace.ts'
import { aTicket } from '../../makers/tickets.ts'

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
    ...many(2001, 700, 'replied'),
    ...many(3001, 700, 'returned'),
  ]
  const list = await listOf(() => all)
  const inState = (...states: Ticket['state'][]) =>
    list.filter(({ centre }) => centre && states.includes(centre.state))
  expect(inState('dispatched', 'signed')).toHaveLength(1300)
  const closed = inState('replied', 'returned')
  expect(closed).toHaveLength(mostDone)
  expect(Math.min(...closed.map(({ centre }) => centre?.acceptedAt ?? 0))).toBe(2401)
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
