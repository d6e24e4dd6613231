// What a seat saved arrives at the real centre exactly once, whatever happens on the way.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { newWorkstation } from '../../core/workstation.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { seatReport } from '../../renderer/seat/seatReport.ts'
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
let seat: Seat
let spoil: (path: string, body: string) => Spoil
const pass = (): Spoil => ({ how: 'pass' })
beforeAll(async () => {
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
})
afterAll(() => centre.stop())
beforeEach(async () => {
  spoil = pass
  relay = await startRelay(centre.running.address, (path, body) => spoil(path, body))
  seat = await openSeat(relay.url, '1001', testPassword)
  await until(() => seat.sync.status().badge === 'synced', 'the seat is in sync before the test begins')
})
afterEach(async () => {
  await seat.close()
  await relay.close()
})

const isPush = (path: string) => path === '/api/sync/push'
const pushes = () => relay.seen.filter(({ path }) => isPush(path))
const synced = () => until(() => seat.sync.status().badge === 'synced', 'all is sent', 20_000)
const sorted = <T extends { readonly id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
/** What the centre has of these: one row each, in its last revision, with the very words typed. */
const atCentre = async (records: readonly CallRecord[]) =>
  sorted(
    await centre.running.database.rows<{ id: string; rev: number; body: unknown }>(
      'select id, rev, body from call_records where id = any($1::uuid[])',
      [records.map((record) => record.id)],
    ),
  )
const asSaved = (records: readonly CallRecord[]) =>
  sorted(records).map((record) => ({ id: record.id, rev: record.rev, body: record }))
const finish = async (count: number): Promise<CallRecord[]> => {
  const records = Array.from({ length: count }, () => aCallBy('1001'))
  for (const record of records) await value(seat.records.finish(record))
  return records
}

describe('a saved record', () => {
  test('[SYNC-1] [SYNC-14] is at the centre moments later, and the badge says so only then', async () => {
    const records = await finish(3)
    expect(seat.sync.status().badge).toBe('waiting')
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
    expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 0, parked: 0, newest: 0 })
  })

  test('[SYNC-10] whose form is filed while its call is on the way arrives with the form', async () => {
    const records = await finish(20)
    const withForm = records.map(filed)
    await Promise.all(withForm.map((record) => seat.records.file(record, null)))
    await synced()
    expect(await atCentre(withForm)).toEqual(asSaved(withForm))
  })

  test('[SYNC-5] [F30] made while the centre is away waits, is counted, and goes when it is back', async () => {
    spoil = () => ({ how: 'loseRequest' })
    const records = await finish(70)
    await until(() => seat.sync.status().badge === 'offline', 'the badge says offline')
    await until(() => seat.sync.status().waiting === 70, 'all are counted')
    expect(seat.sync.status()).toMatchObject({ refused: 0, problem: { code: 'unreachable' } })
    await until(() => relay.seen.filter(({ path }) => path === '/health').length > 2, 'it asks in small')
    // The large body went out once; from then on the question is a tiny one.
    expect(pushes()).toHaveLength(1)
    spoil = pass
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
  })

  test('[SYNC-3] [F10] is stored once though the answer was lost after the centre had it', async () => {
    let lost = 0
    spoil = (path) => (isPush(path) && lost++ < 3 ? { how: 'loseAnswer' } : { how: 'pass' })
    const records = await finish(10)
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
    expect(lost).toBeGreaterThan(3)
  })

  test.each([0, 10, 200, 900])(
    '[F11] is stored once though the answer was cut after %i bytes',
    async (after) => {
      let cut = 0
      spoil = (path) => (isPush(path) && cut++ < 2 ? { how: 'cutAnswer', after } : { how: 'pass' })
      const records = await finish(40)
      await synced()
      expect(await atCentre(records)).toEqual(asSaved(records))
    },
  )

  test('[SYNC-3] [F12] is stored once though the network delivered it twice', async () => {
    spoil = (path) => (isPush(path) ? { how: 'double' } : { how: 'pass' })
    const records = (await finish(10)).map(filed)
    for (const record of records) await value(seat.records.file(record, null))
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
  })

  test('[SYNC-7] [F09] is not taken for sent because a portal says 200', async () => {
    const body = '<html><body>请登录上网</body></html>'
    spoil = () => ({ how: 'say', status: 200, headers: { 'content-type': 'text/html' }, body })
    const records = await finish(5)
    await until(() => seat.sync.status().problem?.code === 'not_ours', 'the stranger is recognised')
    await until(() => seat.sync.status().waiting === 5, 'all still wait')
    expect(seat.sync.status().badge).toBe('offline')
    spoil = pass
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
  })

  test.each([429, 503])('[SYNC-6] [F32] is held back as long as a %i asks, then sent', async (status) => {
    let said = 0
    spoil = (path) =>
      isPush(path) && said++ === 0 ? { how: 'say', status, headers: { 'retry-after': '1' } } : { how: 'pass' }
    const records = await finish(3)
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
    const [first, second] = pushes()
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995)
  })

  test('[SYNC-8] [F31] on which alone the centre answers 500 is parked, and all others pass', async () => {
    const bad = aCallBy('1001')
    spoil = (path, body) =>
      isPush(path) && body.includes(bad.id)
        ? { how: 'say', status: 500, headers: { 'x-hotline-centre': centre.running.identity.id }, body: '' }
        : { how: 'pass' }
    const before = await finish(30)
    await value(seat.records.finish(bad))
    const after = await finish(30)
    await until(
      async () => (await value(seat.outbox.counts())).waiting === 1,
      'all others have passed',
      20_000,
    )
    expect(await atCentre([...before, ...after])).toEqual(asSaved([...before, ...after]))
    // Calls keep coming in, as they do: that is how it shows that the fault is this record's.
    await until(
      async () => {
        await finish(1)
        return seat.sync.status().refused === 1
      },
      'the bad one is parked',
      40_000,
    )
    const [parked] = await value(seat.outbox.list(1))
    expect(parked).toMatchObject({ id: bad.id, state: 'parked' })
    spoil = pass
    await value(seat.sync.retry([parked?.seq ?? 0]))
    await synced()
    expect(await atCentre([bad])).toEqual(asSaved([bad]))
  })

  test('[SYNC-4] [F61] the centre refuses is parked with its words and its field, and goes once corrected', async () => {
    const wrong = aCallBy('1001', { practice: true })
    await value(seat.records.finish(wrong))
    const good = await finish(2)
    await until(() => seat.sync.status().badge === 'refused', 'the badge says refused')
    // Of the store itself: the status counts a moment later what was put just now.
    await until(async () => (await value(seat.outbox.counts())).waiting === 0, 'the others passed')
    expect(await atCentre(good)).toEqual(asSaved(good))
    const [parked] = await value(seat.outbox.list(1))
    expect(parked?.problem).toMatchObject({ field: 'practice' })
    expect(parked?.problem?.text).not.toBe('')
    // The lead's wall counts it with what is unsent.
    const workstation = newWorkstation({ at: Date.now(), tick: 0 })
    const onWall = () => seatReport(workstation, seat.sync.status(), systemClock).waiting
    await until(() => onWall() === 1, 'the wall counts it')
    const right = { ...filed(wrong), practice: false }
    await value(seat.records.file(right, null))
    await synced()
    expect(await atCentre([right])).toEqual(asSaved([right]))
  })

  test('[SYNC-1] [F51] of a seat that was closed in the middle goes when it is opened again', async () => {
    spoil = () => ({ how: 'loseRequest' })
    const records = await finish(30)
    await seat.close()
    spoil = pass
    seat = await openSeat(relay.url, '1001', testPassword)
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
  })

  test('[SYNC-11] goes on after the token ran out in the middle, without a person', async () => {
    centre.clock.advance(16 * 60_000)
    const records = await finish(3)
    await synced()
    expect(await atCentre(records)).toEqual(asSaved(records))
    expect(relay.seen.some(({ path }) => path === '/api/session/refresh')).toBe(true)
  })

  test('[STORE-4] [F67] dispatched by a double click is one work order in the department’s list', async () => {
    const [record] = await finish(1)
    if (!record) throw new Error('no record')
    const ticket = aDispatchOf('1001', 'ZGFW', { id: TicketId.parse(v7()), callId: record.id })
    const form = { ...filed(record), ticketId: ticket.id }
    await Promise.all([seat.records.file(form, ticket), seat.records.file(form, ticket)])
    await synced()
    expect(await atCentre([form])).toEqual(asSaved([form]))
    const { token } = await centre.signIn('3001')
    const list = { states: [], before: null, limit: 200 }
    const { tickets } = await centre.get('tickets.list', list, token)
    expect(tickets.filter((each) => each.dispatch.callId === record.id)).toHaveLength(1)
    // The seat learns the official number, and later the department's reply.
    const own = async () =>
      (await value(seat.records.tickets(50))).find((each) => each.dispatch.id === ticket.id)
    await until(async () => (await own())?.number !== null, 'the official number is here')
    expect((await own())?.number).toBe(tickets.find((each) => each.id === ticket.id)?.number)
  })
})
