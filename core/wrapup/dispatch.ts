// From a form to a work order: which department and limit are suggested, what the order is called,
// and the number it bears until the centre gives the official one.
import type { TicketId } from '../../contract/ids.ts'
import type { Reference, TimeLimit } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { DispatchPlan, WrapupForm } from '../../contract/wrapup.ts'
import { dayNumber, dayOf, dueAt } from '../tickets/workdays.ts'
import { clip } from './paste.ts'

const hoursOf = (limit: TimeLimit): number => limit.hours ?? (limit.workingDays ?? 0) * 24

/** Limits a handler can be given; the one for signing is not among them. */
export const handlingLimits = (reference: Pick<Reference, 'timeLimits' | 'policy'>): readonly TimeLimit[] =>
  reference.timeLimits
    .filter((limit) => limit.active && limit.code !== reference.policy.signLimit)
    .sort((one, other) => one.sort - other.sort)

/** [WRAP-8] The topic's own limit; 特急 takes the shortest there is; a topic without one suggests none. */
const limitFor = (form: WrapupForm, reference: Reference): TimeLimit | null => {
  const limits = handlingLimits(reference)
  if (form.urgency === 'critical')
    return [...limits].sort((one, other) => hoursOf(one) - hoursOf(other))[0] ?? null
  const topic = reference.topics.find((row) => row.code === form.topic)
  return limits.find((limit) => limit.code === topic?.limit) ?? null
}

/** [WRAP-8] Where the matter would go by its topic and urgency; null: the data names no department for it. */
export const suggestPlan = (form: WrapupForm, reference: Reference, at: number): DispatchPlan | null => {
  const topic = reference.topics.find((row) => row.code === form.topic)
  const department = reference.departments.find((row) => row.active && row.code === topic?.department)
  const limit = limitFor(form, reference)
  if (!department || !limit) return null
  return withDeadline(
    {
      department: department.code,
      departmentName: department.zh,
      assisting: [],
      limit: limit.code,
      dueAt: 0,
      dueIsFirm: false,
      note: '',
    },
    reference,
    at,
  )
}

/** [TICKET-11] May anything be dispatched there? */
export const isInUse = (reference: Pick<Reference, 'departments'>, department: string): boolean =>
  reference.departments.some((row) => row.active && row.code === department)

/** [WRAP-9] The deadline counts from the dispatch, not from when the plan was drawn up. */
const withDeadline = (plan: DispatchPlan, reference: Reference, at: number): DispatchPlan | null => {
  const limit = reference.timeLimits.find((row) => row.code === plan.limit)
  if (!limit || !isInUse(reference, plan.department)) return null
  const deadline = dueAt(limit, at, reference.calendar, reference.policy)
  return { ...plan, dueAt: deadline.dueAt, dueIsFirm: deadline.firm }
}

/** The plan as it would be sent at `at`: the agent's own choice first, else the suggestion; null: incomplete. */
export const planOf = (form: WrapupForm, reference: Reference, at: number): DispatchPlan | null =>
  form.dispatch ? withDeadline(form.dispatch, reference, at) : suggestPlan(form, reference, at)

/** First sentence of a text, at most `max` code units, never half a character. */
const firstWords = (text: string, max: number): string => {
  const sentence = (text.trim().split(/[。！？!?\n]/)[0] ?? '').trim()
  return sentence.length <= max ? sentence : `${clip(sentence, max - 1)}…`
}

/** What lists call the work order: the cause in its first sentence, else the topic, else the category. */
export const titleOf = (form: WrapupForm, reference: Pick<Reference, 'topics' | 'categories'>): string =>
  firstWords(form.cause, 40) ||
  reference.topics.find((row) => row.code === form.topic)?.zh ||
  reference.categories.find((row) => row.code === form.category)?.zh ||
  (form.category ?? '—')

const localPrefix = (agent: string, at: number): string => {
  const { month, day } = dayOf(dayNumber(at))
  return `L${agent}-${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}-`
}

/** [WRAP-10] 本机号 L<agent>-MMDD-nnn: one more than the highest this agent has used today. */
export const nextLocalNumber = (agent: string, at: number, used: readonly string[]): string => {
  const prefix = localPrefix(agent, at)
  const highest = used
    .filter((number) => number.startsWith(prefix))
    .map((number) => Number(number.slice(prefix.length)))
    .filter((number) => Number.isInteger(number))
    .reduce((high, number) => Math.max(high, number), 0)
  return prefix + String(highest + 1).padStart(3, '0')
}

/** The work order of a filed record; null: its form does not dispatch or is incomplete. */
export const ticketOf = (
  record: Pick<CallRecord, 'id' | 'agent' | 'practice'>,
  form: WrapupForm,
  reference: Reference,
  order: {
    readonly id: TicketId
    readonly rev: number
    readonly localNumber: string
    readonly dispatchedAt: number
    readonly round: number
  },
): TicketDispatch | null => {
  const plan = planOf(form, reference, order.dispatchedAt)
  if (!plan || form.category === null) return null
  return {
    v: 1,
    id: order.id,
    rev: order.rev,
    callId: record.id,
    agent: record.agent,
    practice: record.practice,
    localNumber: order.localNumber,
    title: titleOf(form, reference),
    callerName: form.callerName,
    contactNumber: form.contactNumber,
    member: form.member,
    employer: form.employer,
    occurredOn: form.occurredOn,
    address: form.address,
    cause: form.cause,
    course: form.course,
    category: form.category,
    topic: form.topic,
    peopleInvolved: form.peopleInvolved,
    confidential: form.confidential,
    urgency: form.urgency,
    toldCaller: form.toldCaller,
    plan,
    dispatchedAt: order.dispatchedAt,
    ...(order.round === 1 ? {} : { round: order.round }),
  }
}
