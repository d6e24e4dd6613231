// Two people, or one person on two computers, changed one work order: what each of them wrote, field by field.
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { ListedTicket } from './pick.ts'

const compared = [
  'title',
  'callerName',
  'employer',
  'occurredOn',
  'address',
  'cause',
  'course',
  'toldCaller',
] as const

export type ConflictField = (typeof compared)[number] | 'department' | 'note'
export type Difference = { readonly field: ConflictField; readonly ours: string; readonly centre: string }

const textOf = (dispatch: TicketDispatch, field: ConflictField): string => {
  if (field === 'department')
    return [dispatch.plan, ...dispatch.plan.assisting].map((unit) => unit.departmentName).join(' ')
  return field === 'note' ? dispatch.plan.note : dispatch[field]
}

/** [TICKET-14] Where this computer's refused version and the centre's differ; empty: there is nothing to compare. */
export const conflictOf = ({ dispatch, centre, unsent }: ListedTicket): readonly Difference[] => {
  if (unsent !== 'parked' || centre === null) return []
  return [...compared, 'department' as const, 'note' as const]
    .map((field) => ({ field, ours: textOf(dispatch, field), centre: textOf(centre.dispatch, field) }))
    .filter(({ ours, centre }) => ours !== centre)
}
