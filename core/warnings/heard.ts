// Since when something at least so grave has been heard in a call: the limit to report counts from there, and what the agent
// said no to starts no clock. Law: docs/rules/warnings.md
import type { WarningLevel } from '../../contract/warnings.ts'
import { isGraver } from './levels.ts'
import type { Dismissed, Suggestion } from './recognise.ts'

/** When a rule was first found as grave as that. */
export type Heard = { readonly rule: string; readonly level: WarningLevel; readonly at: number }

type Said = Pick<Heard, 'rule' | 'level'>

const covers = (one: Said, other: Said): boolean =>
  one.rule === other.rule && !isGraver(other.level, one.level)

/** The same list where nothing was found that was not heard before. */
export const heardOn = (
  heard: readonly Heard[],
  found: readonly Suggestion[],
  at: number,
): readonly Heard[] => {
  const news = found
    .map(({ rule, level }) => ({ rule: rule.code, level, at }))
    .filter((one) => !heard.some((earlier) => covers(earlier, one)))
  return news.length === 0 ? heard : [...heard, ...news]
}

/** [WARN-4] null: nothing so grave was heard, or the agent said no to all of it. */
export const heardSince = (
  level: WarningLevel,
  heard: readonly Heard[],
  dismissed: readonly Dismissed[],
): number | null => {
  const standing = heard.filter(
    (one) => !isGraver(level, one.level) && !dismissed.some((each) => covers(each, one)),
  )
  return standing.length === 0 ? null : Math.min(...standing.map(({ at }) => at))
}
