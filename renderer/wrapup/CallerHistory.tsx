// The caller's open work orders and earlier calls, as far as this computer and the centre know them.
import { useState } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import type { LocalTicket } from '../../core/ports.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { hourMinute } from '../kit/time.ts'
import { outcomeWord } from '../records/callWords.ts'
import { useOffline, useSync } from '../sync/useSync.ts'
import { TicketClockView } from '../tickets/TicketClockView.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { timeOrDay } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import lines from '../kit/rows.module.css'
import styles from './Rows.module.css'
import type { History } from './useHistory.ts'

type Props = { readonly history: History; readonly hasNumber: boolean }

/** So many before 全部 is pressed. */
const few = 3

export const CallerHistory = ({ history, hasNumber }: Props) => {
  const { desk } = useText()
  const offline = useOffline()
  const pulledAt = useSync((status) => status.lastPulledAt)
  const [all, setAll] = useState(false)
  const { calls, tickets, ready, partial } = history
  const total = calls.length + tickets.length
  const shown = all ? calls : calls.slice(0, Math.max(0, few - tickets.length))
  const aside = offline ? (pulledAt === null ? desk.local : desk.asOf(hourMinute(pulledAt))) : undefined
  return (
    <Card
      title={desk.history}
      flush
      {...(aside === undefined ? {} : { aside })}
      action={
        total > few && !all ? (
          <TextButton onClick={() => setAll(true)}>{desk.allOf(total)}</TextButton>
        ) : undefined
      }
    >
      {total === 0 ? (
        <EmptyLine
          text={
            !hasNumber ? desk.noNumber : !ready ? desk.reading : partial ? desk.noHistoryHere : desk.noHistory
          }
        />
      ) : (
        <ul className={lines.rows}>
          {tickets.map((ticket) => (
            <TicketRow key={ticket.dispatch.id} ticket={ticket} />
          ))}
          {shown.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </ul>
      )}
      {partial ? <p className={styles.lacks}>{desk.historyLacks}</p> : null}
    </Card>
  )
}

const TicketRow = ({ ticket }: { readonly ticket: LocalTicket }) => {
  const { tickets } = useText()
  const { dispatch, centre, number } = ticket
  return (
    <li className={styles.plain}>
      <span className={styles.first}>
        <strong className={styles.title}>{dispatch.title}</strong>
        {centre ? <TicketClockView ticket={centre} short /> : null}
      </span>
      <span className={lines.second}>
        {[
          number ?? dispatch.localNumber,
          centre ? tickets.states[centre.state] : tickets.unsent,
          dispatch.plan.departmentName,
        ].join('·')}
      </span>
    </li>
  )
}

const CallRow = ({ call }: { readonly call: CallSummary }) => {
  const text = useText()
  const { desk, records } = text
  const { reference, clock } = useWorkplace()
  const topic = reference.topics.find((row) => row.code === call.topic)?.zh
  const disposition = reference.dispositions.find((row) => row.code === call.disposition)?.zh
  const outcome = call.outcome === 'answered' ? desk.seat(call.agent) : outcomeWord(call, text)
  return (
    <li className={styles.plain}>
      <span className={styles.first}>
        <span className={styles.title}>
          {topic ?? call.gist ?? (call.madeFor ? records.consult : records.unfiled)}
        </span>
        <span className={styles.when}>
          {timeOrDay(call.offeredAt, clock.now())} {records.direction[call.direction]}
        </span>
      </span>
      <span className={lines.second}>
        {[disposition, outcome, topic ? call.gist : null].filter(Boolean).join('·')}
      </span>
    </li>
  )
}
