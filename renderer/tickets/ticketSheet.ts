// A lead's list of work orders as rows of a file: what the list says, with days written out, and no telephone number.
import type { Reference } from '../../contract/reference.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { standingOf } from '../../core/tickets/again.ts'
import { hourMinute, isoDay } from '../kit/time.ts'
import type { Text } from '../text/catalogue.ts'

const instant = (at: number): string => `${isoDay(at)} ${hourMinute(at)}`

/** [EXPORT-2] The columns of exporting.ticketHead. */
export const ticketRow = (
  ticket: ListedTicket,
  { tickets, wrapup }: Pick<Text, 'tickets' | 'wrapup'>,
  reference: Pick<Reference, 'categories' | 'topics'>,
): readonly string[] => {
  const { dispatch, number, centre } = ticket
  const standing = standingOf(ticket)
  const nameOf = (rows: readonly { code: string; zh: string }[], code: string | null) =>
    rows.find((row) => row.code === code)?.zh ?? code ?? ''
  return [
    number ?? dispatch.localNumber,
    standing === 'refused' || standing === 'unsent' ? tickets[standing] : tickets.states[standing],
    dispatch.title,
    dispatch.callerName,
    dispatch.employer,
    dispatch.plan.departmentName,
    nameOf(reference.categories, dispatch.category),
    nameOf(reference.topics, dispatch.topic),
    wrapup.urgency[dispatch.urgency],
    dispatch.confidential ? tickets.secret : '',
    instant(dispatch.dispatchedAt),
    centre === null ? '' : instant(centre.dueAt),
    dispatch.agent,
  ]
}
