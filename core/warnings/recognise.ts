// Hears a mass risk in what the agent types: which rule of the reference data applies, in which words, how grave it is.
// Suggests only; a person raises or says 不是. Law: docs/rules/warnings.md
import type { WarningLevel, WarningRule, WarningRules } from '../../contract/warnings.ts'
import type { Amount } from './amounts.ts'
import { amountsIn } from './amounts.ts'
import { gravest, isGraver, levelOf } from './levels.ts'

/** What was typed, field by field. */
export type Typed = readonly { readonly field: string; readonly text: string }[]

export type Quote = {
  readonly field: string
  readonly text: string
  readonly start: number
  readonly end: number
}

export type Suggestion = {
  readonly rule: WarningRule
  readonly level: WarningLevel
  /** The words that say so, the trigger first. Empty: the number of calls says it. */
  readonly quotes: readonly Quote[]
  readonly people: number | null
}

export type Facts = {
  /** What stands in the form's own field; null: nothing yet. */
  readonly people: number | null
  /** Calls about this employer in the last days, this one included. */
  readonly callsAbout: number
}

/** A suggestion the agent has said no to. */
export type Dismissed = { readonly rule: string; readonly level: WarningLevel }

const sentenceEnd = /[。！？!?；;\n]/u
/** So many letters before a word may deny it. */
const denialReach = 3
const denials = /(?:没有?|不会|不是|并未|未|别|不)[^，。；！？\n,;!?]{0,2}$/u

type Hit = { readonly field: string; readonly text: string; readonly start: number; readonly end: number }

const sentenceOf = (text: string, at: number): readonly [number, number] => {
  let start = at
  while (start > 0 && !sentenceEnd.test(text[start - 1] ?? '')) start -= 1
  let end = at
  while (end < text.length && !sentenceEnd.test(text[end] ?? '')) end += 1
  return [start, end]
}

const isDenied = (text: string, start: number): boolean =>
  denials.test(text.slice(Math.max(0, start - denialReach - 1), start))

/** The word at this place is part of a longer one that means something else. */
const isOther = ({ except = [] }: WarningRule, text: string, start: number, end: number): boolean =>
  except.some((longer) => {
    const at = text.lastIndexOf(longer, start)
    return at >= 0 && at + longer.length >= end
  })

/** Every place where a word of the rule stands, denied ones left out unless the rule wants them. */
const hitsOf = (rule: WarningRule, typed: Typed): readonly Hit[] =>
  typed.flatMap(({ field, text }) =>
    rule.words.flatMap((word) => {
      const hits: Hit[] = []
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
        if (!isOther(rule, text, at, at + word.length) && (rule.evenDenied || !isDenied(text, at)))
          hits.push({ field, text: word, start: at, end: at + word.length })
      return hits
    }),
  )

type Said = Amount & { readonly field: string; readonly text: string }

const saidIn = (typed: Typed): readonly Said[] =>
  typed.flatMap(({ field, text }) =>
    amountsIn(text).map((amount) => ({ ...amount, field, text: text.slice(amount.start, amount.end) })),
  )

const largest = (amounts: readonly Said[]): Said | null =>
  amounts.reduce<Said | null>((most, next) => (most === null || next.value > most.value ? next : most), null)

/** In the sentence of the word first, else anywhere; those it happened to before all there are. */
const amountFor = (of: Amount['of'], near: readonly Said[], all: readonly Said[]): Said | null => {
  const fitting = (amounts: readonly Said[]) => amounts.filter((amount) => amount.of === of)
  const some = (amounts: readonly Said[]) => amounts.filter(({ isWhole }) => !isWhole)
  return (
    largest(some(fitting(near))) ??
    largest(fitting(near)) ??
    (of === 'people' ? (largest(some(fitting(all))) ?? largest(fitting(all))) : null)
  )
}

const quoteOf = ({ field, text, start, end }: Hit | Said): Quote => ({ field, text, start, end })

const byWords = (
  rule: WarningRule,
  typed: Typed,
  said: readonly Said[],
  facts: Facts,
  rules: WarningRules,
): Suggestion | null => {
  const found = hitsOf(rule, typed).flatMap((hit): Suggestion[] => {
    const text = typed.find(({ field }) => field === hit.field)?.text ?? ''
    const [from, to] = sentenceOf(text, hit.start)
    const near = said.filter(({ field, start, end }) => field === hit.field && start >= from && end <= to)
    const counted = facts.people === null ? amountFor('people', near, said) : null
    const people = facts.people ?? counted?.value ?? null
    const whole = largest(said.filter((amount) => amount.of === 'people' && amount.isWhole))
    const percent = amountFor('percent', near, said)
    const months = amountFor('months', near, said)
    const part =
      percent?.value ?? (people !== null && whole && whole !== counted ? (100 * people) / whole.value : null)
    const reasons: readonly {
      readonly least: number | null
      readonly is: number | null
      readonly by: Said | null
    }[] = [
      { least: rule.people, is: people, by: counted },
      { least: rule.percent, is: part, by: percent ?? counted },
      { least: rule.months, is: months?.value ?? null, by: months },
    ]
    const asked = reasons.filter(({ least }) => least !== null)
    const met = asked.find(({ least, is }) => least !== null && is !== null && is >= least)
    if (asked.length > 0 && !met) return []
    const level = gravest(levelOf(people, rules), ...(rule.level === null ? [] : [rule.level]))
    const amount = met?.by ?? counted
    return [{ rule, level, people, quotes: [hit, ...(amount ? [amount] : [])].map(quoteOf) }]
  })
  return found.reduce<Suggestion | null>(
    (most, next) => (most === null || isGraver(next.level, most.level) ? next : most),
    null,
  )
}

const byCalls = (rule: WarningRule, facts: Facts, rules: WarningRules): Suggestion | null => {
  if (rule.calls === null || facts.callsAbout < rule.calls) return null
  const level = gravest(levelOf(facts.people, rules), ...(rule.level === null ? [] : [rule.level]))
  return { rule, level, people: facts.people, quotes: [] }
}

/** [WARN-1] [WARN-2] Everything the rules find, the gravest first. */
export const findings = (typed: Typed, facts: Facts, rules: WarningRules): readonly Suggestion[] => {
  const said = saidIn(typed)
  return rules.rules
    .filter((rule) => rule.active)
    .sort((one, other) => one.sort - other.sort)
    .flatMap((rule) => byWords(rule, typed, said, facts, rules) ?? byCalls(rule, facts, rules) ?? [])
    .sort((one, other) =>
      isGraver(one.level, other.level)
        ? -1
        : isGraver(other.level, one.level)
          ? 1
          : one.rule.sort - other.rule.sort,
    )
}

/** [WARN-6] The gravest one nobody has said no to: a no covers its rule up to its level, and nothing graver. */
export const suggestion = (
  found: readonly Suggestion[],
  dismissed: readonly Dismissed[],
): Suggestion | null =>
  found.find(
    ({ rule, level }) => !dismissed.some((each) => each.rule === rule.code && !isGraver(level, each.level)),
  ) ?? null
