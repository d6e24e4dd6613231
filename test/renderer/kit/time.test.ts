// Times as people read them, in Beijing time wherever this computer stands.
import { expect, test } from 'vitest'
import { clockTime, dayAndTime, dayAndWeekday, isoDay, shortSpan, span } from '../../../renderer/kit/time.ts'

const noon = Date.UTC(2026, 10, 23, 4, 0, 5)

test('[CALL-9] a span counts whole seconds, shows hours only when there are any, and is never negative', () => {
  expect([0, 999, 6000, 277_400, 3_723_000, -5000].map(span)).toEqual([
    '00:00',
    '00:00',
    '00:06',
    '04:37',
    '1:02:03',
    '00:00',
  ])
  expect([0, 232_000, 48_400].map(shortSpan)).toEqual(['0:00', '3:52', '0:48'])
})

test('[PAGE-3] the clock on the wall is Beijing time', () => {
  expect(clockTime(noon)).toBe('12:00:05')
  expect(isoDay(Date.UTC(2026, 10, 23, 16, 0))).toBe('2026-11-24')
  expect(dayAndWeekday(noon, 'zh-CN')).toBe('11月23日 周一')
  expect(dayAndTime(noon - 86_400_000, noon)).toBe('11-22 12:00')
  expect(dayAndTime(noon, noon)).toBe('12:00')
})
