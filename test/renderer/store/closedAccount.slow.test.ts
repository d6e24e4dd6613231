// An account its centre has closed: how a seat learns it, what it lets go of, and when.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import { AccountId } from '../../../contract/ids.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import type { SealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import { openSealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import type { Keepsake, SessionKeeper } from '../../../renderer/adapters/session.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import type { HttpCentre, HttpSay } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { plainSealer } from '../../fakes/plainSealer.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession, centreId } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'

const me = { account: '1001', password: '钥匙-made-up' }
const store = `hotline-${centreId}-1001`
const working = (): HttpSay => ours(done(aSession()))
const closedAt = (centre: string): HttpSay =>
  ours(
    failed('not_signed_in', '账号已停用，请联系管理员', {
      closed: { account: AccountId.parse('1001'), centre },
    }),
    401,
  )
const closed = () => closedAt(centreId)

let answer: (() => HttpSay) | null
let centre: HttpCentre
let clock = manualClock(morning)
let kept: string | null
let wiped: string[]
let sealed: SealedSessions
let session: SessionKeeper
const anySeat = async () => () => undefined
const keepsake: Keepsake = {
  keep: (token) => (kept = token),
  recall: async () => (kept === null ? null : { refreshToken: kept, store: null }),
  forget: () => (kept = null),
}
const keeper = () =>
  keepSession(
    openLine(centre.url, clock),
    clock,
    sealed,
    keepsake,
    async () => plainSealer,
    async (name) => void wiped.push(name),
  )
beforeEach(async () => {
  kept = null
  wiped = []
  clock = manualClock(morning)
  answer = working
  centre = await startHttpCentre(() => answer?.() ?? { status: 502 })
  sealed = openSealedSessions(clock, async () => 7)
  session = keeper()
  await value(session.signIn(me))
})
afterEach(() => centre.close())

const opensOffline = () => code(sealed.open(centre.url, me.account, me.password))

test('[SESSION-14] [D05] at the door with the right password: told so, the seal and what can be read are gone, none opens it offline', async () => {
  await session.signOut()
  answer = closed
  expect(await opensOffline()).toBe('ok')
  expect(await session.signIn(me)).toMatchObject({ problem: { text: '账号已停用，请联系管理员' } })
  expect(wiped).toEqual([store])
  answer = null
  expect(await code(session.signIn(me))).toBe('not_found')
  expect(await opensOffline()).toBe('not_found')
})

test('[SESSION-14] a wrong password at the door takes nothing away', async () => {
  await session.signOut()
  answer = () => ours(failed('wrong_password', '不对'), 401)
  expect(await code(session.signIn(me))).toBe('wrong_password')
  expect(wiped).toEqual([])
  expect(await opensOffline()).toBe('ok')
})

test('[SESSION-14] [D05] at a start: told so at the door, and nothing is left to start with the next time', async () => {
  answer = closed
  const started = keeper()
  expect(await started.resume(anySeat)).toMatchObject({ problem: { text: '账号已停用，请联系管理员' } })
  expect([wiped, kept, await opensOffline()]).toEqual([[store], null, 'not_found'])
  expect(started.read()).toBeNull()
  expect(await value(started.resume(anySeat))).toBeNull()
})

test('[SESSION-14] at work: the seal goes at once, the work stays before them until they sign out', async () => {
  answer = closed
  expect(await code(session.renew())).toBe('not_signed_in')
  expect(session.read()).toMatchObject({ closed: { text: '账号已停用，请联系管理员' } })
  expect([wiped, await opensOffline()]).toEqual([[], 'not_found'])
  // A page that breaks off now learns it again.
  expect(kept).not.toBeNull()
  const asked = centre.asked.length
  expect(await session.renew()).toMatchObject({ problem: { text: '账号已停用，请联系管理员' } })
  await session.signOut()
  expect(centre.asked).toHaveLength(asked)
  expect([wiped, kept, session.read()]).toEqual([[store], null, null])
})

test('[SESSION-14] signed in without the centre: learnt as soon as it answers', async () => {
  await session.signOut()
  answer = null
  expect(await value(session.signIn(me))).toMatchObject({ offline: true })
  answer = closed
  await session.renew()
  expect(session.read()).toMatchObject({ closed: { text: '账号已停用，请联系管理员' } })
  expect(await opensOffline()).toBe('not_found')
})

test('[SESSION-14] another centre’s word about an account takes nothing away', async () => {
  answer = () => closedAt('another-centre')
  expect(await code(session.renew())).toBe('not_signed_in')
  expect(session.read()).toMatchObject({ passwordNeeded: true })
  expect(session.read()).not.toHaveProperty('closed')
  expect([wiped, await opensOffline()]).toEqual([[], 'ok'])
})

test('[STORE-22] [D05] whoever signs in at the centre, or a page that hears its time, ends the seals that are too old', async () => {
  await session.signOut()
  const week = 7 * 86_400_000
  await session.centreTold(morning + week)
  expect(await opensOffline()).toBe('ok')
  await session.centreTold(morning + week + 1)
  expect(await opensOffline()).toBe('not_found')
  await value(session.signIn(me))
  await session.signOut()
  const { account } = aSession()
  const later = aSession({
    account: { ...account, id: AccountId.parse('1002') },
    serverNow: morning + week + 1,
  })
  answer = () => ours(done(later))
  await value(session.signIn({ ...me, account: '1002' }))
  // Each look makes a key of the password, which is slow on purpose.
  await expect.poll(opensOffline, { timeout: 20_000 }).toBe('not_found')
})
