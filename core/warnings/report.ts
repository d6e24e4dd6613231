// From a form and a suggestion to what is reported, and how a report is changed afterwards: one revision on, the instant it
// was heard and raised kept. Law: docs/rules/warnings.md
import type { AccountId, CallId, WarningId } from '../../contract/ids.ts'
import type { Phoned, WarningLevel, WarningReport, WarningTold } from '../../contract/warnings.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import { saysTheSame } from '../sameWords.ts'
import { clip } from '../wrapup/paste.ts'
import { isGraver } from './levels.ts'
import type { Quote } from './recognise.ts'

export type Raising = {
  readonly id: WarningId
  readonly call: { readonly id: CallId; readonly agent: AccountId; readonly practice: boolean }
  readonly form: WrapupForm
  readonly level: WarningLevel
  /** Rule that suggested it; null: the agent's own judgement. */
  readonly rule: string | null
  readonly quotes: readonly Quote[]
  /** As the words say it; the form's own number counts before. */
  readonly people: number | null
  readonly heardAt: number
  readonly at: number
}

/** [WARN-16] One key raises it with what the form knows by then; the rest may follow. */
export const newReport = ({ id, call, form, ...given }: Raising): WarningReport => ({
  v: 1,
  id,
  rev: 1,
  callId: call.id,
  agent: call.agent,
  practice: call.practice,
  level: given.level,
  rule: given.rule,
  quotes: given.quotes.slice(0, 8).map(({ text }) => clip(text, 40)),
  employer: form.employer.trim(),
  address: form.address.trim(),
  people: form.peopleInvolved ?? given.people,
  staff: null,
  cause: form.cause.trim() || clip(form.course.trim(), 200),
  acts: clip(form.course.trim(), 2_000),
  demands: '',
  contactName: form.callerName.trim(),
  contactNumber: form.contactNumber.trim(),
  source: null,
  congress: null,
  unionHeard: null,
  registered: null,
  hasUnion: null,
  phoned: [],
  heardAt: Math.min(given.heardAt, given.at),
  raisedAt: given.at,
})

/** [WARN-18] What the centre told that holds for the report as it stands here; null: it has not heard how grave it is by now. */
export const wordOn = (report: WarningReport, centre: WarningTold | null): WarningTold | null =>
  centre === null || (centre.report.rev < report.rev && isGraver(report.level, centre.level)) ? null : centre

/** What an agent may add or correct. */
const addable = [
  'level',
  'employer',
  'address',
  'people',
  'staff',
  'cause',
  'acts',
  'demands',
  'contactName',
  'contactNumber',
  'source',
  'congress',
  'unionHeard',
  'registered',
  'hasUnion',
] as const

export type Addition = Partial<Pick<WarningReport, (typeof addable)[number]>>

/**
 * [WARN-16] One revision on. Nobody makes a warning milder than it was reported; null: nothing would change.
 * [WARN-4] `heardAt`: when what makes it graver was heard, if it becomes graver.
 */
export const changedReport = (
  report: WarningReport,
  addition: Addition,
  heardAt: number,
): WarningReport | null => {
  const { level = report.level } = addition
  const lift = isGraver(level, report.level) ? { level, graverHeardAt: heardAt } : { level: report.level }
  const next = { ...report, ...addition, ...lift }
  return JSON.stringify(next) === JSON.stringify(report) ? null : { ...next, rev: report.rev + 1 }
}

/** What was told stays, and what is typed now stands beside it. */
const goneOn = (before: string, now: string, most: number): string =>
  before.includes(now) ? before : now.includes(before) ? clip(now, most) : clip(`${before}\n${now}`, most)

/**
 * [WARN-20] Something graver is heard in the words of a call that was reported: one revision on, with what makes it so.
 * What the agent has put into the report stays as it is; what was empty is filled from the form.
 */
export const graverReport = (
  report: WarningReport,
  { level, form, quotes, people, heardAt }: Pick<Raising, 'level' | 'form' | 'quotes' | 'people' | 'heardAt'>,
): WarningReport | null => {
  const quoted = [...new Set([...report.quotes, ...quotes.map(({ text }) => clip(text, 40))])].slice(-8)
  const most = Math.max(report.people ?? 0, form.peopleInvolved ?? 0, people ?? 0)
  return changedReport(
    { ...report, quotes: quoted },
    {
      level,
      people: most === 0 ? null : most,
      acts: goneOn(report.acts, form.course.trim(), 2_000),
      employer: report.employer || form.employer.trim(),
      address: report.address || form.address.trim(),
      contactName: report.contactName || form.callerName.trim(),
    },
    heardAt,
  )
}

/** What stands in the later text beyond the earlier one. */
const since = (earlier: string, later: string): string =>
  later.startsWith(earlier) ? later.slice(earlier.length).trim() : later

/**
 * [WARN-16] What was changed in the dialog since it was opened, put into the report as it stands by now: what was left alone
 * overwrites nothing, and what made it graver meanwhile stays beside what was typed.
 */
export const editedReport = (
  opened: WarningReport,
  edited: WarningReport,
  present: WarningReport,
  now: number,
): WarningReport | null => {
  const typed = new Set(addable.filter((field) => edited[field] !== opened[field]))
  const next = { ...present, ...Object.fromEntries([...typed].map((field) => [field, edited[field]])) }
  if (typed.has('acts')) next.acts = goneOn(edited.acts, since(opened.acts, present.acts), 2_000)
  if (typed.has('people') && present.people !== opened.people)
    next.people = Math.max(edited.people ?? 0, present.people ?? 0) || null
  return changedReport(present, next, now)
}

const isUnsaid = (value: unknown): boolean =>
  value === '' || value === null || (Array.isArray(value) && value.length === 0)

/**
 * [WARN-19] Does `later` hold everything that `earlier` says? Then nothing is lost when the later one counts: the same, or
 * longer in words, further in the telephone tree, graver.
 */
export const isSaidIn = (earlier: WarningReport, later: WarningReport): boolean => {
  const said = new Map<string, unknown>(Object.entries(later))
  return Object.entries(earlier).every(([field, value]: [string, unknown]) => {
    const there = said.get(field)
    if (field === 'rev' || field === 'graverHeardAt' || isUnsaid(value)) return true
    if (field === 'level') return !isGraver(earlier.level, later.level)
    if (field === 'quotes') return earlier.quotes.every((one) => later.quotes.includes(one))
    if (field === 'people') return (later.people ?? 0) >= (earlier.people ?? 0)
    if (field === 'phoned')
      return earlier.phoned.every((one) => later.phoned.some((other) => saysTheSame(one, other)))
    if (typeof value === 'string' && typeof there === 'string') return there.includes(value)
    return JSON.stringify(there) === JSON.stringify(value)
  })
}

/** [WARN-8] Somebody was phoned: who and when stands in the report. */
export const phonedReport = (report: WarningReport, phoned: Phoned): WarningReport => ({
  ...report,
  rev: report.rev + 1,
  phoned: [...report.phoned, phoned].slice(-40),
})
