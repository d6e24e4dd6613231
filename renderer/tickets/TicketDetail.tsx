// One work order: its clock, who and what, what has been done so far, and the steps this person may take now.
import { isSentAgain, returnTo } from '../../core/tickets/again.ts'
import { extensionOf, openAsk } from '../../core/tickets/extension.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { actionsFor, clockOf, isLedBy } from '../../core/tickets/ticket.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { DetailPane } from '../app/DetailPane.tsx'
import { useNow } from '../app/ticker.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { clockWords } from './clockWords.ts'
import { Decision, requestOf } from './Decision.tsx'
import { TicketAttachments } from '../attachments/TicketAttachments.tsx'
import { Redispatch } from './Redispatch.tsx'
import { SendAgain } from './SendAgain.tsx'
import { LimitTag, StateTag } from './StateTag.tsx'
import { TicketActions } from './TicketActions.tsx'
import { TicketConflict } from './TicketConflict.tsx'
import { TicketFacts } from './TicketFacts.tsx'
import { TicketTimeline } from './TicketTimeline.tsx'
import { Unsent } from './Unsent.tsx'
import frame from '../kit/frames.module.css'
import styles from './TicketDetail.module.css'

type Props = {
  readonly ticket: ListedTicket
  readonly onClose: () => void
  /** Something was done at the centre: read again. */
  readonly onChanged: (said: string | null) => void
}

export const TicketDetail = ({ ticket, onClose, onChanged }: Props) => {
  const { tickets, wrapup } = useText()
  const { account, reference } = useWorkplace()
  const { dispatch, number, centre } = ticket
  const category = reference.categories.find((row) => row.code === dispatch.category)?.zh ?? dispatch.category
  const topic = reference.topics.find((row) => row.code === dispatch.topic)?.zh
  const actions = centre ? actionsFor(centre, account) : []
  const asked = centre && openAsk(centre)
  const returned = returnTo(ticket, account.id)
  return (
    <DetailPane
      onClose={onClose}
      title={dispatch.title}
      head={
        <>
          <span>{number ?? dispatch.localNumber}</span>
          <StateTag ticket={ticket} />
          <LimitTag ticket={ticket} />
          <Tag>{topic ? `${category}·${topic}` : category}</Tag>
          {dispatch.urgency === 'normal' ? null : <Tag>{wrapup.urgency[dispatch.urgency]}</Tag>}
          {isLedBy(dispatch.plan.department, account) ? null : <Tag>{tickets.assisting}</Tag>}
          {dispatch.confidential ? <Tag>{tickets.secret}</Tag> : null}
        </>
      }
      foot={
        centre && asked && actions.includes('grant') ? (
          <Decision key={requestOf(centre, asked)} ticket={centre} asked={asked} onChanged={onChanged} />
        ) : centre && actions.includes('redispatch') ? (
          // What one dispatched oneself goes the way it came [TICKET-18].
          returned || isSentAgain(ticket) ? null : (
            <Redispatch key={centre.id} ticket={centre} onChanged={onChanged} />
          )
        ) : centre && actions.length > 0 ? (
          <TicketActions ticket={centre} actions={actions} onChanged={onChanged} />
        ) : null
      }
    >
      {ticket.unsent !== null ? <Unsent ticket={ticket} /> : null}
      <TicketConflict ticket={ticket} />
      {centre ? <Limit ticket={centre} /> : null}
      {returned ? <SendAgain callId={dispatch.callId} returned={returned} /> : null}
      <TicketFacts ticket={ticket} />
      <TicketAttachments callId={dispatch.callId} />
      {centre && !returned && !isSentAgain(ticket) ? <Answered ticket={centre} /> : null}
      <TicketTimeline ticket={ticket} actions={actions} />
    </DetailPane>
  )
}

/** How much of the limit is used: words, bar with the amber tick, deadline. */
const Limit = ({ ticket }: { readonly ticket: Ticket }) => {
  const text = useText()
  const { tickets, laterLimit } = text
  const { reference } = useWorkplace()
  const now = useNow()
  const clock = clockOf(ticket, now, reference.policy)
  if (!clock) return null
  const { plan } = ticket.dispatch
  const percent = Math.round(clock.used * 100)
  const isExtended = extensionOf(ticket) !== null
  const limit = isExtended
    ? laterLimit.extended
    : (reference.timeLimits.find((row) => row.code === plan.limit)?.zh ?? plan.limit)
  const end = clock.until === 'sign' ? ticket.signDueAt : ticket.dueAt
  return (
    <div className={`${frame.box} ${styles.limit} ${styles[clock.phase]}`}>
      <div className={styles.bar}>
        <p>
          <strong className={styles.left}>{clockWords(clock, text)}</strong>
          <span>
            {clock.until === 'sign' ? tickets.signLimitUsed(percent) : tickets.limitUsed(limit, percent)}
          </span>
        </p>
        <div className={styles.track} aria-hidden="true">
          <span className={styles.used} style={{ width: `${percent}%` }} />
          <span className={styles.tick} style={{ left: `${reference.policy.amberAt * 100}%` }} />
        </div>
      </div>
      <p className={styles.due}>
        {tickets.due(fullWhen(end, now))}
        {clock.until === 'reply' && !plan.dueIsFirm && !isExtended ? (
          <span>{tickets.provisional}</span>
        ) : null}
      </p>
    </div>
  )
}

/** The department's word, where the agent looks first. */
const Answered = ({ ticket }: { readonly ticket: Ticket }) => {
  const { tickets } = useText()
  const last = ticket.events.findLast((event) => event.what === 'reply' || event.what === 'return')
  if (!last || (ticket.state !== 'replied' && ticket.state !== 'returned')) return null
  const judged = [
    last.substantiated === null ? null : tickets.substantiatedIs[last.substantiated],
    last.solved === null ? null : tickets.solvedIs[last.solved],
  ].filter((word) => word !== null)
  return (
    <ErrorNote
      tone="slate"
      what={ticket.state === 'replied' ? [tickets.answer, ...judged].join('·') : tickets.states.returned}
      safe={last.text}
    />
  )
}
