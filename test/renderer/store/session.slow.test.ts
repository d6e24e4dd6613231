// Who is signed in: tokens that run out, a centre that is away, passwords that are wrong, people who change.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { AccountId } from '../../../contract/ids.ts'
import type { Session } from '../../../contract/session.ts'
import { connectCentre } from '../../../renderer/adapters/centreClient.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { hurryWhenBack } from '../../../renderer/adapters/hurry.ts'
import type { SealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import { openSealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import type { Keepsake, SessionKeeper } from '../../../renderer/adapters/session.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import { openUplink } from '../../../renderer/adapters/uplink.ts'
import type { HttpAsk, HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { aRow } from '../../makers/rows.ts'
import { morning } from '../../makers/stamps.ts'
import { aPage, aSession, aStoreKey } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'

const me = { account: '1001', password: '钥匙-made-up' }
const day = 86_400_000

let away = false
let answer: (ask: HttpAsk) => HttpSay
let centre: HttpCentre
let clock = manualClock(morning)
let kept: string | null
const anySeat = async () => () => undefined
const keepsake: Keepsake = {
  keep: (token) => (kept = token),
  recall: async () => (kept === null ? null : { refreshToken: kept, store: null }),
  forget: () => (kept = null),
}
let issued: number
/** A centre that issues sessions 1, 2, 3 …, each good for a quarter of an hour. */
const issue = (over: Partial<Session> = {}): HttpSay => {
  issued += 1
  return ours(
    done(
      aSession({
        token: `token-${issued}`,
        refreshToken: `refresh-${issued}`,
        serverNow: clock.now(),
        tokenExpiresAt: clock.now() + 900_000,
        ...over,
      }),
    ),
  )
}
beforeEach(async () => {
  away = false
  issued = 0
  kept = null
  clock = manualClock(morning)
  answer = () => issue()
  centre = await startHttpCentre((ask) => (away ? { status: 502 } : answer(ask)))
})
afterEach(() => centre.close())
const keeper = (sealed: SealedSessions = nothingSealed): SessionKeeper =>
  keepSession(openLine(centre.url, clock), clock, sealed, keepsake)
const paths = () => centre.asked.map((ask) => ask.path.replace('/api/', ''))

describe('a token', () => {
  const pulls = (ask: HttpAsk): HttpSay => {
    if (ask.path !== '/api/sync/pull') return issue()
    return ask.token === `token-${issued}` ? ours(done(aPage())) : ours(failed('not_signed_in', '过期'), 401)
  }

  test('[SYNC-11] that ran out is renewed once by one request, however many wait for it', async () => {
    answer = pulls
    const session = keeper()
    await value(session.signIn(me))
    const uplink = openUplink(openLine(centre.url, clock), session, clock)
    clock.advance(890_000)
    const request = { cursor: 0, reference: -1, limit: 10 }
    const answers = await Promise.all([1, 2, 3].map(() => uplink.pull(request)))
    expect(answers.map((each) => each.ok)).toEqual([true, true, true])
    expect(paths()).toEqual(['session/open', 'session/refresh', 'sync/pull', 'sync/pull', 'sync/pull'])
    expect(kept).toBe('refresh-2')
  })

  test('[SYNC-11] refused before its time is renewed and the request sent once more', async () => {
    let refused = false
    answer = (ask) => {
      if (ask.path === '/api/sync/pull' && !refused) {
        refused = true
        return ours(failed('not_signed_in', '过期'), 401)
      }
      return pulls(ask)
    }
    const session = keeper()
    await value(session.signIn(me))
    const uplink = openUplink(openLine(centre.url, clock), session, clock)
    expect((await uplink.pull({ cursor: 0, reference: -1, limit: 10 })).ok).toBe(true)
    expect(paths()).toEqual(['session/open', 'sync/pull', 'session/refresh', 'sync/pull'])
  })

  test('[SYNC-11] that cannot be renewed asks for the password, work stays open, and no more requests go out', async () => {
    const session = keeper()
    await value(session.signIn(me))
    answer = () => ours(failed('not_signed_in', '过期'), 401)
    const client = connectCentre(openLine(centre.url, clock), session)
    const list = { states: [], before: null, limit: 10 }
    expect(await code(client.call('tickets.list', list))).toBe('not_signed_in')
    expect(session.read()).toMatchObject({ passwordNeeded: true, session: { account: { id: '1001' } } })
    const before = centre.asked.length
    await client.call('tickets.list', list)
    expect(centre.asked.slice(before).map((ask) => ask.path)).toEqual(['/api/tickets/list'])
    answer = () => issue()
    await value(session.signIn(me))
    expect(session.read()).toMatchObject({ passwordNeeded: false, session: { token: 'token-2' } })
  })

  test('a centre that is away while it is renewed is unreachable, not a lost session', async () => {
    const session = keeper()
    await value(session.signIn(me))
    clock.advance(900_000)
    away = true
    const client = connectCentre(openLine(centre.url, clock), session)
    expect(await code(client.call('tickets.list', { states: [], before: null, limit: 10 }))).toBe(
      'unreachable',
    )
    expect(session.read()).toMatchObject({ passwordNeeded: false })
  })

  test('outlives a reload through the keepsake, and nothing else does', async () => {
    await value(keeper().signIn(me))
    const reloaded = keeper()
    expect(await value(reloaded.resume(anySeat))).toMatchObject({
      signedIn: { offline: false, session: { token: 'token-2' } },
    })
    expect(centre.asked.at(-1)?.body).toBe('{"refreshToken":"refresh-1"}')
    away = true
    expect(await code(keeper().resume(anySeat))).toBe('unreachable')
    away = false
    answer = () => ours(failed('not_signed_in', '过期'), 401)
    expect(await value(keeper().resume(anySeat))).toBeNull()
    expect(kept).toBeNull()
    expect(await value(keeper().resume(anySeat))).toBeNull()
  })

  test('is given back at sign-out, and forgotten even when the centre is away', async () => {
    const session = keeper()
    await value(session.signIn(me))
    await session.signOut()
    expect(centre.asked.at(-1)).toMatchObject({ path: '/api/session/close', token: 'token-1' })
    expect([session.read(), session.token(), kept]).toEqual([null, null, null])
    await value(session.signIn(me))
    away = true
    await session.signOut()
    expect(session.read()).toBeNull()
  })
})

test('[STORE-10] [F69] what one person left unsent is not sent by the next one who signs in', async () => {
  const session = keeper()
  await value(session.signIn(me))
  const uplink = openUplink(openLine(centre.url, clock), session, clock)
  answer = () => issue({ account: { ...aSession().account, id: '1002' as AccountId } })
  await value(session.signIn({ ...me, account: '1002' }))
  const before = centre.asked.length
  expect(await code(uplink.push([aRow(1).text]))).toBe('not_signed_in')
  expect(await code(uplink.pull({ cursor: 0, reference: -1, limit: 1 }))).toBe('not_signed_in')
  expect(centre.asked).toHaveLength(before)
})

test('[SYNC-11] a new token and a returned network end the wait of the uploader', async () => {
  const session = keeper()
  await value(session.signIn(me))
  let hurried = 0
  const page = new EventTarget() as unknown as Window
  const leave = hurryWhenBack({ hurry: () => (hurried += 1) }, session, page)
  await value(session.signIn(me))
  expect(hurried).toBe(1)
  page.dispatchEvent(new Event('online'))
  expect(hurried).toBe(2)
  leave()
  page.dispatchEvent(new Event('online'))
  await value(session.signIn(me))
  expect(hurried).toBe(2)
})

describe('signing in without the centre', () => {
  let days: number | null = 7
  let sealed: SealedSessions
  beforeEach(async () => {
    days = 7
    sealed = openSealedSessions(clock, async () => days)
    await value(keeper(sealed).signIn(me))
    away = true
  })

  test('[SYNC-19] [SESSION-18] the password opens the last session of this account, and no token stays, another person’s neither', async () => {
    kept = 'of somebody before'
    const session = keeper(sealed)
    const opened = await value(session.signIn(me))
    expect(opened.offline).toBe(true)
    expect(kept).toBeNull()
    expect(opened.session).toMatchObject({
      account: aSession().account,
      sip: aSession().sip,
      centre: aSession().centre,
      token: '',
      refreshToken: '',
    })
    expect(session.token()).toBeNull()
  })

  test('[SYNC-19] nothing of it can be read on the disk without the password', async () => {
    const [seal] = await new Promise<object[]>((resolve) => {
      const asked = indexedDB.open('hotline-door')
      asked.onsuccess = () => {
        const all = asked.result.transaction('seals').objectStore('seals').getAll()
        all.onsuccess = () => resolve(all.result as object[])
        asked.result.close()
      }
    })
    const { sealed: bytes, ...rest } = seal as { sealed: ArrayBuffer; rounds: number }
    const text = JSON.stringify(rest) + new TextDecoder('latin1').decode(bytes)
    for (const secret of ['made-up-secret', 'token-1', 'refresh-1', '李明', me.password])
      expect(text).not.toContain(secret)
    expect(rest.rounds).toBeGreaterThanOrEqual(600_000)
  })

  test('[SYNC-19] a wrong password opens nothing, and each one after the third costs a longer wait', async () => {
    const session = keeper(sealed)
    const wrong = { ...me, password: '猜' }
    expect(await code(session.signIn(wrong))).toBe('wrong_password')
    expect(await code(session.signIn(wrong))).toBe('wrong_password')
    expect(await code(session.signIn(wrong))).toBe('wrong_password')
    expect(await session.signIn(me)).toMatchObject({ problem: { code: 'locked', retryAfterMs: 30_000 } })
    clock.advance(30_000)
    expect(await code(session.signIn(wrong))).toBe('wrong_password')
    expect(await session.signIn(me)).toMatchObject({ problem: { code: 'locked', retryAfterMs: 60_000 } })
    clock.advance(60_000)
    expect(await code(session.signIn(me))).toBe('ok')
    expect(await code(session.signIn(wrong))).toBe('wrong_password')
    expect(await code(session.signIn(me))).toBe('ok')
  })

  test('[SYNC-19] it is good for as many days as the centre allows, and for this account only', async () => {
    const session = keeper(sealed)
    clock.advance(7 * day)
    expect(await code(session.signIn(me))).toBe('ok')
    clock.advance(1)
    expect(await code(session.signIn(me))).toBe('not_signed_in')
    expect(await code(session.signIn({ ...me, account: '1002' }))).toBe('not_found')
    days = null
    clock.jump(-day)
    expect(await code(session.signIn(me))).toBe('not_signed_in')
  })

  test('[STORE-14] [D01] who is signed in holds a sealer, and nowhere the bytes of a key', async () => {
    const session = keeper(sealed)
    const held = await value(session.signIn(me))
    away = false
    await value(session.renew())
    for (const each of [held, session.read()])
      expect(JSON.stringify(each)).not.toContain(aStoreKey(1).key.slice(0, 8))
  })

  test('[SYNC-20] the real session follows as soon as the centre answers', async () => {
    const session = keeper(sealed)
    await value(session.signIn(me))
    const client = connectCentre(openLine(centre.url, clock), session)
    const list = { states: [], before: null, limit: 10 }
    expect(await code(client.call('tickets.list', list))).toBe('unreachable')
    expect(session.read()?.offline).toBe(true)
    away = false
    answer = (ask) =>
      ask.path === '/api/tickets/list' ? ours(done({ tickets: [], total: 0, serverNow: morning })) : issue()
    expect(await code(client.call('tickets.list', list))).toBe('ok')
    expect(session.read()).toMatchObject({ offline: false, session: { token: 'token-2' } })
  })

  test('[SYNC-20] a password changed meanwhile is asked for, and work goes on until then', async () => {
    const session = keeper(sealed)
    await value(session.signIn(me))
    away = false
    answer = () => ours(failed('wrong_password', '不对'), 401)
    expect(await code(session.renew())).toBe('not_signed_in')
    expect(session.read()).toMatchObject({ offline: true, passwordNeeded: true })
  })

  test('a centre that answers "wrong password" is believed, and the seal stays shut', async () => {
    away = false
    answer = () => ours(failed('wrong_password', '不对'), 401)
    expect(await code(keeper(sealed).signIn(me))).toBe('wrong_password')
  })
})
