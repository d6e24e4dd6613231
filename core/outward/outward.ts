// What a work order owes the world outside, in which words, and what becomes of it by the gateway's answer.
// Law: docs/rules/outward.md. The words are reference data (policy.outward); the server keeps and carries them.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { OutwardMessage } from '../../contract/outward.ts'
import type { Reference } from '../../contract/reference.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { dayNumber, dayOf } from '../tickets/workdays.ts'
import { backoff } from '../sync/backoff.ts'

/** The work order as the centre has it. */
export type Subject = {
  readonly dispatch: TicketDispatch
  readonly number: string
  readonly signDueAt: number
}

const shanghaiMs = 8 * 3_600_000
const two = (value: number): string => String(value).padStart(2, '0')

/** 11月27日18:00 */
const moment = (at: number): string => {
  const { month, day } = dayOf(dayNumber(at))
  const minutes = Math.floor((at + shanghaiMs) / 60_000) % 1440
  return `${month}月${day}日${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const fill = (template: string, { dispatch, number, signDueAt }: Subject): string =>
  template
    .replaceAll('{number}', number)
    .replaceAll('{department}', dispatch.plan.departmentName)
    .replaceAll('{signBy}', moment(signDueAt))

/** Only a mobile of this country can be sent a text message. */
const mobileOf = (number: string): string | null => {
  const parsed = parsePhoneNumberFromString(number, 'CN')
  const national = parsed?.countryCallingCode === '86' ? parsed.nationalNumber : ''
  return /^1[3-9]\d{9}$/.test(national) ? national : null
}

const sms = (key: string, template: string | null | undefined, subject: Subject): OutwardMessage[] => {
  const number = mobileOf(subject.dispatch.contactNumber)
  if (number === null || template === null || template === undefined) return []
  return [
    {
      key,
      kind: 'sms',
      ticket: subject.number,
      text: fill(template, subject),
      urgency: subject.dispatch.urgency,
      to: { is: 'mobile', number },
    },
  ]
}

/** [OUT-1] A dispatch, or its change: each unit is told of it, and the worker, once, that it was taken down. */
export const owedByDispatch = (
  subject: Subject,
  { policy, departments }: Pick<Reference, 'policy' | 'departments'>,
): readonly OutwardMessage[] => {
  const { dispatch } = subject
  const { id, rev, plan, practice } = dispatch
  // [OUT-2] Made-up work orders concern nobody outside.
  if (practice) return []
  const template = policy.outward?.notice ?? null
  const units = template === null ? [] : [plan, ...plan.assisting]
  const notices = [...new Map(units.map((unit) => [unit.department, unit])).values()].map(
    ({ department, departmentName }): OutwardMessage => ({
      key: `${id}:${rev}:${department}`,
      kind: 'notice',
      ticket: subject.number,
      text: fill(template ?? '', subject),
      urgency: dispatch.urgency,
      to: {
        is: 'department',
        code: department,
        name: departmentName,
        phone: departments.find((row) => row.code === department)?.phone ?? null,
      },
    }),
  )
  return [...notices, ...sms(`${id}:accepted`, policy.outward?.accepted, subject)]
}

/** [OUT-1] The department's reply: the worker is told that there is one. */
export const owedByReply = (
  subject: Subject,
  actionId: string,
  { policy }: Pick<Reference, 'policy'>,
): readonly OutwardMessage[] =>
  subject.dispatch.practice ? [] : sms(`${actionId}:answered`, policy.outward?.answered, subject)

/** What the gateway said: it has it, it is there but not now (`retryAfterMs`), it will never take it, or nothing. */
export type GatewayWord =
  | { readonly is: 'has' }
  | { readonly is: 'later'; readonly said: string; readonly retryAfterMs: number | undefined }
  | { readonly is: 'never'; readonly said: string }
  | { readonly is: 'silent' }

export type OutwardFate =
  | { readonly state: 'delivered'; readonly said: null }
  | { readonly state: 'refused'; readonly said: string }
  | { readonly state: 'waiting'; readonly said: string; readonly inMs: number }

/** [OUT-3] Nothing is given up because of the number of tries. `attempts`: this one counted. */
export const outwardFate = (word: GatewayWord, attempts: number, random: number): OutwardFate => {
  switch (word.is) {
    case 'has':
      return { state: 'delivered', said: null }
    case 'never':
      return { state: 'refused', said: word.said }
    case 'later':
      return { state: 'waiting', said: word.said, inMs: backoff(attempts, random, word.retryAfterMs) }
    case 'silent':
      return { state: 'waiting', said: 'no answer', inMs: backoff(attempts, random, undefined) }
  }
}

/** [OUT-5] What is older than this goes out only when a person says so: late news can do harm. */
export const staleMs = 3 * 86_400_000
