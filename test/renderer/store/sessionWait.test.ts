// A centre that is asked for tokens by more seats than it can serve names a time: the seat keeps it, all its parts together.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import type { SessionKeeper } from '../../../renderer/adapters/session.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aRow } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

const me = { account: '1001', password: '钥匙-made-up' }
const day = 86_400_000

let answer: () => HttpSay
let centre: HttpCentre
let clock = manualClock(morning)
const issue = (): HttpSay =>
  ours(done(aSession({ serverNow: clock.now(), tokenExpiresAt: clock.now() + 900_000 })))
const keeper = (): SessionKeeper =>
  keepSession(openLine(centre.url, clock), clock, nothingSealed, {
    keep: () => undefined,
    recall: async () => null,
    forget: () => undefined,
  })
const paths = () => centre.asked.map((ask) => ask.path.replace('/api/', ''))

beforeEach(async () => {
  clock = manualClock(morning)
  answer = issue
  centre = await startHttpCentre(() => answer())
})
afterEach(() => centre.close())

describe('[SESSION-11] a centre that asks not to be asked sooner', () => {
  const later = (retryAfterMs: number): HttpSay => ours(failed('busy', '稍后', { retryAfterMs }), 503)
  const waitOf = async (asked: Promise<Answer<unknown>>): Promise<number | undefined> => {
    const answer = await asked
    return answer.ok ? 0 : answer.problem.retryAfterMs
  }
  const signedIn = async (): Promise<SessionKeeper> => {
    const session = keeper()
    await value(session.signIn(me))
    clock.advance(900_000)
    return session
  }

  test('is not asked for a token until then, and all that want one are told how long it is', async () => {
    const session = await signedIn()
    answer = () => later(9_000)
    const uplink = openUplink(openLine(centre.url, clock), session, clock)
    expect(await waitOf(uplink.push([aRow(1).text]))).toBe(9_000)
    clock.advance(8_999)
    expect(await session.renew()).toMatchObject({ problem: { code: 'busy', text: '稍后', retryAfterMs: 1 } })
    expect(await waitOf(uplink.pull({ cursor: 0, reference: -1, limit: 1 }))).toBe(1)
    expect(paths()).toEqual(['session/open', 'session/refresh'])
    answer = issue
    clock.advance(1)
    await value(session.renew())
    expect(paths()).toEqual(['session/open', 'session/refresh', 'session/refresh'])
  })

  test('names no time, is away, or asks for days: it is asked again at once, or within a quarter of an hour', async () => {
    const session = await signedIn()
    for (const say of [ours(failed('busy', '稍后'), 503), { status: 502 }, later(5 * day)]) {
      answer = () => say
      await session.renew()
    }
    expect(paths()).toHaveLength(4)
    clock.advance(15 * 60_000 - 1)
    expect(await waitOf(session.renew())).toBe(1)
    expect(paths()).toHaveLength(4)
  })

  test('does not hold back a person who signs in, and a session ends the wait', async () => {
    const session = await signedIn()
    answer = () => later(60_000)
    await session.renew()
    answer = issue
    await value(session.signIn(me))
    await value(session.renew())
    expect(paths()).toEqual(['session/open', 'session/refresh', 'session/open', 'session/refresh'])
  })
})
