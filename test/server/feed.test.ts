// The live line: who may watch, how fast, what a broken or foreign line gets.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PROTOCOL } from '../../contract/version.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { feedLines, report, type Line } from './aFeedLine.ts'
import { standStill } from './standStill.ts'
import { until } from './until.ts'

describe.each(bothDatabases)('the feed on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
  })
  afterAll(async () => {
    endAll()
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const { connect, lineOf, watcher, endAll } = feedLines(() => centre)

  test('[SERVER-24] the lead sees every seat at once and each change within a second', async () => {
    const lead = await watcher()
    expect(lead.heard.find(({ type }) => type === 'seats')).toMatchObject({ whole: true })
    expect(lead.seat('1001')).toMatchObject({ phase: 'signedOut', name: '测试1001', practice: false })
    expect(lead.seat('3001')).toBeUndefined()
    expect(['1001', '2001'].map((id) => lead.seat(id)?.takesCalls)).toEqual([true, false])
    const seat = await lineOf('1001')
    const goOn = standStill()
    let saidAt = 0
    for (const [n, phase] of (['ready', 'ringing', 'onCall', 'held', 'wrapup'] as const).entries()) {
      saidAt = centre.clock.now()
      seat.say(report({ phase, forMs: 7_000, waiting: 3, topic: 'QX' }))
      seat.say({ type: 'ping' })
      await until(() => seat.pongs() > n, 'it is heard').then(() => vi.advanceTimersByTime(1_000))
      await until(() => lead.seat('1001')?.phase === phase, `the lead sees ${phase}`)
    }
    goOn()
    const shown = lead.seat('1001')
    expect(shown).toMatchObject({ waiting: 3, topic: 'QX', reason: null })
    expect(shown?.since).toBeGreaterThanOrEqual(saidAt - 7_000)
    expect(shown?.since).toBeLessThanOrEqual(centre.clock.now() - 7_000)
    seat.end()
    lead.end()
  })

  test('[SERVER-24] changes that come close together travel together', async () => {
    const lead = await watcher()
    const seat = await lineOf('1001')
    const before = lead.heard.length
    for (let n = 1; n <= 40; n += 1) seat.say(report({ phase: n % 2 ? 'ready' : 'ringing', waiting: n }))
    await until(() => lead.seat('1001')?.waiting === 40, 'the last change is seen')
    expect(lead.heard.length - before).toBeLessThan(10)
    seat.end()
    lead.end()
  })

  test('[SERVER-24] agents and handlers may not watch', async () => {
    for (const account of ['1002', '3001']) {
      const line = await lineOf(account)
      line.say({ type: 'watchSeats' })
      await until(() => line.closed(), 'the line is closed')
      expect(line.why()).toBe('forbidden')
      expect(line.heard.some((message) => message.type === 'seats')).toBe(false)
    }
  })

  test('[SERVER-25] a broken line shows as lost, a sign-out as signed out', async () => {
    const lead = await watcher()
    const session = await centre.signIn('1002')
    const seat = await lineOf('1002', session.token)
    seat.say(report())
    await until(() => lead.seat('1002')?.phase === 'ready', 'ready is seen')
    seat.socket.terminate()
    await until(() => lead.seat('1002')?.phase === 'linkLost', 'the loss is seen')
    const again = await lineOf('1002', session.token)
    again.say(report({ phase: 'wrapup' }))
    await until(() => lead.seat('1002')?.phase === 'wrapup', 'the seat is back')
    await centre.get('session.close', {}, session.token)
    await until(() => lead.seat('1002')?.phase === 'signedOut', 'the sign-out is seen')
    await until(() => again.closed(), 'its line is closed')
    lead.end()
  })

  test('[SERVER-53] who was added, renamed or disabled by another process is on the wall so within seconds', async () => {
    const { database } = centre.running
    const lead = await watcher()
    const shown = () =>
      lead.heard
        .filter((message) => message.type === 'seats')
        .findLast((message) => message.whole)
        ?.seats.map(({ name }) => name) ?? []
    const seat = await lineOf('1002')
    seat.say(report())
    await until(() => lead.seat('1002')?.phase === 'ready', 'the seat is on the wall')
    await database.rows(
      `insert into accounts (id, name, role, extension, password, made_at)
       values ('1009', '新人', 'agent', '1009', '-', 0)`,
    )
    await database.rows(`update accounts set name = '改过的名字' where id = '2001'`)
    await until(() => shown().includes('新人') && shown().includes('改过的名字'), 'the wall knows them')
    expect(shown()).not.toContain('测试2001')
    await database.rows(`update accounts set disabled = true where id in ('1002', '1009')`)
    await until(() => !shown().includes('新人') && !shown().includes('测试1002'), 'the wall forgot them')
    await until(() => seat.why() === 'tokenExpired', 'the disabled one is sent away')
    await database.rows(`update accounts set disabled = false where id = '1002'`)
    await database.rows(`update accounts set name = '测试2001' where id = '2001'`)
    lead.end()
  })

  test('[SERVER-25] a lost seat whose session has ended is signed out, not lost for ever', async () => {
    const lead = await watcher()
    const seat = await lineOf('1002')
    seat.say(report())
    await until(() => lead.seat('1002')?.phase === 'ready', 'the seat is on the wall')
    seat.socket.terminate()
    await until(() => lead.seat('1002')?.phase === 'linkLost', 'the line is lost')
    await centre.running.database.rows(`update sessions set ends_at = 0 where account = '1002'`)
    await until(() => lead.seat('1002')?.phase === 'signedOut', 'the seat is left')
    lead.end()
  })

  test('[SERVER-26] the newest sign-in owns the seat', async () => {
    const lead = await watcher()
    const old = await centre.signIn('1001')
    const first = await lineOf('1001', old.token)
    first.say(report({ phase: 'onCall' }))
    const fresh = await centre.signIn('1001')
    await until(() => first.closed(), 'the first line is closed')
    expect(first.why()).toBe('signedInElsewhere')
    const second = await lineOf('1001', fresh.token)
    second.say(report({ phase: 'ready' }))
    await until(() => lead.seat('1001')?.phase === 'ready', 'the new seat is seen')
    const stubborn = await connect()
    stubborn.say({ type: 'hello', token: old.token, protocol: PROTOCOL })
    await until(() => stubborn.closed(), 'the old session is told again')
    expect(stubborn.why()).toBe('signedInElsewhere')
    expect(second.closed()).toBe(false)
    expect((await centre.ask('sync.pull', { cursor: 0, reference: 1, limit: 1 }, old.token)).status).toBe(200)
    second.end()
    lead.end()
  })

  test('[SERVER-26] the same session on a new line replaces its old line', async () => {
    const session = await centre.signIn('1001')
    const before = await lineOf('1001', session.token)
    const after = await lineOf('1001', session.token)
    await until(() => before.closed(), 'the old line is closed')
    after.say({ type: 'hello', token: session.token, protocol: PROTOCOL })
    after.say({ type: 'ping' })
    await until(() => after.heard.some((message) => message.type === 'pong'), 'the new line works')
    after.end()
  })

  test('[SERVER-27] a line must say who it is, in words we know, with a good token', async () => {
    const bad: [string, (line: Line) => void, string][] = [
      [
        'a bad token',
        (line) => line.say({ type: 'hello', token: 'x'.repeat(43), protocol: 1 }),
        'tokenExpired',
      ],
      ['a newer protocol', (line) => line.say({ type: 'hello', token: 'x', protocol: 99 }), 'protocol'],
      ['no hello', (line) => line.say({ type: 'watchSeats' }), 'tokenExpired'],
      ['nonsense', (line) => line.raw('{"type":"rm"}'), 'protocol'],
      ['no JSON', (line) => line.raw('hello'), 'protocol'],
    ]
    for (const [what, say, why] of bad) {
      const line = await connect()
      say(line)
      await until(() => line.closed(), `${what}: closed`)
      expect([what, line.why()]).toEqual([what, why])
    }
    const goOn = standStill()
    const silent = await connect()
    vi.advanceTimersByTime(4_999)
    const named = await lineOf('1002')
    expect(silent.heard).toEqual([])
    vi.advanceTimersByTime(1)
    await until(() => silent.closed(), 'a silent line is closed')
    expect([silent.why(), named.closed()]).toEqual(['tokenExpired', false])
    goOn()
    named.end()
    const huge = await connect()
    huge.raw(`"${'x'.repeat(100_000)}"`)
    await until(() => huge.closed(), 'a huge message closes the line')
  })

  test('[SERVER-27] a line from a foreign page is refused at the handshake', async () => {
    await expect(connect('https://evil.example')).rejects.toThrow('403')
    const own = await connect(centre.running.address)
    const desktop = await connect('app://workstation')
    own.end()
    desktop.end()
  })

  test('[SERVER-27] a line that does not read is cut off and does not hold up the others', async () => {
    const admin = await lineOf('9001')
    admin.say({ type: 'watchSeats' })
    const slow = await lineOf('2001')
    slow.say(report({ phase: 'ready' }))
    await until(() => admin.seat('2001')?.phase === 'ready', 'the seat is seen')
    const seat = await lineOf('1001')
    slow.socket.pause()
    const isCut = (): boolean => admin.seat('2001')?.phase === 'linkLost'
    let rounds = 0
    for (; !isCut(); rounds += 1) {
      expect(rounds).toBeLessThan(400)
      for (let n = 0; n < 5_000; n += 1) slow.say({ type: 'ping' })
      // While what it does not read piles up, and not only once it is gone, the others are heard.
      seat.say(report({ phase: 'ready', waiting: rounds + 1 }))
      await until(() => admin.seat('1001')?.waiting === rounds + 1, 'the others go on')
      await until(() => slow.socket.bufferedAmount < 100_000 || isCut(), 'room')
    }
    expect(rounds).toBeGreaterThan(1)
    slow.socket.terminate()
    seat.end()
    admin.end()
  })

  test('[SERVER-28] those concerned are told to look: handlers, the agent, the other seats', async () => {
    const agent = await centre.signIn('1001')
    const lines = {
      agent: await lineOf('1001', agent.token),
      other: await lineOf('1002'),
      handler: await lineOf('3001'),
      stranger: await lineOf('3002'),
    }
    await centre.get('sync.push', items({ ticket: aDispatchOf('1001', 'ZGFW') }), agent.token)
    await until(() => lines.handler.nudges().includes('tickets'), 'the department is told')
    await until(() => lines.agent.nudges().includes('tickets'), 'the agent is told')
    await centre.get('sync.push', items({ call: aCallOf('1001') }), agent.token)
    await until(() => lines.other.nudges().includes('calls'), 'the other seat is told')
    expect(lines.stranger.nudges()).toEqual([])
    expect(lines.agent.nudges()).not.toContain('calls')
    for (const line of Object.values(lines)) line.end()
  })
})
