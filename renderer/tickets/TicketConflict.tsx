// A work order changed here and elsewhere: both versions side by side, so that nobody overwrites the other unseen.
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { conflictOf, type ConflictField } from '../../core/tickets/conflict.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './TicketConflict.module.css'

const namesOf = (rows: readonly { readonly code: string; readonly zh: string }[]) =>
  Object.fromEntries(rows.map(({ code, zh }) => [code, zh]))

export const TicketConflict = ({ ticket }: { readonly ticket: ListedTicket }) => {
  const { tickets, wrapup } = useText()
  const { reference } = useWorkplace()
  const named: Partial<Record<ConflictField, Readonly<Record<string, string>>>> = {
    member: wrapup.member,
    urgency: wrapup.urgency,
    confidential: { true: wrapup.confidentialYes, false: wrapup.confidentialNo },
    category: namesOf(reference.categories),
    topic: namesOf(reference.topics),
    limit: namesOf(reference.timeLimits),
  }
  const labels: Record<ConflictField, string> = { ...wrapup.fields, ...tickets.conflictFields }
  const said = (field: ConflictField, value: string): string =>
    value === '' ? tickets.conflictEmpty : (named[field]?.[value] ?? value)
  const differences = conflictOf(ticket)
  if (differences.length === 0) return null
  return (
    <table className={styles.both}>
      <caption>{tickets.conflict}</caption>
      <thead>
        <tr>
          <th scope="col">{tickets.conflictField}</th>
          <th scope="col">{tickets.conflictCentre}</th>
          <th scope="col">{tickets.conflictOurs}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, ours, centre }) => (
          <tr key={field}>
            <th scope="row">{labels[field]}</th>
            <td>{said(field, centre)}</td>
            <td>{said(field, ours)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
