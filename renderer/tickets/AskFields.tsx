// Asking for a later limit: the working day it shall end on, and why.
import { Input } from 'antd'
import type { Ticket } from '../../contract/tickets.ts'
import { daysAfter } from '../../core/tickets/extension.ts'
import { dayNumber, dayOf, endOfDay } from '../../core/tickets/workdays.ts'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './TicketActions.module.css'

type Props = {
  readonly ticket: Ticket
  readonly day: string | null
  readonly onDay: (day: string | null) => void
  readonly reason: string
  /** What is asked is on its way. */
  readonly busy: boolean
  readonly onReason: (reason: string) => void
}

/** So many working days to choose from: two months. */
const offered = 40

export const AskFields = ({ ticket, day, onDay, reason, busy, onReason }: Props) => {
  const { laterLimit, wrapup } = useText()
  const { reference } = useWorkplace()
  const days = daysAfter(ticket.dueAt, offered, reference.calendar).map((iso) => {
    const { weekday } = dayOf(dayNumber(endOfDay(iso, reference.policy)))
    return { value: iso, label: wrapup.day(iso, weekday) }
  })
  return (
    <div className={styles.card}>
      <LabelledSelect
        size="small"
        className={styles.day ?? ''}
        aria-label={laterLimit.askDay}
        placeholder={laterLimit.askDay}
        options={days}
        value={day}
        onChange={onDay}
        showSearch
        // The moment it opens: whoever asks chooses the day first.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <Input.TextArea
        autoComplete="off"
        value={reason}
        readOnly={busy}
        maxLength={1000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        aria-label={laterLimit.askReason}
        placeholder={laterLimit.askHint}
        onChange={(event) => onReason(event.target.value)}
      />
    </div>
  )
}
