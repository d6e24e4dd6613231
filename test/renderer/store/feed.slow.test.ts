// The live line against a WebSocket server the test moves: connected, cut, silent, sent away.
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WebSocket as ServerSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { AccountId, Extension } from '../../../contract/ids.ts'
import type { FeedDown, FeedUp } from '../../../contract/feed.ts'
import type { SeatReport, SeatStatus } from '../../../contract/seat.ts'
import { PROTOCOL } from '../../../contract/version.ts'
import { openFeed, type Feed } from '../../../renderer/adapters/feed.ts'
import type { SessionKeeper } from '../../../renderer/adapters/session.ts'
import type { ManualClock } from '../../fakes/manualClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'

const aReport: SeatReport = { phase: 'ready', forMs: 1000, reason: null, topic: null, waiting: 0 }
const aSeat = (agent: string, over: Partial<SeatStatus> = {}): SeatStatus => ({
  agent: agent as AccountId,
  name: `示例${agent}`,
  seat: agent as Extension,
  phase: 'ready',
  takesCalls: true,
  since: morning,
  reason: null,
  topic: null,
  waiting: 0,
  practice: false,
  ...over,
})

let server: WebSocketServer
let sockets: ServerSocket[]
let heard: FeedUp[]
let nudges: string[]
let clock: ManualClock
let feed: Feed
let token: string | null
let renewals: number
/** null: a renewal succeeds. */
let refusal: Answer<never> | null
let report: SeatReport | null
/** The centre answers a renewal when this is done. */
let renewing: Promise<void>
/** The centre does not know this program's protocol. */
let isOlder: boolean

const session = {
  token: () => token,
  tokenIsStale: () => token === 'stale',
  async renew() {
    renewals += 1
    await renewing
    if (refusal) return refusal
    token = `fresh-${renewals}`
    return done(null)
  },
} as unknown as SessionKeeper

beforeEach(async () => {
  ;[sockets, heard, nudges, token, renewals, report] = [[], [], [], 'token-1', 0, aReport]
  isOlder = false
  renewing = Promise.resolve()
  refusal = null
  clock = manualClock(morning)
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/feed' })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as FeedUp
      heard.push(message)
      if (message.type === 'hello' && isOlder) {
        say({ type: 'bye', why: 'protocol' })
        socket.close()
      } else if (message.type === 'hello') say({ type: 'welcome', serverNow: clock.now() })
      if (message.type === 'ping') say({ type: 'pong', serverNow: clock.now() })
    })
  })
  feed = openFeed({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    session,
    clock,
    random: () => 0.5,
    report: () => report,
    nudged: (what) => nudges.push(what),
  })
})
afterEach(async () => {
  feed.close()
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
})
const say = (message: FeedDown) => sockets.at(-1)?.send(JSON.stringify(message))
const isUp = () => until(() => feed.state().is === 'up', 'the feed is up')
const types = () => heard.map((message) => message.type)

describe('the feed', () => {
  test('[SYNC-18] says hello with the token in the message, not in the address, and reports the seat', async () => {
    await isUp()
    await until(() => heard.length === 2, 'hello and report')
    expect(heard).toEqual([
      { type: 'hello', token: 'token-1', protocol: PROTOCOL },
      { type: 'report', report: aReport },
    ])
    report = { ...aReport, phase: 'onCall', forMs: 0 }
    feed.reportNow()
    await until(() => heard.length === 3, 'the change')
    expect(heard[2]).toEqual({ type: 'report', report })
  })

  test('[SYNC-18] an account without a telephone reports nothing', async () => {
    await until(() => heard.length === 2, 'hello and report')
    heard = []
    report = null
    feed.reportNow()
    clock.advance(20_000)
    await until(() => types().includes('ping'), 'a ping')
    expect(types()).toEqual(['ping'])
  })

  test('[SYNC-18] comes back with jitter after a cut, and says since when it was down', async () => {
    await isUp()
    sockets[0]?.terminate()
    await until(() => feed.state().is === 'down', 'it is down')
    expect(feed.state()).toEqual({ is: 'down', since: morning })
    expect(clock.nextTimerMs()).toBe(500)
    clock.advance(500)
    await isUp()
    expect(sockets).toHaveLength(2)
  })

  test('[SYNC-18] [F06] finds out by itself that a line is dead, though the socket looks open', async () => {
    await isUp()
    sockets[0]?.pause()
    for (let n = 0; n < 3; n++) clock.advance(20_000)
    expect(feed.state().is).toBe('down')
    clock.advance(500)
    await isUp()
  })

  test('[SYNC-18] a token that ran out is renewed before the next hello', async () => {
    await isUp()
    token = 'stale'
    say({ type: 'bye', why: 'tokenExpired' })
    sockets[0]?.close()
    await until(() => feed.state().is === 'down', 'it is down')
    clock.advance(500)
    await isUp()
    expect(heard.filter((message) => message.type === 'hello').at(-1)).toMatchObject({ token: 'fresh-1' })
  })

  test('[SYNC-18] while it waits for a token no line stands open at the centre without a name, and one is opened then', async () => {
    await isUp()
    const given = Promise.withResolvers<void>()
    renewing = given.promise
    token = 'stale'
    sockets[0]?.terminate()
    await until(() => feed.state().is === 'down', 'it is down')
    clock.advance(500)
    await until(() => renewals === 1, 'it asks for a token')
    // Back from sleep meanwhile, it begins anew.
    feed.again()
    await until(() => renewals === 2, 'it asks again')
    expect(sockets).toHaveLength(1)
    given.resolve()
    await isUp()
    expect(sockets).toHaveLength(2)
    expect(heard.filter((message) => message.type === 'hello')).toHaveLength(2)
  })

  test('[SYNC-18] closed while it waits for a token, it opens no line any more', async () => {
    await isUp()
    const given = Promise.withResolvers<void>()
    renewing = given.promise
    token = 'stale'
    feed.again()
    await until(() => renewals === 1, 'it asks for a token')
    feed.close()
    given.resolve()
    await until(() => token !== 'stale', 'the token is here')
    // Somebody who comes later is the only one who came.
    const later = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/feed`)
    await new Promise((resolve) => later.addEventListener('open', resolve))
    expect(sockets).toHaveLength(2)
  })

  test('[SESSION-11] without a new token it says nothing, and comes back when the centre said, a little spread', async () => {
    await isUp()
    await until(() => heard.length === 2, 'hello and report')
    heard = []
    refusal = failed('busy', '试验', { retryAfterMs: 9_000 })
    token = 'stale'
    sockets[0]?.terminate()
    await until(() => feed.state().is === 'down', 'it is down')
    clock.advance(500)
    await until(() => clock.nextTimerMs() === 9_500, 'it waits')
    expect([renewals, types(), sockets.length]).toEqual([1, [], 1])
    refusal = null
    clock.advance(9_500)
    await isUp()
    expect(heard[0]).toMatchObject({ type: 'hello', token: 'fresh-2' })
  })

  test.each(['signedInElsewhere', 'forbidden'] as const)(
    '[SYNC-18] sent away because of %s it stays away and says why',
    async (why) => {
      await isUp()
      say({ type: 'bye', why })
      sockets[0]?.close()
      await until(() => feed.state().is === 'dismissed', 'it is sent away')
      expect(feed.state()).toEqual({ is: 'dismissed', why })
      clock.advance(600_000)
      expect(sockets).toHaveLength(1)
    },
  )

  test('[SYNC-18] [F37] a centre older than this program, as after a rollback: said, asked once a minute or so, and back when it is new again', async () => {
    await isUp()
    isOlder = true
    say({ type: 'bye', why: 'protocol' })
    sockets[0]?.close()
    await until(() => feed.state().is === 'dismissed', 'it is sent away')
    for (const nth of [2, 3]) {
      await until(() => clock.nextTimerMs() === 60_000, 'it waits')
      clock.advance(59_999)
      expect(sockets).toHaveLength(nth - 1)
      clock.advance(1)
      await until(() => sockets.length === nth, 'it asks again')
      expect(feed.state()).toEqual({ is: 'dismissed', why: 'protocol' })
    }
    await until(() => clock.nextTimerMs() === 60_000, 'it waits again')
    isOlder = false
    clock.advance(60_000)
    await isUp()
    await until(() => types().at(-1) === 'report', 'the seat is reported')
  })

  test('[SYNC-18] [F14] asked again after sleep, it opens a new socket at once, closes the old one and reports', async () => {
    await isUp()
    await until(() => heard.length === 2, 'hello and report')
    heard = []
    const closing = new Promise((resolve) => sockets[0]?.once('close', resolve))
    feed.again()
    await until(() => sockets.length === 2, 'a new socket')
    await closing
    await until(() => heard.length === 2, 'hello and report anew')
    expect(types()).toEqual(['hello', 'report'])
    expect(feed.state().is).toBe('up')
    // What the old socket still had to say counts no more.
    clock.advance(1_000)
    expect(sockets).toHaveLength(2)
  })

  test('nudges are passed on, and what it cannot read is passed over', async () => {
    await isUp()
    sockets[0]?.send('{"type":"nudge","what":"weather"}')
    sockets[0]?.send('not JSON')
    say({ type: 'nudge', what: 'tickets' })
    await until(() => nudges.length > 0, 'a nudge')
    expect(nudges).toEqual(['tickets'])
  })

  test('[F39] [WALL-4] with the centre dead the wall stays, and says until when it was true', async () => {
    await isUp()
    feed.watchSeats()
    await until(() => types().includes('watchSeats'), 'it asks for the wall')
    say({ type: 'seats', whole: true, seats: [aSeat('1001')], serverNow: clock.now() })
    await until(() => feed.wall()?.seats.length === 1, 'the whole wall')
    // Nothing changes for twenty seconds: the line alone says that it is still true.
    clock.advance(20_000)
    await until(() => feed.wall()?.at === morning + 20_000, 'the line answered')
    sockets[0]?.terminate()
    await until(() => feed.state().is === 'down', 'it is down')
    clock.advance(400)
    expect(feed.wall()).toMatchObject({ seats: [aSeat('1001')], at: morning + 20_000 })
  })

  test('the wall is whole at first, then changes seat by seat, in order of their extensions', async () => {
    await isUp()
    const leave = feed.watchSeats()
    await until(() => types().includes('watchSeats'), 'it asks for the wall')
    const serverNow = clock.now() + 3000
    say({ type: 'seats', whole: true, seats: [aSeat('1002'), aSeat('1001')], serverNow })
    await until(() => feed.wall()?.seats.length === 2, 'the whole wall')
    say({ type: 'seats', whole: false, seats: [aSeat('1002', { phase: 'onCall' })], serverNow })
    await until(() => feed.wall()?.seats[1]?.phase === 'onCall', 'a change')
    expect(feed.wall()?.seats.map((seat) => seat.seat)).toEqual(['1001', '1002'])
    expect(feed.wall()?.skewMs).toBe(3000)
    sockets[0]?.terminate()
    await until(() => feed.state().is === 'down', 'it is down')
    heard = []
    clock.advance(500)
    await until(() => types().includes('watchSeats'), 'it asks for the wall again')
    leave()
    expect(feed.wall()).toBeNull()
  })
})
