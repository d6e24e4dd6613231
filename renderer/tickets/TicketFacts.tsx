// Who and what of a work order: the caller's facts, the words that were taken down, what they were told.
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { MaskedNumber } from '../softphone/MaskedNumber.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { RevealNumber } from './RevealNumber.tsx'
import styles from './TicketFacts.module.css'

export const TicketFacts = ({ ticket }: { readonly ticket: ListedTicket }) => {
  const { tickets, wrapup } = useText()
  const { account } = useWorkplace()
  const { dispatch, centre } = ticket
  const units = dispatch.plan.assisting.map((each) => each.departmentName).join(wrapup.listJoin)
  const member = dispatch.member === null ? '' : wrapup.member[dispatch.member]
  const rows = [
    { label: tickets.employer, value: dispatch.employer },
    { label: tickets.when, value: dispatch.occurredOn },
    { label: tickets.where, value: dispatch.address },
    {
      label: tickets.people,
      value: dispatch.peopleInvolved === null ? '' : tickets.peopleCount(dispatch.peopleInvolved),
    },
    { label: tickets.lead, value: dispatch.plan.departmentName },
    { label: tickets.assisting, value: units },
    { label: tickets.told, value: dispatch.toldCaller },
    { label: tickets.note, value: dispatch.plan.note },
  ].filter((row) => row.value !== '')
  return (
    <div className={styles.facts}>
      <dl className={styles.rows}>
        <div className={styles.pair}>
          <dt>{tickets.worker}</dt>
          <dd>
            <strong>{dispatch.callerName || tickets.noName}</strong> {member}
          </dd>
          <dt>{tickets.phone}</dt>
          <dd>
            {dispatch.agent === account.id && !dispatch.contactNumber.includes('*') ? (
              <MaskedNumber number={dispatch.contactNumber} callId={dispatch.callId} />
            ) : (
              // Another revision may bear another number.
              <RevealNumber
                key={centre?.dispatch.rev}
                id={dispatch.id}
                masked={centre?.dispatch.contactNumber ?? ''}
              />
            )}
          </dd>
        </div>
        {rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      <blockquote className={styles.words} aria-label={tickets.course}>
        {dispatch.cause === '' ? null : <p>{dispatch.cause}</p>}
        {dispatch.course === '' ? null : <p>{dispatch.course}</p>}
      </blockquote>
    </div>
  )
}
