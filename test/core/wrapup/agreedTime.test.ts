// The time a call back is agreed for: typed, read, judged.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  nextStandingAt,
  readTime,
  standingOf,
  timeProblem,
  timesToOffer,
} from '../../../core/wrapup/agreedTime.ts'
import { texts } from '../../../renderer/text/catalogue.ts'
import { agreedWords } from '../../../renderer/wrapup/agreedWords.ts'
import { aReference } from '../../makers/reference.ts'

/** A Thursday. */
const now = Date.parse('2026-11-26T14:30:20+08:00')
const reference = aReference({
  policy: {
    ...aReference().policy,
    callBack: {
      from: '09:00',
      to: '20:00',
      everyDay: false,
      daysAhead: 5,
      earlyMinutes: 5,
      graceMinutes: 10,
    },
  },
})
const iso = (at: number | null): string | null =>
  at === null ? null : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)

describe('what is typed', () => {
  test.each([
    ['15:30', '2026-11-26T15:30'],
    ['1530', '2026-11-26T15:30'],
    ['１５：３０', '2026-11-26T15:30'],
    ['15点', '2026-11-26T15:00'],
    ['下午3点半', '2026-11-26T15:30'],
    ['下午 3:05', '2026-11-26T15:05'],
    ['明天 9:30', '2026-11-27T09:30'],
    ['明天上午9点', '2026-11-27T09:00'],
    ['后天14:00', '2026-11-28T14:00'],
    ['11-30 10:00', '2026-11-30T10:00'],
    ['11月30日 10点15分', '2026-11-30T10:15'],
    ['2027-01-04 9:00', '2027-01-04T09:00'],
    ['1-4 9:00', '2027-01-04T09:00'],
    ['30分钟后', '2026-11-26T15:01'],
    ['2小时后', '2026-11-26T16:31'],
    ['12:00', '2026-11-26T12:00'],
    ['下午三点半', '2026-11-26T15:30'],
    ['三点', '2026-11-26T03:00'],
    ['明早九点', '2026-11-27T09:00'],
    ['今晚7点', '2026-11-26T19:00'],
    ['明天上午十点二十五', '2026-11-27T10:25'],
    ['下午两点十分', '2026-11-26T14:10'],
    ['15点一刻', '2026-11-26T15:15'],
    ['十二点', '2026-11-26T12:00'],
    ['下午三点零五', '2026-11-26T15:05'],
    ['二十点', '2026-11-26T20:00'],
    ['周五上午10点', '2026-11-27T10:00'],
    ['周五 10:00', '2026-11-27T10:00'],
    ['周四15:30', '2026-11-26T15:30'],
    ['星期三上午九点', '2026-12-02T09:00'],
    ['下周一 9:30', '2026-11-30T09:30'],
    ['下周日9点', '2026-12-06T09:00'],
    ['下个礼拜二下午2点', '2026-12-01T14:00'],
    ['12月1号 9点', '2026-12-01T09:00'],
    ['十二月一号上午九点', '2026-12-01T09:00'],
    ['11-28（周六）10:00', '2026-11-28T10:00'],
    ['半小时后', '2026-11-26T15:01'],
    ['一小时以后', '2026-11-26T15:31'],
    ['两个小时后', '2026-11-26T16:31'],
    ['一个半小时后', '2026-11-26T16:01'],
    ['二十分钟后', '2026-11-26T14:51'],
    ['一刻钟后', '2026-11-26T14:46'],
  ])('[WRAP-20] “%s” is %s', (typed, at) => {
    expect(iso(readTime(typed, now))).toBe(at)
  })

  test.each([
    '',
    '3',
    '25:00',
    '9:60',
    '2-30 9:00',
    '明天',
    '随时',
    '15:30:20',
    '昨天 9:00',
    '三点十分钟',
    '周五',
    '周末上午10点',
    '9点周五',
    '不要周五 9:00',
    '半小时',
    '二十五点',
  ])('[WRAP-20] “%s” is no time', (typed) => {
    expect(readTime(typed, now)).toBeNull()
  })

  const anyInstant = fc
    .integer({ min: 0, max: 20 * 24 * 60 })
    .map((minutes) => Math.floor(now / 60_000) * 60_000 + minutes * 60_000)

  test('[WRAP-20] the field reads back what it shows, in both languages', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom('zh-CN', 'en'), (at, language) => {
        expect(readTime(agreedWords(at, now, texts[language]), now)).toBe(at)
      }),
    )
  })

  test('[WRAP-20] whatever is typed is a whole minute or no time', () => {
    const pieces = fc.constantFrom(
      '今天',
      '明',
      '下午',
      '9',
      '30',
      ':',
      '点',
      '半',
      '-',
      '月',
      '日',
      '周四',
      ' ',
      '后',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 9 }), (typed) => {
        const at = readTime(typed.join(''), now)
        expect(at === null || at % 60_000 === 0).toBe(true)
      }),
    )
  })
})

describe('what may be agreed', () => {
  const problem = (typed: string) => timeProblem(readTime(typed, now) ?? 0, now, reference)?.is ?? null
  test('[WRAP-20] nothing past, nothing outside the hours or on a day off, nothing too far', () => {
    expect(problem('14:30')).toBe('past')
    expect(problem('14:31')).toBeNull()
    expect(problem('20:00')).toBeNull()
    expect(problem('20:01')).toBe('closed')
    expect(problem('明天 8:59')).toBe('closed')
    // A Saturday, and the Monday after.
    expect(problem('11-28 10:00')).toBe('closed')
    expect(problem('11-30 10:00')).toBeNull()
    expect(problem('12-1 10:00')).toBeNull()
    expect(problem('12-2 10:00')).toBe('far')
  })

  test('[WRAP-20] a holiday is a day off and a worked weekend is not, by the calendar', () => {
    const holiday = Date.parse('2026-09-29T10:00:00+08:00')
    const on = (day: string, from = holiday) =>
      timeProblem(Date.parse(`${day}T10:00:00+08:00`), from, reference)?.is ?? null
    expect(on('2026-10-01')).toBe('closed')
    expect(on('2026-10-10', Date.parse('2026-10-09T10:00:00+08:00'))).toBeNull()
    const always = aReference({
      policy: { ...reference.policy, callBack: { ...reference.policy.callBack!, everyDay: true } },
    })
    expect(timeProblem(Date.parse('2026-11-28T10:00:00+08:00'), now, always)).toBeNull()
  })

  test('[WRAP-20] without a word of the policy the office hours count', () => {
    const plain = aReference()
    expect(timeProblem(Date.parse('2026-11-26T17:30:00+08:00'), now, plain)).toBeNull()
    expect(timeProblem(Date.parse('2026-11-26T17:31:00+08:00'), now, plain)).toEqual({
      is: 'closed',
      from: '09:00',
      to: '17:30',
      everyDay: false,
    })
  })

  test('[WRAP-20] every time offered may be agreed, soonest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 24 * 60 }), (minutes) => {
        const moment = now + minutes * 60_000
        const offered = timesToOffer(moment, reference)
        expect(offered.length).toBeGreaterThan(0)
        expect(offered).toEqual([...offered].sort((a, b) => a - b))
        for (const at of offered) expect(timeProblem(at, moment, reference)).toBeNull()
      }),
    )
  })
})

test('[WRAP-21] how an agreed call stands changes only when it is said to', () => {
  const { policy } = reference
  fc.assert(
    fc.property(fc.integer({ min: -90, max: 90 }), (minutes) => {
      const moment = now + minutes * 60_000
      const next = nextStandingAt(now, moment, policy)
      const before = standingOf(now, moment, policy)
      if (next === null) {
        expect(before).toBe('late')
        return
      }
      expect(next).toBeGreaterThan(moment)
      expect(standingOf(now, next - 1, policy)).toBe(before)
      expect(standingOf(now, next, policy)).not.toBe(before)
    }),
  )
})
