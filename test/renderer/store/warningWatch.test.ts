// Watching over warnings: asked again at every nudge and every few seconds, and ringing for as long as the centre says so.
import { expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { ApiOutput } from '../../../contract/api.ts'
import type { WarningEvent } from '../../../contract/warnings.ts'
import type { Clock } from '../../../core/ports.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import { openWarningWatch, watchFor } from '../../../renderer/adapters/warningWatch.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { warningId } from '../../makers/reports.ts'
import { morning } from '../../makers/stamps.ts'

type Listed = ApiOutput<'warnings.list'>

const anEvent = (over: Partial<WarningEvent> = {}): WarningEvent => ({
  id: warningId(1),
  number: 'YJ20261123-0001',
  employer: '恒泽电子（示例）有限公司',
  level: 'red',
  state: 'open',
  people: 300,
  cause: '厂里裁了三百多人',
  reports: 1,
  heardAt: morning,
  receivedAt: morning,
  rangSince: morning,
  signedAt: null,
  signedBy: null,
  closedAt: null,
  changedAt: morning,
  rings: true,
  ...over,
})

const aCentre = () => {
  const asked: ((answer: Answer<Listed>) => void)[] = []
  const call = (() => new Promise((resolve) => asked.push(resolve))) as unknown as CentreClient['call']
  const answer = async (events: readonly WarningEvent[] | 'unreachable' | 'not_signed_in') => {
    asked.shift()?.(
      typeof events === 'string'
        ? failed(events, '连不上中心')
        : done({ events: [...events], serverNow: morning }),
    )
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return { asked, call, answer }
}

test('[WARN-9] the centre is asked at once, every ten seconds, and at a nudge, one question at a time', async () => {
  const clock = manualClock(morning)
  const { asked, call, answer } = aCentre()
  const watch = openWarningWatch({ call }, clock)
  expect(asked).toHaveLength(1)
  // What comes may be older than the nudge: asked once more when it is there.
  watch.look()
  watch.look()
  await answer([])
  clock.advance(0)
  expect(asked).toHaveLength(1)
  await answer([anEvent()])
  expect(watch.read()).toEqual({ events: [anEvent()], at: morning, problem: null, deafSince: null })
  clock.advance(9_999)
  expect(asked).toHaveLength(0)
  clock.advance(1)
  expect(asked).toHaveLength(1)
  // The centre away: what was known stays, and why it is not newer.
  await answer('unreachable')
  expect(watch.read()).toEqual({ events: [anEvent()], at: morning, problem: '连不上中心', deafSince: null })
  watch.stop()
  clock.advance(60_000)
  expect(asked).toHaveLength(0)
})

test('[WARN-9] it rings for as long as an event rings at this screen; nobody watches without the role', async () => {
  const clock = manualClock(morning)
  const { call, answer } = aCentre()
  const heard: boolean[] = []
  const watch = watchFor({ role: 'duty' }, { call }, clock, (yes) => heard.push(yes))
  await answer([anEvent({ rings: false }), anEvent({ id: warningId(2) })])
  watch?.look()
  await answer([anEvent({ rings: false })])
  expect(heard).toEqual([true, false])
  for (const role of ['agent', 'handler'] as const)
    expect(watchFor({ role }, { call }, clock, () => undefined)).toBe(null)
})

/** When its sound began and ended, in seconds. */
const soundsOf = (clock: Clock) => {
  const heard: [number, boolean][] = []
  const rings = (yes: boolean): void => {
    if (yes !== (heard.at(-1)?.[1] ?? false)) heard.push([(clock.now() - morning) / 1000, yes])
  }
  return { heard, rings }
}

test('[WARN-22] a duty leader’s screen that would hear nothing says so: after a minute without an answer, at once when the session has ended', async () => {
  const clock = manualClock(morning)
  const { call, answer } = aCentre()
  const { heard, rings } = soundsOf(clock)
  const watch = watchFor({ role: 'duty' }, { call }, clock, rings)
  await answer([])
  for (let looks = 0; looks < 13; looks += 1) {
    clock.advance(10_000)
    await answer('unreachable')
  }
  expect(heard).toEqual([
    [60, true],
    [65, false],
    [120, true],
    [125, false],
  ])
  expect(watch?.read().deafSince).toBe(morning)
  clock.advance(10_000)
  await answer([])
  expect(watch?.read().deafSince).toBe(null)
  clock.advance(10_000)
  await answer('not_signed_in')
  expect([heard.at(-1), watch?.read().deafSince]).toEqual([[150, true], morning + 140_000])
  watch?.stop()
  clock.advance(600_000)
  expect(heard).toHaveLength(5)
  // It never rings at a lead's: nothing is missed there.
  const lead: boolean[] = []
  watchFor({ role: 'lead' }, { call }, clock, (yes) => lead.push(yes))
  await answer('not_signed_in')
  expect(lead).toEqual([false])
})

test('[WARN-22] a screen that slept tells since when it heard nothing, and its sound keeps its minute however long a look takes', async () => {
  const clock = manualClock(morning)
  const { call, answer } = aCentre()
  const { heard, rings } = soundsOf(clock)
  const watch = watchFor({ role: 'duty' }, { call }, clock, rings)
  await answer([])
  const night = 12 * 3_600_000
  clock.jump(night)
  for (let looks = 0; looks < 5; looks += 1) {
    clock.advance(10_000)
    clock.advance(25_000)
    await answer('unreachable')
  }
  expect(watch?.read().deafSince).toBe(morning)
  const woke = night / 1000 + 35
  expect(heard).toEqual([
    [woke, true],
    [woke + 5, false],
    [woke + 60, true],
    [woke + 65, false],
    [woke + 120, true],
    [woke + 125, false],
  ])
  // One that was never answered says since when it is open.
  watch?.stop()
  const other = aCentre()
  const fresh = watchFor({ role: 'duty' }, other, clock, () => undefined)
  const openedAt = clock.now()
  clock.advance(60_000)
  await other.answer('unreachable')
  expect(fresh?.read().deafSince).toBe(openedAt)
  fresh?.stop()
})
