// What happened to a work order, oldest first, and whose turn it is now.
import { ChevronRight, CircleCheck, MessageSquareReply, Send, Undo2 } from 'lucide-react'
import type { TicketEvent } from '../../contract/tickets.ts'
import { isSentAgain } from '../../core/tickets/again.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { useNow } from '../app/ticker.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import styles from './TicketTimeline.module.css'

const icons = { dispatch: Send, sign: CircleCheck, reply: MessageSquareReply, return: Undo2 }

type Props = {
  readonly ticket: ListedTicket
  /** True: the next step is this person's. */
  readonly acts: boolean
}

export const TicketTimeline = ({ ticket, acts }: Props) => {
  const { tickets } = useText()
  const now = useNow()
  const { dispatch, centre } = ticket
  // What the centre does not have yet is told from here.
  const ours: TicketEvent = {
    at: dispatch.dispatchedAt,
    what: 'dispatch',
    by: dispatch.agent,
    byName: tickets.agent(dispatch.agent),
    text: '',
    substantiated: null,
    solved: null,
    department: dispatch.plan.departmentName,
  }
  const told = centre?.events ?? []
  const events = centre === null || isSentAgain(ticket) ? [...told, ours] : told
  const turn =
    centre?.state === 'dispatched'
      ? acts
        ? tickets.yourSign
        : tickets.waitingSign
      : centre?.state === 'signed'
        ? acts
          ? tickets.yourReply
          : tickets.waitingReply
        : null
  return (
    <ol className={styles.line} aria-label={tickets.timeline}>
      {events.map((event, at) => {
        const Icon = icons[event.what]
        return (
          <li key={`${event.at}-${event.what}-${String(at)}`}>
            <time>{fullWhen(event.at, now)}</time>
            <span className={styles.dot}>
              <Icon size={15} aria-hidden="true" />
            </span>
            <div>
              <strong>
                {at > 0 && event.what === 'dispatch'
                  ? tickets.sentAgain(event.byName)
                  : tickets.event(event.what, event.byName)}
              </strong>
              <p>
                {wordsOf(
                  event,
                  dispatch.plan.departmentName,
                  at === 0 ? (centre?.number ?? null) : null,
                  tickets,
                )}
              </p>
            </div>
          </li>
        )
      })}
      {turn === null ? null : (
        <li className={styles.next}>
          <time>{tickets.now}</time>
          <span className={styles.dot}>
            <ChevronRight size={15} aria-hidden="true" />
          </span>
          <div>
            <strong>{turn}</strong>
            {acts && centre?.state === 'signed' ? <p>{tickets.yourReplySays}</p> : null}
          </div>
        </li>
      )}
    </ol>
  )
}

const wordsOf = (
  event: TicketEvent,
  department: string,
  number: string | null,
  words: ReturnType<typeof useText>['tickets'],
): string => {
  if (event.what === 'dispatch')
    return [words.toldBy(event.department ?? department), number === null ? null : words.accepted(number)]
      .filter(Boolean)
      .join('·')
  const judged = [
    event.substantiated === null ? null : words.substantiatedIs[event.substantiated],
    event.solved === null ? null : words.solvedIs[event.solved],
  ]
  return [...judged, event.text || null].filter((word) => word !== null).join('·')
}
