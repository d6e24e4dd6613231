// What the centre tells reaches seats by itself: a colleague's call in the caller's history, a department's reply to
// a work order, the wall of the team lead, a seat signed in without the centre.
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ActionId, TicketId } from '../../contract/ids.ts'
import type { SeatReport } from '../../contract/seat.ts'
import type { Clock } from '../../core/ports.ts'
import { pullEveryMs } from '../../core/sync/pull.ts'
import type { Feed } from '../../renderer/adapters/feed.ts'
import { openFeed } from '../../renderer/adapters/feed.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import type { Relay } from '../fakes/httpRelay.ts'
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
const open: { close(): unknown }[] = []
beforeAll(async () => {
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
  relay = await startRelay(centre.running.address, () => ({ how: away ? 'loseRequest' : 'pass' }))
})
afterEach(async () => {
  away = false
  for (const each of open.splice(0)) await each.close()
})
afterAll(async () => {
  await relay.close()
  await centre.stop()
})
/** The seat looks by itself once a minute: here that minute never passes. */
const neverAMinute: Clock = {
  ...systemClock,
  after: (ms, run) => (ms < pullEveryMs ? systemClock.after(ms, run) : () => undefined),
}
const seatOf = async (account: string): Promise<Seat> => {
  const seat = await openSeat(relay.url, account, testPassword, navigator.locks, neverAMinute)
  open.push(seat)
  return seat
}
const feedOf = (seat: Seat, report: () => SeatReport | null): Feed => {
  const feed = openFeed({
    url: centre.running.address,
    session: seat.session,
    // Nothing it does waits for a time: no line breaks here.
    clock: { ...systemClock, after: () => () => undefined },
    random: () => 0,
    report,
    nudged: () => seat.sync.pullNow(),
  })
  open.push(feed)
  return feed
}
const isSynced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'it is in sync')

test('[SYNC-15] a colleague’s call is in the caller’s history here by a nudge, without a look of the seat’s own', async () => {
  const mine = await seatOf('1001')
  const feed = feedOf(mine, () => null)
  await until(() => feed.state().is === 'up', 'the feed is up')
  await isSynced(mine)
  const theirs = await seatOf('1002')
  const call = filed(aCallBy('1002', { number: '13900001234' }))
  await value(theirs.records.file(call, null))
  const history = () => value(mine.records.ofNumber('0139 0000 1234', 10))
  await until(async () => (await history()).length === 1, 'it is in the history')
  expect((await history())[0]).toMatchObject({
    id: call.id,
    agent: '1002',
    category: 'TS',
    callerName: '王建平',
  })
})

test('[SYNC-15] a department’s reply reaches the seat that dispatched the work order', async () => {
  const seat = await seatOf('1001')
  const feed = feedOf(seat, () => null)
  await until(() => feed.state().is === 'up', 'the feed is up')
  const call = aCallBy('1001')
  const ticket = aDispatchOf('1001', 'ZGFW', { id: TicketId.parse(v7()), callId: call.id })
  await value(seat.records.file({ ...filed(call), ticketId: ticket.id }, ticket))
  await isSynced(seat)
  const { token } = await centre.signIn('3001')
  const act = (action: object) =>
    centre.get(
      'tickets.act',
      { id: ticket.id, action: { id: ActionId.parse(v7()), ...action } as never },
      token,
    )
  await act({ do: 'sign' })
  await act({ do: 'reply', substantiated: 'yes', solved: 'partly', text: '已联系本人，约周三调解' })
  const own = async () =>
    (await value(seat.records.tickets(50))).find((each) => each.dispatch.id === ticket.id)
  await until(async () => (await own())?.centre?.state === 'replied', 'the reply is here')
  expect((await own())?.centre?.events.at(-1)).toMatchObject({
    what: 'reply',
    text: '已联系本人，约周三调解',
  })
})

test('[SYNC-18] the lead’s wall shows a seat’s change as soon as it is reported, without anybody’s waiting for a time', async () => {
  const agent = await seatOf('1002')
  let phase: SeatReport['phase'] = 'ready'
  const own = feedOf(agent, () => ({ phase, forMs: 0, reason: null, topic: null, waiting: 2 }))
  const lead = await seatOf('2001')
  const wall = feedOf(lead, () => null)
  await until(() => own.state().is === 'up' && wall.state().is === 'up', 'both lines are up')
  wall.watchSeats()
  const shown = () => wall.wall()?.seats.find((seat) => seat.agent === '1002')
  await until(() => shown()?.phase === 'ready', 'the seat is on the wall')
  phase = 'onCall'
  own.reportNow()
  await until(() => shown()?.phase === 'onCall', 'the change is on the wall')
  expect(shown()).toMatchObject({ waiting: 2 })
})

test('[SYNC-19] [SYNC-20] signed in without the centre, work is filed and goes by itself once it is back', async () => {
  const first = await seatOf('1001')
  await isSynced(first)
  await first.close()
  open.length = 0
  away = true
  const seat = await seatOf('1001')
  expect(seat.session.read()).toMatchObject({ offline: true, session: { account: { id: '1001' } } })
  expect((await value(seat.records.reference()))?.version).toBeGreaterThan(0)
  const call = filed(aCallBy('1001'))
  await value(seat.records.file(call, null))
  await until(() => seat.sync.status().badge === 'offline', 'the badge says offline')
  away = false
  await isSynced(seat)
  expect(seat.session.read()?.offline).toBe(false)
  const rows = await centre.running.database.rows('select rev from call_records where id = $1', [call.id])
  expect(rows).toEqual([{ rev: 2 }])
})
