// Chips, search and order of the lists of work orders.
import { expect, test } from 'vitest'
import type { Ticket } from '../../../contract/tickets.ts'
import type { Chip, ListedTicket } from '../../../core/tickets/pick.ts'
import { byTimeLeft, chips, containsText, underChip } from '../../../core/tickets/pick.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'
import { aDispatch, aTicket } from '../../makers/tickets.ts'

const { policy } = aReference()
const hour = 3_600_000
const listed = (n: number, over: Partial<Ticket> = {}): ListedTicket => {
  const centre = aTicket(n, over)
  return { dispatch: centre.dispatch, number: centre.number, centre, unsent: null }
}
const local = (n: number, unsent: ListedTicket['unsent']): ListedTicket => ({
  dispatch: aDispatch(n),
  number: null,
  centre: null,
  unsent,
})
const chipsOf = (ticket: ListedTicket, now: number): readonly Chip[] =>
  chips.filter((chip) => underChip(ticket, chip, now, policy))

test('[TICKET-13] each state and each phase of the clock has its chip', () => {
  expect(chipsOf(listed(1), morning)).toEqual(['all', 'toSign'])
  expect(chipsOf(listed(1), morning + 7 * hour)).toEqual(['all', 'toSign', 'soon'])
  expect(chipsOf(listed(1), morning + 9 * hour)).toEqual(['all', 'toSign', 'over'])
  expect(chipsOf(listed(1, { state: 'signed' }), morning + 9 * hour)).toEqual(['all', 'inHand'])
  expect(chipsOf(listed(1, { state: 'replied' }), morning + 999 * hour)).toEqual(['all', 'replied'])
  expect(chipsOf(listed(1, { state: 'returned' }), morning)).toEqual(['all', 'returned'])
})

test('[TICKET-13] what has not reached the centre is under its own chip', () => {
  expect(chipsOf(local(1, 'waiting'), morning)).toEqual(['all', 'unsent'])
  expect(chipsOf(local(1, 'parked'), morning)).toEqual(['all', 'unsent'])
})

test('[TICKET-13] least time left first, then those without a clock, newest first', () => {
  const over = listed(1, { state: 'signed', dueAt: morning - hour })
  const soon = listed(2, { signDueAt: morning + hour })
  const later = listed(3, { state: 'signed', dueAt: morning + 50 * hour })
  const done = listed(4, { state: 'replied' })
  const unsent = local(5, 'waiting')
  expect([done, later, unsent, over, soon].sort(byTimeLeft(morning, policy))).toEqual([
    over,
    soon,
    later,
    unsent,
    done,
  ])
})

test('a list is searched by number, local number, title, name and employer', () => {
  const ticket = listed(7)
  for (const words of ['1123-0007', 'l1001-1123-007', '裁员', ' 王建平 ', '恒泽', ''])
    expect(containsText(ticket, words), words).toBe(true)
  expect(containsText(ticket, '不存在')).toBe(false)
})
