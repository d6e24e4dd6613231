// The list of work orders: one row each, its clock at the right. Arrow keys walk, Enter opens.
import { Lock } from 'lucide-react'
import { useRef } from 'react'
import { isSentAgain, openReturn } from '../../core/tickets/again.ts'
import type { ListedTicket } from '../../core/tickets/pick.ts'
import { clockOf, isLedBy } from '../../core/tickets/ticket.ts'
import { useNow } from '../app/ticker.ts'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { LimitTag, StateTag } from './StateTag.tsx'
import { TicketClockView } from './TicketClockView.tsx'
import styles from './TicketTable.module.css'

type Props = {
  readonly tickets: readonly ListedTicket[]
  readonly chosen: string
  readonly onOpen: (id: string) => void
}

export const TicketTable = ({ tickets, chosen, onOpen }: Props) => {
  const { tickets: t } = useText()
  const body = useRef<HTMLTableSectionElement>(null)
  const walk = (at: number) => {
    const next = tickets[at]
    if (next) body.current?.querySelector<HTMLElement>(`[data-ticket="${next.dispatch.id}"]`)?.focus()
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.columns.matter}</th>
            <th scope="col">{t.columns.who}</th>
            <th scope="col">{t.columns.state}</th>
            <th scope="col">{t.columns.limit}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {tickets.map((ticket, at) => (
            <Row
              key={ticket.dispatch.id}
              ticket={ticket}
              chosen={ticket.dispatch.id === chosen}
              onOpen={() => onOpen(ticket.dispatch.id)}
              onWalk={(step) => walk(at + step)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = {
  readonly ticket: ListedTicket
  readonly chosen: boolean
  readonly onOpen: () => void
  /** The row below (1) or above (-1). */
  readonly onWalk: (step: 1 | -1) => void
}

const Row = ({ ticket, chosen, onOpen, onWalk }: RowProps) => {
  const { tickets } = useText()
  const { account } = useWorkplace()
  const { dispatch, number, centre } = ticket
  const returned = openReturn(ticket)
  return (
    <tr className={chosen ? styles.chosen : undefined}>
      <td>
        <button
          type="button"
          className={styles.open}
          data-ticket={dispatch.id}
          aria-current={chosen}
          aria-label={tickets.open(dispatch.title)}
          onClick={onOpen}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
            event.preventDefault()
            onWalk(event.key === 'ArrowDown' ? 1 : -1)
          }}
        >
          <strong>{dispatch.title}</strong>
        </button>
        <span className={styles.second} title={returned?.reason}>
          {[number ?? `${tickets.local} ${dispatch.localNumber}`, returned?.reason].filter(Boolean).join('·')}
        </span>
      </td>
      <td>
        <span className={styles.first}>
          {dispatch.callerName || tickets.noName}
          {dispatch.confidential ? (
            <Tag icon={<Lock size={11} aria-hidden="true" />}>{tickets.secret}</Tag>
          ) : null}
        </span>
        <span className={styles.second}>{dispatch.employer}</span>
      </td>
      <td>
        <StateTag ticket={ticket} />
        <LimitTag ticket={ticket} />
        {isLedBy(dispatch.plan.department, account) ? null : <Tag>{tickets.assisting}</Tag>}
      </td>
      <td>
        {isSentAgain(ticket) ? (
          <span className={styles.second}>{tickets.clockLater}</span>
        ) : centre ? (
          <Limit ticket={centre} />
        ) : null}
      </td>
    </tr>
  )
}

const Limit = ({ ticket }: { readonly ticket: NonNullable<ListedTicket['centre']> }) => {
  const { tickets } = useText()
  const { reference, clock } = useWorkplace()
  const now = useNow()
  const running = clockOf(ticket, now, reference.policy)
  if (!running) return <span className={styles.second}>{tickets.noClock}</span>
  const end = running.until === 'sign' ? ticket.signDueAt : ticket.dueAt
  return (
    <>
      <TicketClockView ticket={ticket} />
      <span className={styles.second}>{fullWhen(end, clock.now())}</span>
    </>
  )
}
