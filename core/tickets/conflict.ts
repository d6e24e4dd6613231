// Two people, or one person on two computers, changed one work order: what each of them wrote, field by field. Codes stay
// codes here: the screen knows their names.
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { ListedTicket } from './pick.ts'
import { maskedNumber } from './ticket.ts'

const compared = [
  'title',
  'callerName',
  'contactNumber',
  'member',
  'employer',
  'occurredOn',
  'address',
  'cause',
  'course',
  'category',
  'topic',
  'peopleInvolved',
  'confidential',
  'urgency',
  'toldCaller',
  'department',
  'limit',
  'note',
] as const

export type ConflictField = (typeof compared)[number]
/** '': not filled in. */
export type Difference = { readonly field: ConflictField; readonly ours: string; readonly centre: string }

const textOf = (dispatch: TicketDispatch, field: ConflictField): string => {
  const { plan } = dispatch
  if (field === 'department') return [plan, ...plan.assisting].map((unit) => unit.departmentName).join(' ')
  if (field === 'limit' || field === 'note') return plan[field]
  // The centre tells it masked.
  if (field === 'contactNumber') return maskedNumber(dispatch.contactNumber)
  return String(dispatch[field] ?? '')
}

/** [TICKET-14] Where this computer's refused version and the centre's differ; empty: there is nothing to compare. */
export const conflictOf = ({ dispatch, centre, unsent }: ListedTicket): readonly Difference[] => {
  if (unsent !== 'parked' || centre === null) return []
  return compared
    .map((field) => ({ field, ours: textOf(dispatch, field), centre: textOf(centre.dispatch, field) }))
    .filter(({ ours, centre }) => ours !== centre)
}
