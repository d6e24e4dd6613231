// Spans of deadlines and days as people read them; plain instants and timers are kit/time.ts.
import { dayNumber } from '../../core/tickets/workdays.ts'
import { dayAndTime, hourMinute, isoDay, monthDay } from '../kit/time.ts'

const dayMs = 86_400_000
const shanghaiMs = 8 * 3_600_000

/** First instant of the day `at` lies in, on Shanghai's clock. */
export const dayStart = (at: number): number => dayNumber(at) * dayMs - shanghaiMs

/** "14:32" today, "11-20" this year, else the whole date: for narrow lists. */
export const timeOrDay = (at: number, now: number): string => {
  const day = isoDay(at)
  if (day === isoDay(now)) return hourMinute(at)
  return day.slice(0, 4) === isoDay(now).slice(0, 4) ? monthDay(at) : day
}

/** "14:32" today, "11-20 14:32" this year, else with the year. */
export const fullWhen = (at: number, now: number): string =>
  isoDay(at).slice(0, 4) === isoDay(now).slice(0, 4) ? dayAndTime(at, now) : `${isoDay(at)} ${hourMinute(at)}`

/** "20261126-1432", for the name of a file. */
export const fileTime = (at: number): string =>
  `${isoDay(at).replaceAll('-', '')}-${hourMinute(at).replace(':', '')}`

export type SpanParts =
  | { readonly unit: 'days'; readonly days: number }
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number }

/** How long is left or over: whole days from two days on, else hours and minutes. */
export const spanParts = (ms: number): SpanParts => {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  return minutes >= 48 * 60
    ? { unit: 'days', days: Math.floor(minutes / 1440) }
    : { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}
