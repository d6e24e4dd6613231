// The time a call back was agreed for (预约回拨): how it is typed and read, when it may be, and how it stands with it now.
// Hours, days and minutes are the centre's policy.
import type { Policy, Reference } from '../../contract/reference.ts'
import { keptDaysOf } from '../sync/retention.ts'
import { dayNumber, dayOf, workday } from '../tickets/workdays.ts'

type Rules = Pick<Reference, 'calendar'> & { readonly policy: Policy }
type CallBackRules = NonNullable<Policy['callBack']>

const dayMs = 86_400_000
const minuteMs = 60_000
const shanghaiMs = 8 * 3_600_000

/** What the policy says; without a word the office hours of the next five days. */
export const callBackRules = ({
  callBack,
  workdayStart,
  workdayEnd,
  keptDays,
}: Pick<Policy, 'callBack' | 'workdayStart' | 'workdayEnd' | 'keptDays'>): CallBackRules => {
  const rules = callBack ?? {
    from: workdayStart,
    to: workdayEnd,
    everyDay: false,
    daysAhead: 5,
    earlyMinutes: 5,
    graceMinutes: 10,
  }
  // Other seats would never hear of what is agreed for later than they are told of calls.
  return { ...rules, daysAhead: Math.min(rules.daysAhead, keptDaysOf({ keptDays }) - 1) }
}

const minutesOf = (clock: string): number => {
  const [hours = '0', minutes = '0'] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}
const at = (day: number, minutes: number): number => day * dayMs - shanghaiMs + minutes * minuteMs
const minutesInDay = (instant: number): number =>
  Math.floor((instant + shanghaiMs - dayNumber(instant) * dayMs) / minuteMs)

const isOpenDay = (day: number, { calendar, policy }: Rules): boolean =>
  callBackRules(policy).everyDay || workday(day, calendar).works

export type TimeProblem =
  /** It is over. */
  | { readonly is: 'past' }
  /** Nobody is rung then: outside these hours, or not on a working day. */
  | { readonly is: 'closed'; readonly from: string; readonly to: string; readonly everyDay: boolean }
  /** Later than seats remember. */
  | { readonly is: 'far'; readonly days: number }

/** [WRAP-20] What speaks against this time, agreed at `now`; null: nothing. */
export const timeProblem = (instant: number, now: number, rules: Rules): TimeProblem | null => {
  const { from, to, everyDay, daysAhead } = callBackRules(rules.policy)
  if (instant <= now) return { is: 'past' }
  const day = dayNumber(instant)
  if (day - dayNumber(now) > daysAhead) return { is: 'far', days: daysAhead }
  const minutes = minutesInDay(instant)
  return minutes < minutesOf(from) || minutes > minutesOf(to) || !isOpenDay(day, rules)
    ? { is: 'closed', from, to, everyDay }
    : null
}

const dayWords: readonly (readonly [word: string, ahead: number])[] = [
  ['大后天', 3],
  ['后天', 2],
  ['明天', 1],
  ['明儿', 1],
  ['明', 1],
  ['今天', 0],
  ['今儿', 0],
  ['今', 0],
  ['tomorrow', 1],
  ['today', 0],
]
/** Hours said with these are twelve later, noon and night aside. */
const afternoon = /^(?:下午|晚上|傍晚|晚)/
const dayPart = /^(?:早上|早晨|上午|中午|下午|晚上|傍晚|早|晚)/

const monthDay = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})(?!\d)[日号]?/
/** Beside a date it says the same again, in brackets. */
const weekDay = /^(下)?个?(?:周|星期|礼拜)([一二三四五六日天])/
const clockTime = /^(\d{1,2})(?:[:：点时](半|[13]刻|\d{1,2})?分?|(\d{2}))?$/
const partsOfHour: Readonly<Record<string, number>> = { 半: 30, '1刻': 15, '3刻': 45 }

const numerals = '零一二三四五六七八九'
/** 三 → 3, 零五 → 5, 十 → 10, 二十五 → 25: numbers below a hundred as they are said. */
const inDigits = (said: string): string => {
  const [, tens, ones] = /^(?:(.?)十)?零?(.?)$/.exec(said) ?? []
  const value = (numeral: string | undefined): number => Math.max(0, numerals.indexOf(numeral || '零'))
  return String((tens === '' ? 1 : value(tens)) * 10 + value(ones))
}
/** Numerals before what is counted, 两 among them; a weekday's are its name. */
const withDigits = (text: string): string =>
  text
    .replaceAll('两', '二')
    .replaceAll(
      /([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=个?半?[小点时分刻月日号])/g,
      inDigits,
    )
    .replaceAll(/(?<=点)([一二三四五]?十[一二三四五六七八九]?|零?[一二三四五六七八九])(?!刻)/g, inDigits)

const minutesIn: Readonly<Record<string, number>> = { 分钟: 1, 刻钟: 15, 小时: 60 }
/** "30分钟后", "半小时后", "一个半小时后": how many minutes from now; null: it says no such thing. */
const minutesAhead = (text: string): number | null => {
  const said = /^(半|\d{1,3})个?(半)?(分钟|刻钟|小时)(?:后|以后|之后)$/.exec(text)
  if (!said) return null
  const [, count, half, unit = ''] = said
  return ((count === '半' ? 0.5 : Number(count)) + (half === undefined ? 0 : 0.5)) * (minutesIn[unit] ?? 1)
}

/** The next day of that name, today among them; 下周 counts from this week's Monday. */
const dayOfWeek = (next: boolean, name: string, today: number): number => {
  const wanted = ['日天', '一', '二', '三', '四', '五', '六'].findIndex((names) => names.includes(name))
  const { weekday } = dayOf(today)
  return next ? today - ((weekday + 6) % 7) + 7 + ((wanted + 6) % 7) : today + ((wanted - weekday + 7) % 7)
}

/** The next day of this month and date; null: there is none, 2-30. */
const dayOfDate = (year: string | undefined, month: number, date: number, today: number): number | null => {
  const span = 366
  for (let day = year === undefined ? today : today - 2 * span; day <= today + 2 * span; day += 1) {
    const each = dayOf(day)
    if (each.month === month && each.day === date && (year === undefined || each.year === Number(year)))
      return day
  }
  return null
}

/**
 * "15:30", "1530", "下午三点半", "明早九点", "周五上午10点", "11-28 10:00", "半小时后" as an instant; null: it says no time, or
 * something beside it that is not understood. Without a day it is today's, also when that is over: the problem is said,
 * not guessed away.
 */
export const readTime = (typed: string, now: number): number | null => {
  const spelt = typed
    .normalize('NFKC')
    .trim()
    .replaceAll(/[（(].*?[)）]/g, ' ')
    .toLowerCase()
  const ahead = minutesAhead(withDigits(spelt.replaceAll(/\s+/g, '')))
  if (ahead !== null) return Math.ceil((now + ahead * minuteMs) / minuteMs) * minuteMs
  const today = dayNumber(now)
  const text = withDigits(spelt)
  const word = dayWords.find(([each]) => text.startsWith(each))
  const week = weekDay.exec(text)
  const date = word || week ? null : monthDay.exec(text)
  const day = word
    ? today + word[1]
    : week
      ? dayOfWeek(week[1] !== undefined, week[2] ?? '', today)
      : date
        ? dayOfDate(date[1], Number(date[2]), Number(date[3]), today)
        : today
  const rest = text.slice((word?.[0] ?? week?.[0] ?? date?.[0] ?? '').length).replaceAll(/\s+/g, '')
  const clock = clockTime.exec(rest.replace(dayPart, ''))
  if (day === null || !clock) return null
  const said = Number(clock[1])
  // A bare number is an hour only with its part of the day: "3" may be anything.
  if (clock[0] === clock[1] && !dayPart.test(rest)) return null
  const hours = afternoon.test(rest) && said < 12 ? said + 12 : said
  const minutes = partsOfHour[clock[2] ?? ''] ?? Number(clock[2] ?? clock[3] ?? 0)
  return hours > 23 || minutes > 59 ? null : at(day, hours * 60 + minutes)
}

/** A few times that may be agreed now, soonest first: in half an hour, in an hour, and the next days' mornings and afternoons. */
export const timesToOffer = (now: number, rules: Rules): readonly number[] => {
  const { from, daysAhead } = callBackRules(rules.policy)
  const round = (instant: number): number => Math.ceil(instant / (5 * minuteMs)) * 5 * minuteMs
  const today = dayNumber(now)
  const soon = [round(now + 30 * minuteMs), round(now + 60 * minuteMs)]
  const later = Array.from({ length: daysAhead + 1 }, (_, ahead) =>
    [minutesOf(from) + 30, 14 * 60].map((minutes) => at(today + ahead, minutes)),
  ).flat()
  return [...new Set([...soon, ...later.filter((each) => each > now + 90 * minuteMs)])]
    .filter((each) => timeProblem(each, now, rules) === null)
    .slice(0, 6)
}

/** waits: not yet. due: now. late: the caller waits longer than was agreed. */
export type Standing = 'waits' | 'due' | 'late'

/** [WRAP-21] */
export const standingOf = (agreed: number, now: number, policy: Policy): Standing => {
  const { earlyMinutes, graceMinutes } = callBackRules(policy)
  if (now < agreed - earlyMinutes * minuteMs) return 'waits'
  return now <= agreed + graceMinutes * minuteMs ? 'due' : 'late'
}

/** When this agreed call next stands otherwise; null: never again. */
export const nextStandingAt = (agreed: number, now: number, policy: Policy): number | null => {
  const { earlyMinutes, graceMinutes } = callBackRules(policy)
  return (
    [agreed - earlyMinutes * minuteMs, agreed + graceMinutes * minuteMs + 1].find((each) => each > now) ??
    null
  )
}
