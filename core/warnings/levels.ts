// How grave a warning is, how long there is to report it, and whose screen rings meanwhile. Law: docs/rules/warnings.md
import type { AccountId } from '../../contract/ids.ts'
import { WarningLevel } from '../../contract/warnings.ts'
import type { PhoneTreeRow, WarningLevelRow, WarningRules } from '../../contract/warnings.ts'

const order = WarningLevel.options
const minuteMs = 60_000

/** Is the first one graver than the other? */
export const isGraver = (one: WarningLevel, other: WarningLevel): boolean =>
  order.indexOf(one) < order.indexOf(other)

export const gravest = (one: WarningLevel, ...others: readonly WarningLevel[]): WarningLevel =>
  others.reduce((most, next) => (isGraver(next, most) ? next : most), one)

type Levels = Pick<WarningRules, 'levels'>

/** [WARN-3] By the number of people alone; fewer than the lowest level counts, or an unknown number, is the lowest. */
export const levelOf = (people: number | null, { levels }: Levels): WarningLevel =>
  order.find((level) =>
    levels.some((row) => row.level === level && people !== null && people >= row.people),
  ) ?? 'blue'

export const levelRow = (level: WarningLevel, { levels }: Levels): WarningLevelRow | null =>
  levels.find((row) => row.level === level) ?? null

export type ReportClock = {
  readonly dueAt: number
  /** Negative when past. */
  readonly leftMs: number
  /** Part of the limit used, 0–1. */
  readonly used: number
  readonly phase: 'calm' | 'amber' | 'over'
}

/**
 * [WARN-4] The limit to report counts from when it was heard, not from when somebody pressed a key; of what became graver
 * afterwards from when that was heard.
 */
export const reportClock = (
  warning: {
    readonly heardAt: number
    readonly graverHeardAt?: number | undefined
    readonly level: WarningLevel
  },
  rules: Levels,
  amberAt: number,
  now: number,
): ReportClock => {
  const spanMs = (levelRow(warning.level, rules)?.minutes ?? 0) * minuteMs
  const from = warning.graverHeardAt ?? warning.heardAt
  const dueAt = from + spanMs
  const leftMs = dueAt - now
  const used = spanMs === 0 ? 1 : Math.min(1, Math.max(0, (now - from) / spanMs))
  return { dueAt, leftMs, used, phase: leftMs <= 0 ? 'over' : used >= amberAt ? 'amber' : 'calm' }
}

/**
 * [WARN-4] Came it late to the centre, at first or when it became graver? `revisions`: in the order they came. Of one that
 * became graver before its first words arrived nobody knows how grave it was: then no limit at all is as long as that.
 */
export const cameLate = (
  revisions: readonly {
    readonly report: Parameters<typeof reportClock>[0]
    readonly receivedAt: number
  }[],
  rules: Levels,
): boolean =>
  revisions.some(({ report, receivedAt }, index) => {
    const { level, heardAt, graverHeardAt } = report
    if (revisions.slice(0, index).some((before) => !isGraver(level, before.report.level))) return false
    // An older program does not say when the graver words were heard.
    if (index > 0 && graverHeardAt === undefined) return false
    const longestMs = Math.max(...rules.levels.map(({ minutes }) => minutes)) * minuteMs
    const isOverAnyLimit = index === 0 && receivedAt > heardAt + longestMs
    return isOverAnyLimit || reportClock(report, rules, 1, receivedAt).leftMs < 0
  })

/** [WARN-9] How many times it has passed on to the next person: 0 at first. */
export const escalation = (
  rangSince: number,
  { escalateMinutes }: Pick<WarningRules, 'escalateMinutes'>,
  now: number,
): number => escalateMinutes.filter((minutes) => now - rangSince >= minutes * minuteMs).length

/** Duty leaders in the order in which they are rung. */
export const ringOrder = (
  onDuty: readonly AccountId[],
  { dutyOrder }: Pick<WarningRules, 'dutyOrder'>,
): readonly AccountId[] => {
  const named = dutyOrder.filter((id) => onDuty.includes(id))
  return [...named, ...onDuty.filter((id) => !named.includes(id)).sort()]
}

/**
 * [WARN-9] Whose screens ring: everybody in the order down to the first who is at a screen, with every step down to the next
 * one; with no more at a screen, and at the last step, everybody on duty.
 */
export const whoRings = (
  inOrder: readonly AccountId[],
  step: number,
  { escalateMinutes }: Pick<WarningRules, 'escalateMinutes'>,
  isThere: (id: AccountId) => boolean,
): readonly AccountId[] => {
  const last = inOrder.filter((id) => isThere(id))[step]
  return step >= escalateMinutes.length || last === undefined
    ? inOrder
    : inOrder.slice(0, inOrder.indexOf(last) + 1)
}

/** [WARN-8] Whom to phone for a warning of this level, in order. */
export const phoneTreeOf = (
  level: WarningLevel,
  { phoneTree }: Pick<WarningRules, 'phoneTree'>,
): readonly PhoneTreeRow[] =>
  phoneTree
    .filter((row) => row.active && !isGraver(row.from, level))
    .sort((one, other) => one.sort - other.sort)
