// Days and deadlines as the hotline counts them: Asia/Shanghai (UTC+8, no daylight saving), working days with
// the State Council's holidays. Pure arithmetic on epoch milliseconds; the holiday list is reference data.
import type { CalendarYear, Policy, TimeLimit } from '../../contract/reference.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const shanghaiMs = 8 * hourMs

export interface ShanghaiDay {
  readonly year: number
  readonly month: number
  readonly day: number
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number
  /** "2026-11-23" */
  readonly iso: string
}

/** Whole days since 1970-01-01 on Shanghai's clock. */
export const dayNumber = (at: number): number => Math.floor((at + shanghaiMs) / dayMs)

/** Whole seconds since midnight on Shanghai's clock. */
export const secondOf = (at: number): number => Math.floor(((at + shanghaiMs) % dayMs) / 1_000)

/** Civil date of a day number (Howard Hinnant's days-from-civil algorithm, turned round). */
export const dayOf = (number: number): ShanghaiDay => {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const two = (value: number): string => String(value).padStart(2, '0')
  return { year, month, day, weekday: (((number + 4) % 7) + 7) % 7, iso: `${year}-${two(month)}-${two(day)}` }
}

/** Is this a working day, and does the loaded calendar know its year? */
export const workday = (
  number: number,
  calendar: readonly CalendarYear[],
): { readonly works: boolean; readonly known: boolean } => {
  const { year, weekday, iso } = dayOf(number)
  const weekend = weekday === 0 || weekday === 6
  const loaded = calendar.find((entry) => entry.year === year)
  if (loaded === undefined) return { works: !weekend, known: false }
  return { works: weekend ? loaded.worked.includes(iso) : !loaded.off.includes(iso), known: true }
}

const clockMs = (hhmm: string): number => {
  const [hours = '0', minutes = '0'] = hhmm.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** When the office hours of a day end: "2026-11-23". */
export const endOfDay = (iso: string, policy: Pick<Policy, 'workdayEnd'>): number =>
  Date.parse(`${iso}T00:00:00+08:00`) + clockMs(policy.workdayEnd)

export interface Deadline {
  readonly dueAt: number
  /** False: a year on the way is not in the calendar, so only weekends were left out. */
  readonly firm: boolean
}

/**
 * When a time limit that starts at `from` runs out. Hours run by the clock. Working days: the day of `from`
 * does not count, the limit ends with the office hours of the last working day.
 */
export const dueAt = (
  limit: Pick<TimeLimit, 'workingDays' | 'hours'>,
  from: number,
  calendar: readonly CalendarYear[],
  policy: Pick<Policy, 'workdayEnd'>,
): Deadline => {
  if (limit.workingDays === null) return { dueAt: from + (limit.hours ?? 0) * hourMs, firm: true }
  let number = dayNumber(from)
  let firm = workday(number, calendar).known
  for (let left = limit.workingDays; left > 0;) {
    number += 1
    const { works, known } = workday(number, calendar)
    firm &&= known
    if (works) left -= 1
  }
  return { dueAt: number * dayMs - shanghaiMs + clockMs(policy.workdayEnd), firm }
}
