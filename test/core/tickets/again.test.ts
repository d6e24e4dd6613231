// A work order that came back: which dispatch answers which return, and how it stands in the agent's list meanwhile.
import { expect, test } from 'vitest'
import type { Role } from '../../../contract/session.ts'
import type { Ticket, TicketEvent } from '../../../contract/tickets.ts'
import { TicketDispatch } from '../../../contract/tickets.ts'
import {
  dispatchedAnew,
  isLeftLying,
  isOpenToAgent,
  isSentAgain,
  openReturn,
  returnTo,
  roundOf,
  standingOf,
  turnOf,
} from '../../../core/tickets/again.ts'
import type { ListedTicket } from '../../../core/tickets/pick.ts'
import { byTimeLeft, newestFirst, returnedFirst, underChip, withOwn } from '../../../core/tickets/pick.ts'
import { clockOf } from '../../../core/tickets/ticket.ts'
import { fileForm } from '../../../core/wrapup/filing.ts'
import { aForm, aRecord, ticketId } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'
import { aDispatch, aTicket } from '../../makers/tickets.ts'

const line = (what: TicketEvent['what'], text: string): TicketEvent => ({
  at: morning,
  what,
  by: aDispatch(1).agent,
  byName: '测试3001',
  text,
  substantiated: null,
  solved: null,
})
const returned = (n: number, over: Partial<Ticket> = {}): Ticket =>
  aTicket(n, { state: 'returned', events: [line('dispatch', ''), line('return', '不归本部门')], ...over })
const listed = (centre: Ticket, over: Partial<ListedTicket> = {}): ListedTicket => ({
  dispatch: centre.dispatch,
  number: centre.number,
  centre,
  unsent: null,
  ...over,
})

test('[TICKET-18] the dispatch after a return is the next round, and one not yet told of stays in its own', () => {
  const centre = returned(1)
  expect(roundOf({ dispatch: aDispatch(1), centre: null })).toBe(1)
  expect(roundOf({ dispatch: aDispatch(1), centre: aTicket(1) })).toBe(1)
  expect(roundOf(listed(centre))).toBe(2)
  // Written again before the centre has answered: still the answer to the same return.
  expect(roundOf(listed(centre, { dispatch: aDispatch(1, { rev: 2, round: 2 }) }))).toBe(2)
  const twice = returned(1, { dispatch: aDispatch(1, { rev: 2, round: 2 }) })
  expect(roundOf(listed(twice))).toBe(3)
  expect(roundOf({ dispatch: aDispatch(1, { round: 2 }), centre: null })).toBe(2)
})

test('[TICKET-18] filing the form of a returned work order sends it again under its number, one revision on', () => {
  const centre = returned(1)
  const { ticket } = fileForm(aRecord(1, { ticketId: centre.id }), aForm(), aReference(), {
    at: morning + 900_000,
    wrapupMs: 0,
    newTicketId: ticketId(2),
    newLocalNumber: 'L1001-1123-002',
    earlierTicket: { dispatch: centre.dispatch, centre },
  })
  expect(ticket).toMatchObject({
    id: centre.id,
    rev: 2,
    round: 2,
    localNumber: centre.dispatch.localNumber,
    dispatchedAt: morning + 900_000,
  })
  expect(centre.dispatch).not.toHaveProperty('round')
})

test('[TICKET-18] what comes to the centre is taken only in its turn', () => {
  const first = aDispatch(1, { rev: 2 })
  const second = aDispatch(1, { rev: 2, round: 2 })
  expect(turnOf({ state: 'dispatched', round: 1 }, first)).toBe('change')
  expect(turnOf({ state: 'signed', round: 1 }, first)).toBe('taken')
  expect(turnOf({ state: 'replied', round: 1 }, second)).toBe('taken')
  expect(turnOf({ state: 'returned', round: 1 }, first)).toBe('returned')
  expect(turnOf({ state: 'returned', round: 1 }, second)).toBe('again')
  expect(turnOf({ state: 'dispatched', round: 2 }, first)).toBe('superseded')
  expect(turnOf({ state: 'dispatched', round: 2 }, second)).toBe('change')
  expect(turnOf({ state: 'returned', round: 2 }, second)).toBe('returned')
  // A centre put back to an earlier day does not know of the return.
  expect(turnOf({ state: 'dispatched', round: 1 }, second)).toBe('change')
})

test('[TICKET-19] what came back is first in its agent’s list, with the reason, until it is sent again', () => {
  const back = listed(returned(1))
  const newer = listed(aTicket(5))
  const newest = listed(aTicket(9))
  const first = returnedFirst('1001', newestFirst)
  expect([newest, newer, back].sort(first)).toEqual([back, newest, newer])
  expect(openReturn(back)).toEqual({ department: '市总 职工服务部', reason: '不归本部门', round: 1 })
  expect(openReturn(newer)).toBeNull()
  const again = listed(returned(1), { dispatch: aDispatch(1, { rev: 2, round: 2 }), unsent: 'waiting' })
  expect(openReturn(again)).toBeNull()
  expect([newest, again].sort(first)).toEqual([newest, again])
})

test('[TICKET-19] a lead’s own that came back is first among everybody’s, and nobody else’s is the lead’s to answer', () => {
  const { policy } = aReference()
  const lead = aDispatch(1).agent
  const colleague = { ...aDispatch(2), agent: '1002' as typeof lead }
  const mine = listed(returned(1))
  const theirs = listed(returned(2, { dispatch: colleague }))
  const running = listed(aTicket(3))
  expect([running, theirs, mine].sort(returnedFirst(lead, byTimeLeft(morning, policy)))).toEqual([
    mine,
    running,
    theirs,
  ])
  expect(returnTo(mine, lead)).toMatchObject({ reason: '不归本部门' })
  expect(returnTo(theirs, lead)).toBeNull()
})

test('[TICKET-19] a lead’s own stand beside the centre’s, each once, as each is known last', () => {
  const told = [listed(aTicket(1)), listed(aTicket(2)), listed(aTicket(3))]
  const unsent: ListedTicket = { dispatch: aDispatch(9), number: null, centre: null, unsent: 'waiting' }
  const refused: ListedTicket = {
    ...listed(aTicket(2)),
    dispatch: aDispatch(2, { rev: 2, title: '改过的标题' }),
    unsent: 'parked',
  }
  const later = listed(returned(3, { changedAt: morning + 1 }))
  // The centre knows better of this one.
  const sent: ListedTicket = { dispatch: aDispatch(1), number: null, centre: null, unsent: null }
  expect(withOwn(told, [unsent, refused, later, sent])).toEqual([told[0], refused, later, unsent])
  // With the centre away one's own are all there is.
  expect(withOwn([], [unsent])).toEqual([unsent])
})

test('[TICKET-19] sent again it waits, then stands as dispatched, also before the centre has told of it', () => {
  const { policy } = aReference()
  const again = listed(returned(1), { dispatch: aDispatch(1, { rev: 2, round: 2 }), unsent: 'waiting' })
  const chipsOf = (ticket: ListedTicket) =>
    (['unsent', 'toSign', 'returned'] as const).filter((chip) => underChip(ticket, chip, morning, policy))
  expect(isSentAgain(again)).toBe(true)
  expect(standingOf(listed(returned(1)))).toBe('returned')
  expect(standingOf(again)).toBe('unsent')
  expect(standingOf({ ...again, unsent: 'parked' })).toBe('refused')
  expect(standingOf({ ...again, unsent: null })).toBe('dispatched')
  expect(standingOf({ ...again, centre: null })).toBe('unsent')
  expect(chipsOf(listed(returned(1)))).toEqual(['returned'])
  expect(chipsOf(again)).toEqual(['unsent'])
  expect(chipsOf({ ...again, unsent: null })).toEqual(['toSign'])
})

test('[TICKET-18] the clock of one that was sent again runs from then', () => {
  const hour = 3_600_000
  const { policy } = aReference()
  const ticket = aTicket(1, { clockFrom: morning + 40 * hour, signDueAt: morning + 48 * hour })
  expect(clockOf(ticket, morning + 42 * hour, policy)).toMatchObject({ used: 0.25, phase: 'calm' })
})

test('[WRAP-24] its agent may change it while dispatched and when it came back', () => {
  expect((['dispatched', 'signed', 'returned', 'replied'] as const).filter(isOpenToAgent)).toEqual([
    'dispatched',
    'returned',
  ])
})

test('[TICKET-23] a lead’s dispatch answers the return: next revision, next round, the rest as it was', () => {
  const reference = aReference()
  const { dispatch } = returned(1)
  const assisting = [{ department: 'rights', departmentName: '权益保障部' }]
  const told = { ...dispatch, plan: { ...dispatch.plan, assisting } }
  const to = { department: 'rights', limit: dispatch.plan.limit, text: '请核实' }
  const anew = dispatchedAnew(told, to, reference, morning)
  expect(anew).toMatchObject({
    agent: dispatch.agent,
    title: dispatch.title,
    rev: dispatch.rev + 1,
    round: 2,
    plan: { department: 'rights', assisting: [], note: '请核实' },
  })
  expect(TicketDispatch.parse(anew)).toEqual(anew)
  for (const wrong of [{ department: 'NIRGENDS' }, { limit: 'NIE' }, { limit: reference.policy.signLimit }])
    expect(dispatchedAnew(told, { ...to, ...wrong }, reference, morning)).toBe(null)
})

test('[TICKET-23] it lies with nobody when its agent is gone, or has let the limit to sign pass', () => {
  const reference = aReference()
  const at = (role: Role, disabled: boolean, hours: number) =>
    isLeftLying(morning, { role, disabled }, reference, morning + hours * 3_600_000)
  expect([at('agent', false, 1), at('lead', false, 1)]).toEqual([false, false])
  expect([at('agent', true, 1), at('handler', false, 1), at('agent', false, 24 * 5)]).toEqual([
    true,
    true,
    true,
  ])
})
