// [WRAP-28] One form corrected on two computers of its agent: what was filed on the other one, and how it comes into what is
// written here.
import type { TicketDispatch } from '../../contract/tickets.ts'
import { WrapupForm } from '../../contract/wrapup.ts'
import { saysTheSame } from '../sameWords.ts'

/** The form with what its work order bears of it now; whose plan counts is not decided here, and the number may be masked. */
export const asOrdered = (form: WrapupForm, dispatch: TicketDispatch): WrapupForm => ({
  ...form,
  callerName: dispatch.callerName,
  member: dispatch.member,
  employer: dispatch.employer,
  occurredOn: dispatch.occurredOn,
  address: dispatch.address,
  cause: dispatch.cause,
  course: dispatch.course,
  category: dispatch.category,
  topic: dispatch.topic,
  peopleInvolved: dispatch.peopleInvolved,
  confidential: dispatch.confidential,
  urgency: dispatch.urgency,
  toldCaller: dispatch.toldCaller,
})

export type Elsewhere = {
  /** What was changed there and not here: it comes in. */
  readonly change: Partial<WrapupForm>
  /** Changed there and here in other words: what is written here stays. */
  readonly both: readonly (keyof WrapupForm)[]
}

const fields = WrapupForm.keyof().options

/** Without what filing itself changes: spaces around a text, the deadline of a plan. */
const written = ({ dispatch, ...form }: WrapupForm, field: keyof WrapupForm): object => {
  if (field === 'dispatch') return { value: dispatch && { ...dispatch, dueAt: 0, dueIsFirm: true } }
  const value = form[field]
  return { value: typeof value === 'string' ? value.trim() : value }
}

/** `before`: as it was filed when writing here began; `there`: as it was filed since; null: nothing was changed there. */
export const changedElsewhere = (
  before: WrapupForm,
  here: WrapupForm,
  there: WrapupForm,
): Elsewhere | null => {
  const differ = (one: WrapupForm, other: WrapupForm) => (field: keyof WrapupForm) =>
    !saysTheSame(written(one, field), written(other, field))
  const changed = fields.filter(differ(before, there)).filter(differ(here, there))
  if (changed.length === 0) return null
  const both = changed.filter(differ(before, here))
  const alone = changed.filter((field) => !both.includes(field))
  return { change: Object.fromEntries(alone.map((field) => [field, there[field]])), both }
}
