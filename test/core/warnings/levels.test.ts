// Limits, the telephone tree, and who is rung after how long.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId } from '../../../contract/ids.ts'
import {
  cameLate,
  escalation,
  levelOf,
  phoneTreeOf,
  reportClock,
  ringOrder,
  whoRings,
} from '../../../core/warnings/levels.ts'
import { theWarningRules as rules } from '../../makers/warnings.ts'
import { morning } from '../../makers/stamps.ts'

const ids = (...all: string[]) => all as AccountId[]
const minute = 60_000

test('[WARN-3] thresholds are where the data puts them', () => {
  const at = [9, 10, 29, 30, 99, 100, 299, 300, 5_000].map((people) => levelOf(people, rules))
  expect(at).toEqual(['blue', 'blue', 'blue', 'yellow', 'yellow', 'orange', 'orange', 'red', 'red'])
  expect(levelOf(null, rules)).toBe('blue')
})

test('[WARN-4] the limit counts from when it was heard, turns amber and runs out', () => {
  const red = { heardAt: morning, level: 'red' as const }
  const at = (minutes: number) => reportClock(red, rules, 0.75, morning + minutes * minute)
  expect(at(0)).toEqual({ dueAt: morning + 15 * minute, leftMs: 15 * minute, used: 0, phase: 'calm' })
  expect(at(12).phase).toBe('amber')
  expect(at(15)).toMatchObject({ leftMs: 0, phase: 'over' })
  expect(at(-5)).toMatchObject({ used: 0, phase: 'calm' })
  // Yellow first, red half an hour later: the red limit counts from the red words.
  const lifted = { ...red, graverHeardAt: morning + 30 * minute }
  expect(reportClock(lifted, rules, 0.75, morning + 31 * minute)).toMatchObject({
    dueAt: morning + 45 * minute,
    phase: 'calm',
  })
})

test('[WARN-4] late is what came after its limit, at first or when it became graver, whatever was added afterwards', () => {
  const after = (minutes: number) => morning + minutes * minute
  const yellow = { heardAt: morning, level: 'yellow' as const }
  const lifted = { heardAt: morning, level: 'red' as const, graverHeardAt: after(200) }
  type Clocked = Parameters<typeof reportClock>[0]
  const came = (...revisions: [report: Clocked, minutes: number][]) =>
    cameLate(
      revisions.map(([report, minutes]) => ({ report, receivedAt: after(minutes) })),
      rules,
    )
  expect(came([yellow, 1], [yellow, 500])).toBe(false)
  expect(came([yellow, 1], [lifted, 201], [lifted, 500])).toBe(false)
  expect(came([yellow, 500])).toBe(true)
  expect(came([yellow, 500], [lifted, 501])).toBe(true)
  expect(came([yellow, 1], [lifted, 216])).toBe(true)
  // The first that came of it is graver already.
  expect(came([lifted, 201])).toBe(false)
  const longest = Math.max(...rules.levels.map(({ minutes }) => minutes))
  expect(came([{ ...lifted, graverHeardAt: after(longest) }, longest + 1])).toBe(true)
  // From an older program nobody knows when the graver words were heard.
  expect(came([yellow, 1], [{ heardAt: morning, level: 'red' }, 500])).toBe(false)
})

test('[WARN-8] the graver it is, the more are phoned, in the order of the data', () => {
  const called = (level: 'red' | 'orange' | 'yellow' | 'blue') =>
    phoneTreeOf(level, rules).map(({ code }) => code)
  expect(called('blue')).toEqual(['ZBS'])
  expect(called('yellow')).toEqual(['ZBS', 'ZBLD'])
  expect(called('red')).toEqual(['ZBS', 'ZBLD', 'QYBZ', 'FGZX'])
})

test('[WARN-9] after 5, 15 and 30 minutes without a signature the next person is rung, at last everybody', () => {
  const at = (minutes: number) => escalation(morning, rules, morning + minutes * minute)
  expect([0, 4.9, 5, 14, 15, 29, 30, 600].map(at)).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  const order = ringOrder(ids('4003', '4001', '4002', '4004', '4005'), { dutyOrder: ids('4002', '9999') })
  expect(order).toEqual(['4002', '4001', '4003', '4004', '4005'])
  expect([0, 1, 2, 3].map((step) => whoRings(order, step, rules, () => true).length)).toEqual([1, 2, 3, 5])
  // Who is not at a screen is no step: it rings down to who is, and at everybody where nobody is.
  const at3 = (step: number, ...there: string[]) => whoRings(order, step, rules, (id) => there.includes(id))
  expect(at3(0, '4003', '4005')).toEqual(['4002', '4001', '4003'])
  expect([at3(1, '4003', '4005').length, at3(1, '4003').length, at3(0).length]).toEqual([5, 5, 5])
})

test('[WARN-9] nobody who was rung is forgotten when it goes on to the next', () => {
  const people = fc.uniqueArray(fc.integer({ min: 4_000, max: 4_020 }), { minLength: 1, maxLength: 8 })
  const some = fc.func(fc.boolean())
  fc.assert(
    fc.property(people, fc.integer({ min: 0, max: 2 }), some, some, (numbers, step, isThere, stays) => {
      const order = ringOrder(
        numbers.map((n) => String(n) as AccountId),
        { dutyOrder: [] },
      )
      const before = whoRings(order, step, rules, isThere)
      // Some have left their screens since.
      const after = whoRings(order, step + 1, rules, (id) => isThere(id) && stays(id))
      expect(before.length).toBeGreaterThan(0)
      expect(after.slice(0, before.length)).toEqual(before)
    }),
  )
})
