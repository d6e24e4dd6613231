// Seventy-two hours without the centre, from the evening of one shift into another: a seat signs in, knows its callers, its
// knowledge and its reference data, files, dispatches, warns and keeps what it promised; then everything arrives once.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Clock } from '../../core/ports.ts'
import { dayAt, inForce } from '../../core/knowledge/edition.ts'
import { search } from '../../core/knowledge/search.ts'
import { timesToOffer } from '../../core/wrapup/agreedTime.ts'
import { callBacksDue, promisingCodes } from '../../core/wrapup/callBacks.ts'
import { planOf } from '../../core/wrapup/dispatch.ts'
import { fileForm } from '../../core/wrapup/filing.ts'
import { missingFields } from '../../core/wrapup/form.ts'
import type { Knowledge } from '../../renderer/adapters/knowledge.ts'
import { openKnowledge } from '../../renderer/adapters/knowledge.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { startingArticles, takeArticles } from '../../server/knowledge.ts'
import type { Relay } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import { aForm } from '../makers/forms.ts'
import { aReport } from '../makers/reports.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { bothDatabases, type Place } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, filed, openSeat } from './syncSeat.ts'

const hour = 3_600_000
const caller = '13800008123'
/** Calls of a shift and a half, kept on one seat. */
const kept = 300

describe.each(bothDatabases)('three days away, on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let relay: Relay
  let away = false
  let ahead = 0
  /** The computer's clock, and the centre's with it. */
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
  const pass = (ms: number): void => {
    ahead += ms
    centre.clock.advance(ms)
  }
  const open: { close(): Promise<void> }[] = []
  const seatOf = async (account: string): Promise<Seat> => {
    const seat = await openSeat(relay.url, account, testPassword, navigator.locks, clock)
    open.push(seat)
    return seat
  }
  const knowledgeOf = async (seat: Seat): Promise<Knowledge> => {
    const { id: centreId } = centre.running.identity
    const knowledge = openKnowledge({ centreId, clock, call: seat.client.call })
    open.push({ close: async () => knowledge.stop() })
    await until(() => knowledge.read().ready, 'the knowledge base is read')
    return knowledge
  }
  const isSynced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'it is in sync', 30_000)
  const closeAll = async () => {
    for (const each of open.splice(0)) await each.close()
  }

  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    await takeArticles(centre.running.database, startingArticles(), 'test', clock.now())
    relay = await startRelay(centre.running.address, () => ({ how: away ? 'loseRequest' : 'pass' }))
  })
  afterEach(closeAll)
  afterAll(async () => {
    await relay.close()
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const reference = async (seat: Seat) => {
    const found = await value(seat.records.reference())
    if (!found) throw new Error('no reference data here')
    return found
  }

  /** What the seat would file of this call, when its form lacks nothing. */
  const filing = async (seat: Seat, call: CallRecord, form: CallRecord['form']) => {
    const data = await reference(seat)
    if (!form) throw new Error('no form')
    expect(missingFields(form, data, clock.now())).toEqual([])
    return fileForm(call, form, data, {
      at: clock.now(),
      wrapupMs: 30_000,
      newTicketId: TicketId.parse(v7()),
      newLocalNumber: 'L1001-1126-001',
      earlierTicket: null,
    })
  }

  test('[SYNC-19] [KNOW-8] [WRAP-23] [STORE-2] [SYNC-3] a seat works through 72 hours and everything arrives once, in order', async () => {
    // A shift before: another seat spoke with the caller, this one has pulled all there is.
    const colleague = await seatOf('1002')
    const earlier = filed(aCallBy('1002', { number: caller }))
    await value(colleague.records.file(earlier, null))
    await isSynced(colleague)
    const before = await seatOf('1001')
    await until(
      async () => (await value(before.records.ofNumber(caller, 9))).length === 1,
      'the past is here',
    )
    const shelf = await knowledgeOf(before)
    await shelf.pullNow()
    await isSynced(before)
    await closeAll()

    // The shift of that day had begun nine hours before the centre went away; three days later somebody signs in.
    pass(9 * hour)
    away = true
    pass(72 * hour)
    const seat = await seatOf('1001')
    expect(seat.session.read()).toMatchObject({ offline: true, session: { account: { id: '1001' } } })
    expect((await value(seat.records.ofNumber(caller, 9))).map(({ id }) => id)).toEqual([earlier.id])
    const knowledge = await knowledgeOf(seat)
    const articles = knowledge.read().index.articles
    const today = new Set(inForce(articles, dayAt(clock.now())))
    expect(search(knowledge.read().index, '不发工资', today, 3)[0]?.article.title).toBe('拖欠工资怎么办')
    expect(knowledge.read().toldAt).toBeLessThan(clock.now() - 80 * hour)

    // A dispatch with its suggested plan, a promised call, a warning, and a day and a half of calls.
    const data = await reference(seat)
    const call = () => aCallBy('1001', { offeredAt: clock.now() - 60_000, endedAt: clock.now() - 1_000 })
    const written = { category: 'TS', topic: 'CYJC', union: [] }
    const dispatchForm = aForm({ ...written, disposition: 'PD' })
    expect(planOf(dispatchForm, data, clock.now())).toMatchObject({ department: 'QYBZ' })
    const dispatched = await filing(seat, call(), dispatchForm)
    const [agreedAt] = timesToOffer(clock.now(), data)
    if (agreedAt === undefined || !dispatched.ticket)
      throw new Error('nothing to agree on, nothing to dispatch')
    const promised = await filing(
      seat,
      { ...call(), number: '13800008456' },
      aForm({ ...written, disposition: 'HB', nextStep: '等材料', callBackAt: agreedAt }),
    )
    const records = Array.from({ length: kept - 2 }, () => filed(call()))
    for (const record of records.slice(0, 150)) await value(seat.records.file(record, null))
    await value(seat.records.file(dispatched.record, dispatched.ticket))
    await value(seat.records.file(promised.record, null))
    await value(seat.records.warn(aReport(1, { raisedAt: clock.now() })))
    for (const record of records.slice(150)) await value(seat.records.file(record, null))
    const order = [...records.slice(0, 150), dispatched.record, promised.record, ...records.slice(150)].map(
      ({ id }) => id,
    )
    await until(() => seat.sync.status().waiting === kept + 2, 'all of it waits')
    expect(seat.sync.status()).toMatchObject({ badge: 'offline', refused: 0 })

    // The promise outlives the wait: gold in its time, red after it, behind three hundred other calls.
    const waiting = (of: Seat) =>
      value(
        of.records.waiting({
          from: clock.now() - 168 * hour,
          agreedFrom: clock.now() - 96 * hour,
          promising: promisingCodes(data),
        }),
      )
    const owed = async (of: Seat, agent: string) =>
      callBacksDue(await waiting(of), data, { agent, now: clock.now() })
    expect(await owed(seat, '1001')).toMatchObject([{ call: { id: promised.record.id }, standing: 'waits' }])
    ahead += agreedAt - clock.now()
    expect(await owed(seat, '1001')).toMatchObject([{ standing: 'due' }])

    // The centre is back. It is asked by itself, the session is a real one again, and all arrives once.
    const started = performance.now()
    centre.clock.advance(agreedAt - centre.clock.now())
    away = false
    seat.sync.sendNow()
    await isSynced(seat)
    const took = Math.round(performance.now() - started)
    expect(seat.session.read()?.offline).toBe(false)
    const rows = await centre.running.database.rows<{ id: string; rev: number }>(
      `select id, rev from call_records where agent = '1001' order by change`,
    )
    expect(rows.map(({ id }) => id)).toEqual(order)
    expect(rows.every(({ rev }) => rev === 2)).toBe(true)
    const [ticket] = await centre.running.database.rows<{ number: string; call_id: string }>(
      'select number, call_id from tickets',
    )
    expect(ticket).toMatchObject({ call_id: dispatched.record.id })
    expect(ticket?.number).toMatch(/^\d{8}-\d{4}$/)
    const [warnings] = await centre.running.database.rows<{ count: number }>(
      'select count(*)::int as count from warnings',
    )
    expect(warnings?.count).toBe(1)
    process.stdout.write(`${kept} calls, a work order and a warning of three days arrived in ${took} ms\n`)

    // Another seat learns of the promise, and has it once it is late; whoever speaks with the caller ends it for both.
    const other = await seatOf('1002')
    await until(async () => (await waiting(other)).length > 0, 'the promise came over')
    expect(await owed(other, '1002')).toEqual([])
    pass(11 * 60_000)
    expect(await owed(other, '1002')).toMatchObject([{ call: { id: promised.record.id }, standing: 'late' }])
    const back = aCallBy('1002', {
      number: '13800008456',
      direction: 'outbound',
      dialled: true,
      offeredAt: clock.now(),
    })
    await value(other.records.file(filed(back), null))
    await isSynced(other)
    seat.sync.pullNow()
    await until(async () => (await owed(seat, '1001')).length === 0, 'the owner sees it is done')
    expect(await owed(other, '1002')).toEqual([])
  }, 60_000)
})
