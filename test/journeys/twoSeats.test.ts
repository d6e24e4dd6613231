// Two people, or two computers, on one matter while the centre is away: both keep what they wrote, nothing is merged or
// overwritten unseen; and a department that is gone when the dispatch arrives.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ActionId, AuditId, TicketId } from '../../contract/ids.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { conflictOf } from '../../core/tickets/conflict.ts'
import { currentReference, loadReference } from '../../server/reference.ts'
import type { Relay, Spoil } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { aDispatchOf, startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, filed, openSeat } from './syncSeat.ts'

let centre: TestCentre
let relay: Relay
let away = false
const open: Seat[] = []
// A centre for each test: what a seat keeps parked belongs to one centre.
beforeEach(async () => {
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
  const way = (): Spoil => ({ how: away ? 'loseRequest' : 'pass' })
  relay = await startRelay(centre.running.address, way)
})
afterEach(async () => {
  away = false
  for (const seat of open.splice(0)) await seat.close()
  await relay.close()
  await centre.stop()
})
const seatOf = async (account: string): Promise<Seat> => {
  const seat = await openSeat(relay.url, account, testPassword)
  open.push(seat)
  return seat
}
const isSynced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'it is in sync', 20_000)

/** A call of this seat that ended in a dispatch, at the centre. */
const aSentTicket = async (seat: Seat) => {
  const call = aCallBy('1001')
  const ticket = aDispatchOf('1001', 'ZGFW', { id: TicketId.parse(v7()), callId: call.id })
  const record = { ...filed(call), ticketId: ticket.id }
  await value(seat.records.file(record, ticket))
  await isSynced(seat)
  return { record, ticket }
}
const listed = async (seat: Seat, id: string) => {
  const found = (await value(seat.records.tickets(50))).find(({ dispatch }) => dispatch.id === id)
  if (!found) throw new Error('no such work order here')
  const unsent = (await value(seat.outbox.unsent([id]))).get(found.dispatch.id) ?? null
  return { ...found, unsent }
}
const atCentre = async (id: string) =>
  (
    await centre.running.database.rows<{ dispatch: TicketDispatch; state: string }>(
      'select dispatch, state from tickets where id = $1',
      [id],
    )
  )[0]

test('[F62] [TICKET-10] [TICKET-14] the agent changes a work order offline while the department signs it: both stay, seen by the agent', async () => {
  const seat = await seatOf('1001')
  const { record, ticket } = await aSentTicket(seat)
  away = true
  const changed = { ...ticket, rev: 2, course: '离线时补充的经过' }
  await value(seat.records.file({ ...record, rev: record.rev + 1 }, changed))
  const { token } = await centre.signIn('3001')
  await centre.get('tickets.act', { id: ticket.id, action: { do: 'sign', id: ActionId.parse(v7()) } }, token)
  away = false
  await until(() => seat.sync.status().badge === 'refused', 'the change is refused, not lost', 20_000)
  expect(await atCentre(ticket.id)).toMatchObject({
    state: 'signed',
    dispatch: { rev: 1, course: ticket.course },
  })
  await until(async () => (await listed(seat, ticket.id)).centre?.state === 'signed', 'the signature is here')
  const shown = await listed(seat, ticket.id)
  expect(shown).toMatchObject({ dispatch: { course: '离线时补充的经过' }, unsent: 'parked' })
  expect(conflictOf(shown)).toEqual([{ field: 'course', ours: '离线时补充的经过', centre: ticket.course }])
})

test('[SYNC-32] [SYNC-14] a change refused because the department has signed is let go of: in sync, readable, in the audit once', async () => {
  const seat = await seatOf('1001')
  const { record, ticket } = await aSentTicket(seat)
  away = true
  await value(
    seat.records.file({ ...record, rev: record.rev + 1 }, { ...ticket, rev: 2, course: '补充的经过' }),
  )
  const { token } = await centre.signIn('3001')
  await centre.get('tickets.act', { id: ticket.id, action: { do: 'sign', id: ActionId.parse(v7()) } }, token)
  away = false
  await until(() => seat.sync.status().badge === 'refused', 'the change is refused', 20_000)
  const [row] = await value(seat.outbox.list(5))
  const body = await value(seat.client.call('tickets.read', { id: ticket.id }))
  const by = { id: AuditId.parse(v7()), agent: record.agent }
  await value(seat.givenUp.give(row?.seq ?? 0, { kind: 'ticket', body }, by))
  await isSynced(seat)
  expect(await listed(seat, ticket.id)).toMatchObject({
    dispatch: { rev: 1, course: ticket.course },
    centre: { state: 'signed' },
    unsent: null,
  })
  const [letGo] = await value(seat.givenUp.list())
  expect(new TextDecoder().decode(letGo?.text)).toContain('补充的经过')
  const noted = "select account, subject, at from audit where what = 'outbox.letGo'"
  expect(await centre.running.database.rows(noted)).toEqual([
    { account: '1001', subject: `ticket ${ticket.id}`, at: letGo?.at },
  ])
})

test('[F62] [TICKET-14] changed on two computers offline, both under the next number: the later one waits for its agent', async () => {
  const seat = await seatOf('1001')
  const { record, ticket } = await aSentTicket(seat)
  away = true
  await value(seat.records.file({ ...record, rev: record.rev + 1 }, { ...ticket, rev: 2, cause: '这台写的' }))
  // The other computer came back first.
  const { token } = await centre.signIn('1001')
  const elsewhere = { ...ticket, rev: 2, cause: '那台写的' }
  const pushed = { clientNow: Date.now(), items: [{ kind: 'ticket', body: elsewhere }] }
  expect((await centre.get('sync.push', pushed, token)).verdicts).toMatchObject([{ verdict: 'stored' }])
  away = false
  await until(() => seat.sync.status().badge === 'refused', 'ours is refused, not lost', 20_000)
  await until(
    async () => (await listed(seat, ticket.id)).centre?.dispatch.rev === 2,
    'the other version is here',
  )
  expect(conflictOf(await listed(seat, ticket.id))).toEqual([
    { field: 'cause', ours: '这台写的', centre: '那台写的' },
  ])
  // Having seen both, the agent files again, one revision on.
  const decided = { ...ticket, rev: 3, cause: '那台写的；这台写的' }
  await value(seat.records.file({ ...record, rev: record.rev + 2 }, decided))
  await isSynced(seat)
  expect((await atCentre(ticket.id))?.dispatch.cause).toBe('那台写的；这台写的')
})

test('[F63] [STORE-12] one call recorded by two seats is two records that lead to each other', async () => {
  const first = await seatOf('1001')
  const second = await seatOf('1002')
  const shared = { callRef: '1764115200.42', number: '13900005678' }
  const passed = filed(aCallBy('1001', shared))
  const taken = filed(aCallBy('1002', { ...shared, passedBy: '1001' }))
  await value(first.records.file(passed, null))
  await value(second.records.file(taken, null))
  await isSynced(first)
  await isSynced(second)
  const rows = await centre.running.database.rows(
    'select id, agent, body from call_records where call_ref = $1 order by agent',
    [shared.callRef],
  )
  expect(rows).toEqual([
    { id: passed.id, agent: '1001', body: passed },
    { id: taken.id, agent: '1002', body: taken },
  ])
  for (const [seat, own, other] of [
    [first, passed, taken],
    [second, taken, passed],
  ] as const) {
    seat.sync.pullNow()
    const linked = async () => (await value(seat.records.linked(own))).map(({ id }) => id)
    await until(async () => (await linked()).length > 0, 'the other leg is linked')
    expect(await linked()).toEqual([other.id])
    expect(await value(seat.records.read(own.id))).toEqual(own)
  }
})

test('[F65] [TICKET-11] a department deleted meanwhile: the item keeps its code and name, and its agent chooses another', async () => {
  const seat = await seatOf('1001')
  await isSynced(seat)
  const { database } = centre.running
  const reference = await currentReference(database)
  const gone = reference.departments.find(({ code }) => code === 'QYBZ')
  if (!gone) throw new Error('no such department')
  const early = await aSentTicket(seat)
  away = true
  const call = aCallBy('1001')
  const dispatch = aDispatchOf('1001', gone.code, { id: TicketId.parse(v7()), callId: call.id })
  const ticket = { ...dispatch, plan: { ...dispatch.plan, departmentName: gone.zh } }
  const record = { ...filed(call), ticketId: ticket.id }
  await value(seat.records.file(record, ticket))
  const left = reference.departments.filter(({ code }) => code !== gone.code && code !== 'ZGFW')
  await loadReference(database, { ...reference, departments: left }, 'test', Date.now())
  away = false
  await until(() => seat.sync.status().badge === 'refused', 'it is refused, not lost', 20_000)
  await until(
    async () => (await value(seat.records.reference()))?.departments.length === left.length,
    'the seat has the new list',
  )
  expect(await listed(seat, ticket.id)).toMatchObject({
    dispatch: { plan: { department: gone.code, departmentName: gone.zh } },
    unsent: 'parked',
  })
  // One that was there before bears its department's name for ever.
  const { token } = await centre.signIn('2001')
  expect((await centre.get('tickets.read', { id: early.ticket.id }, token)).dispatch.plan).toMatchObject({
    department: 'ZGFW',
    departmentName: '职工服务部',
  })
  const other = left[0]
  if (!other) throw new Error('no department left')
  const plan = { ...ticket.plan, department: other.code, departmentName: other.zh }
  await value(seat.records.file({ ...record, rev: record.rev + 1 }, { ...ticket, rev: 2, plan }))
  await isSynced(seat)
  expect((await atCentre(ticket.id))?.dispatch.plan.department).toBe(other.code)
  await loadReference(database, reference, 'test', Date.now())
})
