// Days in Beijing and deadlines in working days, against the calendar of 2026 and a second opinion by Date.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, dayOf, dueAt, workday } from '../../../core/tickets/workdays.ts'
import { startingReference } from '../../../server/reference.ts'

const { calendar, policy } = startingReference()
const at = (beijing: string): number => Date.parse(`${beijing}+08:00`)
const days = (workingDays: number) => ({ workingDays, hours: null })
const due = (workingDays: number, from: string) => {
  const answer = dueAt(days(workingDays), at(from), calendar, policy)
  return { due: new Date(answer.dueAt + 8 * 3_600_000).toISOString().slice(0, 16), firm: answer.firm }
}

describe('working days', () => {
  test.each([
    ['a Monday morning, one day', 1, '2026-11-23T09:00', '2026-11-24T18:00'],
    ['late on Monday, still one day', 1, '2026-11-23T23:59', '2026-11-24T18:00'],
    ['just after midnight of Tuesday', 1, '2026-11-24T00:00', '2026-11-25T18:00'],
    ['over a weekend', 1, '2026-11-20T10:00', '2026-11-23T18:00'],
    ['five days', 5, '2026-11-23T09:00', '2026-11-30T18:00'],
    ['over the National Day week with a worked Saturday', 5, '2026-09-29T09:00', '2026-10-12T18:00'],
    ['into a worked Sunday', 1, '2026-09-19T09:00', '2026-09-20T18:00'],
    ['over Spring Festival', 1, '2026-02-14T09:00', '2026-02-24T18:00'],
  ])('[TICKET-6] %s', (_what, count, from, expected) => {
    expect(due(count, from)).toEqual({ due: expected, firm: true })
  })

  test('[TICKET-7] a limit that reaches into 2027 is not firm while its calendar is missing', () => {
    expect(due(30, '2026-11-24T09:00')).toEqual({ due: '2027-01-05T18:00', firm: false })
    expect(due(1, '2027-03-01T09:00').firm).toBe(false)
    expect(due(1, '2026-12-30T09:00').firm).toBe(true)
  })

  test('[TICKET-8] hours run through the night and are always firm', () => {
    const from = at('2026-12-31T23:30')
    expect(dueAt({ workingDays: null, hours: 2 }, from, calendar, policy)).toEqual({
      dueAt: from + 7_200_000,
      firm: true,
    })
  })

  test('[TICKET-6] the starting calendar names real weekdays as off and real weekend days as worked', () => {
    const weekend = (iso: string): boolean => [0, 6].includes(new Date(`${iso}T00:00Z`).getUTCDay())
    for (const year of calendar) {
      expect(year.off.filter(weekend)).toEqual([])
      expect(year.worked.filter((iso) => !weekend(iso))).toEqual([])
    }
  })
})

describe('whatever the day', () => {
  test('[TICKET-6] the civil date is the one Date gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (instant) => {
        const beijing = new Date(instant + 8 * 3_600_000)
        const day = dayOf(dayNumber(instant))
        expect([day.iso, day.weekday]).toEqual([beijing.toISOString().slice(0, 10), beijing.getUTCDay()])
      }),
    )
  })

  test('[TICKET-6] exactly as many working days lie between start and deadline as the limit says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 300 }), (count, offset) => {
        const from = at('2026-01-01T08:00') + offset * 86_400_000 + offset * 1_234_567
        const answer = dueAt(days(count), from, calendar, policy)
        let worked = 0
        for (let day = dayNumber(from) + 1; day <= dayNumber(answer.dueAt); day += 1)
          if (workday(day, calendar).works) worked += 1
        expect(worked).toBe(count)
        expect(workday(dayNumber(answer.dueAt), calendar).works).toBe(true)
      }),
    )
  })
})
