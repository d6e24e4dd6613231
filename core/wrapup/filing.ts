// From a finished form to what is stored and sent: the call's record one revision on, and its work order.
// Filing the same form twice is the store's business to make harmless; here it is one value either way.
import type { TicketId } from '../../contract/ids.ts'
import type { Reference } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import type { LocalTicket } from '../ports.ts'
import { saysTheSame } from '../sameWords.ts'
import { roundOf } from '../tickets/again.ts'
import { dispatches } from './form.ts'
import { planOf, ticketOf } from './dispatch.ts'

export type Filing = { readonly record: CallRecord; readonly ticket: TicketDispatch | null }

export type FilingFacts = {
  readonly at: number
  /** After-call work in this form, measured on the monotonic clock. */
  readonly wrapupMs: number
  /** Used when a first work order comes out of this record. */
  readonly newTicketId: TicketId
  readonly newLocalNumber: string
  /** The order this record was filed with before, when a filed form is corrected. */
  readonly earlierTicket: Pick<LocalTicket, 'dispatch' | 'centre'> | null
}

/**
 * [WRAP-24] Both spoke, and not among ourselves: there is something to write up, also when the program stopped in the
 * middle of it.
 */
export const hasForm = ({ answeredAt, direction, madeFor }: CallRecord): boolean =>
  answeredAt !== null && direction !== 'internal' && !madeFor

/** The form as it is stored: free text without spaces around it, and the plan as it was sent. */
const finalForm = (form: WrapupForm, reference: Reference, at: number): WrapupForm => ({
  ...form,
  callerName: form.callerName.trim(),
  contactNumber: form.contactNumber.trim(),
  employer: form.employer.trim(),
  occurredOn: form.occurredOn.trim(),
  address: form.address.trim(),
  cause: form.cause.trim(),
  course: form.course.trim(),
  toldCaller: form.toldCaller.trim(),
  nextStep: form.nextStep.trim(),
  dispatch: dispatches(form, reference) ? planOf(form, reference, at) : null,
})

/**
 * [WRAP-7] The filed record is one revision above the one before it, keeps every fact of the call, and carries
 * the form, the instant, the after-call work and the id of its work order. A correction keeps the first
 * filing's after-call work and the same work order, one revision on.
 */
export const fileForm = (
  record: CallRecord,
  form: WrapupForm,
  reference: Reference,
  facts: FilingFacts,
): Filing => {
  const filed = finalForm(form, reference, facts.at)
  const earlier = facts.earlierTicket?.dispatch ?? null
  const ticket = filed.dispatch
    ? ticketOf(record, filed, reference, {
        id: earlier?.id ?? record.ticketId ?? facts.newTicketId,
        rev: (earlier?.rev ?? 0) + 1,
        localNumber: earlier?.localNumber ?? facts.newLocalNumber,
        dispatchedAt: facts.at,
        round: facts.earlierTicket === null ? 1 : roundOf(facts.earlierTicket),
      })
    : null
  return {
    record: {
      ...record,
      rev: record.rev + 1,
      form: filed,
      filedAt: facts.at,
      wrapupMs: record.wrapupMs ?? Math.max(0, Math.round(facts.wrapupMs)),
      ticketId: ticket?.id ?? record.ticketId,
    },
    ticket,
  }
}

/** What the moment of filing puts into it left out. */
const timeless = (form: WrapupForm): WrapupForm => ({
  ...form,
  dispatch: form.dispatch && { ...form.dispatch, dueAt: 0, dueIsFirm: true },
})

/** [STORE-4] A second click files the same words; other words under the same revision are somebody's work. */
export const isSameForm = (a: WrapupForm | null, b: WrapupForm | null): boolean =>
  a === null || b === null ? a === b : saysTheSame(timeless(a), timeless(b))
