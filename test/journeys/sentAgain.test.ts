// A returned work order from the department back to its agent and on to another department, whatever the line does.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActionId, TicketId } from '../../contract/ids.ts'
import type { TicketAction, TicketDispatch } from '../../contract/tickets.ts'
import { openReturn, roundOf, standingOf } from '../../core/tickets/again.ts'
import { aDispatchOf } from '../server/aCentre.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { handoverOf } from './seatHandover.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, filed } from './syncSeat.ts'
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import { openSeatsAtCentre, pass } from './seatsAtCentre.ts'

let at: SeatsAtCentre
beforeEach(async () => {
  at = await openSeatsAtCentre()
})
afterEach(() => at.close())
const isSynced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'it is in sync', 20_000)
const act = async (
  account: string,
  id: TicketId,
  action: { do: 'sign' } | { do: 'return'; text: string },
) => {
  const { token } = await at.centre.signIn(account)
  const whole = { ...action, id: ActionId.parse(v7()) } as TicketAction
  return at.centre.get('tickets.act', { id, action: whole }, token)
}
const listed = async (seat: Seat, id: string) => {
  const found = (await value(seat.records.tickets(50))).find(({ dispatch }) => dispatch.id === id)
  if (!found) throw new Error('no such work order here')
  const unsent = (await value(seat.outbox.unsent([id]))).get(found.dispatch.id) ?? null
  return { ...found, unsent }
}

/** Dispatched by this seat, given back by the department, and known here to be so. */
const returned = async (seat: Seat) => {
  const call = aCallBy('1001')
  const ticket = aDispatchOf('1001', 'ZGFW', { id: TicketId.parse(v7()), callId: call.id })
  const record = { ...filed(call), ticketId: ticket.id }
  await value(seat.records.file(record, ticket))
  await isSynced(seat)
  await act('3001', ticket.id, { do: 'return', text: '不归本部门' })
  seat.sync.pullNow()
  await until(async () => openReturn(await listed(seat, ticket.id)) !== null, 'the return is here', 20_000)
  return { record, ticket }
}
const sendAgain = async (seat: Seat, { record, ticket }: Awaited<ReturnType<typeof returned>>) => {
  const again: TicketDispatch = {
    ...ticket,
    rev: 2,
    round: roundOf(await listed(seat, ticket.id)),
    plan: { ...ticket.plan, department: 'QYBZ', departmentName: '权益保障部' },
    dispatchedAt: Date.now(),
  }
  await value(seat.records.file({ ...record, rev: record.rev + 1 }, again))
  return again
}
const atCentre = async (id: TicketId) => {
  const { token } = await at.centre.signIn('2001')
  return at.centre.get('tickets.read', { id }, token)
}
const rounds = async (id: TicketId) => (await atCentre(id)).events.filter(({ what }) => what === 'dispatch')

test('[TICKET-18] [TICKET-19] [SYNC-1] sent again offline it waits, arrives once though the answer is lost, and the new department has it', async () => {
  const seat = await at.seatOf('1001')
  const back = await returned(seat)
  expect(openReturn(await listed(seat, back.ticket.id))).toMatchObject({ reason: '不归本部门' })
  at.spoil = () => ({ how: 'loseRequest' })
  await sendAgain(seat, back)
  expect(standingOf(await listed(seat, back.ticket.id))).toBe('unsent')
  let lost = 0
  at.spoil = (path) => {
    if (path !== '/api/sync/push' || lost > 0) return { how: 'pass' }
    lost += 1
    return { how: 'loseAnswer' }
  }
  await isSynced(seat)
  expect(lost).toBe(1)
  expect(await rounds(back.ticket.id)).toHaveLength(2)
  const { token } = await at.centre.signIn('3002')
  const { tickets } = await at.centre.get('tickets.list', { states: [], before: null, limit: 50 }, token)
  expect(tickets).toMatchObject([{ id: back.ticket.id, state: 'dispatched', dispatch: { round: 2 } }])
  seat.sync.pullNow()
  await until(
    async () => (await listed(seat, back.ticket.id)).centre?.state === 'dispatched',
    'the centre has told of it',
    20_000,
  )
  expect(standingOf(await listed(seat, back.ticket.id))).toBe('dispatched')
})

test('[F62] [TICKET-18] two computers answer one return: one dispatch, and the other’s words wait for their agent', async () => {
  const seat = await at.seatOf('1001')
  const back = await returned(seat)
  at.spoil = () => ({ how: 'loseRequest' })
  const again = await sendAgain(seat, back)
  // The other computer was quicker.
  const { token } = await at.centre.signIn('1001')
  const body = { ...again, plan: { ...again.plan, note: '那台电脑写的意见' } }
  const pushed = { clientNow: Date.now(), items: [{ kind: 'ticket', body }] }
  expect((await at.centre.get('sync.push', pushed, token)).verdicts).toMatchObject([{ verdict: 'stored' }])
  at.spoil = pass
  await until(() => seat.sync.status().badge === 'refused', 'ours is refused, not lost', 20_000)
  expect(await rounds(back.ticket.id)).toHaveLength(1 + 1)
  expect((await atCentre(back.ticket.id)).dispatch.plan.note).toBe('那台电脑写的意见')
  expect(standingOf(await listed(seat, back.ticket.id))).toBe('refused')
})

test('[HAND-4] [TICKET-18] left unsent by an agent who went home, the next person’s seat carries it', async () => {
  const seat = await at.seatOf('1001')
  const back = await returned(seat)
  at.spoil = (path) => ({ how: path === '/api/sync/push' ? 'loseRequest' : 'pass' })
  await sendAgain(seat, back)
  at.open.splice(0)
  await seat.close()
  const next = await at.seatOf('1002')
  await handoverOf(next, at.locks).carry()
  expect((await rounds(back.ticket.id)).map(({ by, department }) => [by, department])).toEqual([
    ['1001', '职工服务部'],
    ['1001', '权益保障部'],
  ])
})
