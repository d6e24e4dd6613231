// A tab that is duplicated has the refresh token of the one at work, which a centre takes once: on the runtime's own locks.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { Desk } from '../../../contract/ipc.ts'
import { storeName } from '../../../contract/journal.ts'
import { openLine } from '../../../renderer/adapters/centreLine.ts'
import { keepsakeOf } from '../../../renderer/adapters/keepsake.ts'
import { takeSeat } from '../../../renderer/adapters/seatLock.ts'
import { keepSession } from '../../../renderer/adapters/session.ts'
import type { HttpCentre } from '../../fakes/httpCentre.ts'
import { ours, startHttpCentre } from '../../fakes/httpCentre.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { nothingSealed } from '../../fakes/nothingSealed.ts'
import { plainSealer } from '../../fakes/plainSealer.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

const { locks } = navigator
const me = { account: '1001', password: '钥匙-made-up' }
const seat = storeName(aSession().centre.id, aSession().account.id)

let centre: HttpCentre
let clock = manualClock(morning)
/** The one the centre takes; one that was used ends the session. */
let good: string
let ended: boolean
beforeEach(async () => {
  clock = manualClock(morning)
  good = 'refresh-0'
  ended = false
  let issued = 0
  centre = await startHttpCentre(({ path, body }) => {
    if (path === '/api/session/refresh' && !body.includes(`"${good}"`)) ended = true
    if (ended) return ours(failed('not_signed_in', '签入已过期'), 401)
    good = `refresh-${(issued += 1)}`
    const tokenExpiresAt = clock.now() + 900_000
    return ours(done(aSession({ refreshToken: good, serverNow: clock.now(), tokenExpiresAt })))
  })
})
afterEach(() => centre.close())

/** A browser tab; duplicated it begins with a copy of the other one's sessionStorage. */
const aTab = (copied: ReadonlyMap<string, string> = new Map(), type = 'navigate') => {
  const stored = new Map(copied)
  const sessionStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => void stored.set(name, text),
    removeItem: (name: string) => void stored.delete(name),
  }
  const events = new EventTarget()
  const performance = { getEntriesByType: () => [{ type }] }
  const addEventListener = events.addEventListener.bind(events)
  const page = { sessionStorage, performance, addEventListener } as unknown as Window
  const leave = () => void events.dispatchEvent(new Event('pagehide'))
  const keepsake = keepsakeOf({} as Desk, page, centre.url)
  const session = keepSession(
    openLine(centre.url, clock),
    clock,
    nothingSealed,
    keepsake,
    async () => plainSealer,
  )
  const resume = () => session.resume((store) => takeSeat(locks, store, 20))
  return { stored, session, resume, leave }
}

test('[SESSION-16] [F52] a duplicated tab spends nothing: the one at work goes on, and the other says where', async () => {
  const first = aTab()
  await value(first.session.signIn(me))
  const leave = await takeSeat(locks, seat)
  const asked = centre.asked.length
  const second = aTab(first.stored)
  expect(await second.resume()).toMatchObject({ ok: false, problem: { code: 'conflict' } })
  expect(centre.asked).toHaveLength(asked)
  clock.advance(14 * 60_000 + 50_000)
  await value(first.session.renew())
  expect(first.session.read()).toMatchObject({ passwordNeeded: false })
  leave?.()
})

test('[SESSION-16] of two tabs brought back together one works, with the seat held all the while', async () => {
  const closed = aTab()
  await value(closed.session.signIn(me))
  const [one, two] = [aTab(closed.stored), aTab(closed.stored)]
  const answers = await Promise.all([one.resume(), two.resume()])
  const [first, second] = answers
  expect(second).toMatchObject({ ok: false, problem: { code: 'conflict' } })
  expect(first).toMatchObject({ ok: true, value: { signedIn: { offline: false } } })
  expect(await takeSeat(locks, seat, 20)).toBeNull()
  expect(ended).toBe(false)
  if (first.ok) first.value?.leaveSeat?.()
})

test('[SESSION-16] where the centre is away or gives no session, the seat is let go of', async () => {
  const first = aTab()
  await value(first.session.signIn(me))
  good = 'another'
  expect(await value(aTab(first.stored).resume())).toBeNull()
  const leave = await takeSeat(locks, seat, 20)
  expect(leave).not.toBeNull()
  leave?.()
})

test('[SESSION-18] a tab that was closed and is brought back has nobody signed in; one that was reloaded or crashed has', async () => {
  const first = aTab()
  await value(first.session.signIn(me))
  const resumed = async (tab: ReturnType<typeof aTab>) => {
    const answer = await value(tab.resume())
    answer?.leaveSeat?.()
    return answer !== null
  }
  // A browser that crashed brings its tabs back too: this one was not left.
  const crashed = aTab(first.stored, 'back_forward')
  expect(await resumed(crashed)).toBe(true)
  crashed.leave()
  const reloaded = aTab(crashed.stored, 'reload')
  expect(await resumed(reloaded)).toBe(true)
  reloaded.leave()
  const asked = centre.asked.length
  expect(await resumed(aTab(reloaded.stored, 'back_forward'))).toBe(false)
  expect(centre.asked).toHaveLength(asked)
})
