// How Records (core/ports.ts) tells of this agent's work orders, run on the fake and on the real adapter.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ticket } from '../../contract/tickets.ts'
import { ticketId } from '../makers/forms.ts'
import { morning } from '../makers/stamps.ts'
import { aDispatch, aFiled, aPage, aTicket } from '../makers/traffic.ts'
import type { OpenSeat, OpenedSeat } from './openedSeat.ts'
import { value } from './openedSeat.ts'

export const ticketsSuite = (name: string, open: OpenSeat): void => {
  describe(`work orders ${name}`, () => {
    let seat: OpenedSeat
    beforeEach(() => {
      seat = open()
    })
    afterEach(() => seat.close())
    /** The higher the number, the later it was dispatched. */
    const told = (n: number, state: Ticket['state']): Ticket =>
      aTicket(n, { state, dispatch: aDispatch(n, { dispatchedAt: morning + n }) })
    const listed = async (answered: number) =>
      (await value(seat.records.tickets(answered))).map(({ dispatch }) => Number(dispatch.id.slice(-4)))

    test('[TICKET-17] all that are not answered are told, however many and however old, and of the answered the newest', async () => {
      const states = ['returned', 'signed', 'dispatched'] as const
      const open = Array.from({ length: 600 }, (_, n) => told(n + 1, states[n % 3] ?? 'signed'))
      const answered = Array.from({ length: 30 }, (_, n) => told(n + 601, 'replied'))
      await value(seat.mirror.take(aPage({ tickets: [...open, ...answered] })))
      expect(await listed(0)).toEqual(open.map((_, n) => 600 - n))
      const some = await listed(5)
      expect(some).toHaveLength(605)
      expect(some.slice(0, 6)).toEqual([630, 629, 628, 627, 626, 600])
      expect(some.at(-1)).toBe(1)
      expect(await listed(500)).toHaveLength(630)
    })

    test('[TICKET-17] an answered one of which something waits or was refused is told like an open one', async () => {
      await value(seat.records.file(aFiled(1, { ticketId: ticketId(1) }), aDispatch(1, { rev: 2 })))
      await value(seat.mirror.take(aPage({ tickets: [told(1, 'replied'), told(2, 'replied')] })))
      expect(await listed(0)).toEqual([1])
    })

    test('[TICKET-18] one is found by its id, however many came after it', async () => {
      const many = Array.from({ length: 600 }, (_, n) => told(n + 1, 'replied'))
      await value(seat.mirror.take(aPage({ tickets: many })))
      const number = '20261123-0001'
      expect(await value(seat.records.ticket(ticketId(1)))).toEqual({
        dispatch: many[0]?.dispatch,
        number,
        centre: many[0],
      })
      expect(await value(seat.records.ticket(ticketId(9_999)))).toBeNull()
    })
  })
}
