// A work order changed here and elsewhere: both versions side by side, so that nobody overwrites the other unseen.
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { conflictOf } from '../../core/tickets/conflict.ts'
import { useText } from '../text/catalogue.ts'
import styles from './TicketConflict.module.css'

export const TicketConflict = ({ ticket }: { readonly ticket: ListedTicket }) => {
  const { tickets } = useText()
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
            <th scope="row">{tickets.conflictFields[field]}</th>
            <td>{centre || tickets.conflictEmpty}</td>
            <td>{ours || tickets.conflictEmpty}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
