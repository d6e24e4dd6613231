// What happened to a work order, oldest first, and whose turn it is now.
import { ChevronRight, CircleCheck, CircleX, Hourglass, MessageSquareReply, Send, Undo2 } from 'lucide-react'
import type { TicketActionName, TicketEvent } from '../../contract/tickets.ts'
import { isSentAgain } from '../../core/tickets/again.ts'
import { openAsk } from '../../core/tickets/extension.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { useNow } from '../app/ticker.ts'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import styles from './TicketTimeline.module.css'

const icons = {
  dispatch: Send,
  sign: CircleCheck,
  reply: MessageSquareReply,
  return: Undo2,
  ask: Hourglass,
  grant: CircleCheck,
  deny: CircleX,
}

type Props = {
  readonly ticket: ListedTicket
  /** What this person may do now: the next step is theirs, or another's. */
  readonly actions: readonly TicketActionName[]
}

export const TicketTimeline = ({ ticket, actions }: Props) => {
  const text = useText()
  const { tickets, laterLimit } = text
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
  const isAsked = centre !== null && openAsk(centre) !== null
  const signs = actions.includes('sign')
  const replies = actions.includes('reply') && !isAsked
  const turn = isAsked
    ? actions.includes('grant')
      ? laterLimit.yourDecision
      : laterLimit.waitingDecision
    : centre?.state === 'dispatched'
      ? signs
        ? tickets.yourSign
        : tickets.waitingSign
      : centre?.state === 'signed'
        ? replies
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
                  now,
                  text,
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
            {replies ? <p>{tickets.yourReplySays}</p> : null}
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
  now: number,
  { tickets: words, laterLimit }: Text,
): string => {
  if (event.what === 'dispatch')
    return [words.toldBy(event.department ?? department), number === null ? null : words.accepted(number)]
      .filter(Boolean)
      .join('·')
  const judged = [
    event.substantiated === null ? null : words.substantiatedIs[event.substantiated],
    event.solved === null ? null : words.solvedIs[event.solved],
  ]
  const until = event.until ? laterLimit.limitUntil(fullWhen(event.until, now)) : null
  return [...judged, until, event.text || null].filter((word) => word !== null).join('·')
}
