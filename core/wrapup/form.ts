// What a wrap-up form still lacks, what is known before the first word is typed, and when it may be filed.
// Which fields are demanded is reference data; the words for them are the screen's.
import type { FormField, Reference, RequiredRule, Topic } from '../../contract/reference.ts'
import type { CallSummary, Direction } from '../../contract/softphone.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import { planOf } from './dispatch.ts'

/** The order of the fields on the form: missing ones are named and focused in this order. */
const order: readonly FormField[] = [
  'callerName',
  'contactNumber',
  'member',
  'employer',
  'union',
  'occurredOn',
  'address',
  'cause',
  'course',
  'category',
  'topic',
  'peopleInvolved',
  'disposition',
  'dispatch',
  'callBackAt',
  'toldCaller',
  'nextStep',
]

export const fiveElementFields = ['callerName', 'occurredOn', 'address', 'cause', 'course'] as const
export type FiveElement = (typeof fiveElementFields)[number]

const isFilled = (value: unknown): boolean => {
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined
}

const matches = (rule: RequiredRule, form: WrapupForm): boolean =>
  (rule.categories === undefined || (form.category !== null && rule.categories.includes(form.category))) &&
  (rule.dispositions === undefined ||
    (form.disposition !== null && rule.dispositions.includes(form.disposition)))

/** Does this form end in a dispatch (派单)? */
export const dispatches = (
  form: Pick<WrapupForm, 'disposition'>,
  reference: Pick<Reference, 'dispositions'>,
): boolean => reference.dispositions.some((row) => row.code === form.disposition && row.dispatches)

/** Does this form promise the caller a call? */
export const promisesCall = (
  form: Pick<WrapupForm, 'disposition'>,
  reference: Pick<Reference, 'dispositions'>,
): boolean => reference.dispositions.some((row) => row.code === form.disposition && row.callsBack === true)

/** Must it say when? */
const agreesTime = (form: WrapupForm, reference: Reference): boolean =>
  reference.dispositions.some((row) => row.code === form.disposition && row.agreesTime === true)

/** [WRAP-1] [WRAP-2] Every field this form must have, filled or not, in the form's order. */
export const requiredFields = (form: WrapupForm, reference: Reference): readonly FormField[] => {
  const demanded = new Set(
    reference.requiredFields.filter((rule) => matches(rule, form)).flatMap((rule) => rule.fields),
  )
  // A work order without a category or a plan could not be sent, whatever the data forgot to demand.
  if (dispatches(form, reference)) demanded.add('category').add('dispatch')
  else demanded.delete('dispatch')
  // [WRAP-20] Whatever the data demands: nothing else has room for a time.
  if (agreesTime(form, reference)) demanded.add('callBackAt')
  else if (!promisesCall(form, reference)) demanded.delete('callBackAt')
  return order.filter((field) => demanded.has(field))
}

/** [WRAP-1] The demanded fields that are still empty, in the form's order. `at` is for the plan's deadline. */
export const missingFields = (form: WrapupForm, reference: Reference, at: number): readonly FormField[] =>
  requiredFields(form, reference).filter((field) =>
    field === 'dispatch' ? planOf(form, reference, at) === null : !isFilled(form[field]),
  )

/** [WRAP-3] Ticks of the five elements 来电人、时间、地址、事情起因、事情经过. */
export const fiveElements = (form: WrapupForm): Readonly<Record<FiveElement, boolean>> => ({
  callerName: isFilled(form.callerName),
  occurredOn: isFilled(form.occurredOn),
  address: isFilled(form.address),
  cause: isFilled(form.cause),
  course: isFilled(form.course),
})

/** [WRAP-6] A form is filed once: when its call is over and nothing demanded is missing. */
export const mayFile = (form: WrapupForm, reference: Reference, at: number, callIsOver: boolean): boolean =>
  callIsOver && missingFields(form, reference, at).length === 0

/** Topics to choose from under a category, in the order the centre gave them. */
export const topicsOf = (reference: Pick<Reference, 'topics'>, category: string | null): readonly Topic[] =>
  reference.topics
    .filter((topic) => topic.active && (category === null || topic.categories.includes(category)))
    .sort((one, other) => one.sort - other.sort)

/** [WRAP-5] Applies a change; what no longer fits (a topic of another category, a plan without dispatch, a time) falls away. */
export const changeForm = (
  form: WrapupForm,
  change: Partial<WrapupForm>,
  reference: Reference,
): WrapupForm => {
  const next = { ...form, ...change }
  const topicFits = topicsOf(reference, next.category).some((topic) => topic.code === next.topic)
  return {
    ...next,
    topic: change.category !== undefined && !topicFits ? null : next.topic,
    dispatch: dispatches(next, reference) ? next.dispatch : null,
    callBackAt: promisesCall(next, reference) ? (next.callBackAt ?? null) : null,
  }
}

/** What the call itself says about the caller. */
export type CallerFacts = {
  readonly direction: Direction
  readonly number: string
  readonly name: string | null
}

export type Known = Pick<CallSummary, 'callerName' | 'employer' | 'member'>

/** [WRAP-4] The newest value any of the caller's calls knew; newest call first. */
export const knownOf = (calls: readonly CallSummary[]): Known => {
  const newest = <K extends keyof Known>(key: K): Known[K] | null =>
    calls.find((call) => isFilled(call[key]))?.[key] ?? null
  return { callerName: newest('callerName'), employer: newest('employer'), member: newest('member') }
}

/** [WRAP-4] Fills empty fields only, from the call and from the caller's earlier calls; what was typed stays. */
export const prefill = (form: WrapupForm, call: CallerFacts, earlier: Known | null): WrapupForm => ({
  ...form,
  contactNumber: form.contactNumber || (call.direction === 'internal' ? '' : call.number.slice(0, 32)),
  callerName: form.callerName || (earlier?.callerName ?? call.name ?? '').slice(0, 40),
  employer: form.employer || (earlier?.employer ?? '').slice(0, 120),
  member: form.member ?? earlier?.member ?? null,
})

/** Has anything been written that prefill would not have put there? Then the tab is a draft worth keeping. */
export const isTouched = (form: WrapupForm): boolean =>
  isFilled(form.cause) ||
  isFilled(form.course) ||
  isFilled(form.address) ||
  isFilled(form.occurredOn) ||
  isFilled(form.toldCaller) ||
  isFilled(form.nextStep) ||
  form.category !== null ||
  form.disposition !== null
