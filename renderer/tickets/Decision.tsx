// A lead's word on a later limit that a department asks for: who asks, until when and why; yes or no with a word.
import { Button, Input } from 'antd'
import type { Ticket, TicketEvent } from '../../contract/tickets.ts'
import { useNow } from '../app/ticker.ts'
import { useHalfWritten } from '../app/useHalfWritten.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { decisionDraft } from './drafts.ts'
import styles from './TicketActions.module.css'
import type { OnChanged } from './useTicketStep.ts'
import { useTicketStep } from './useTicketStep.ts'

/** One for each request: drawn anew for the next one. */
export const requestOf = (ticket: Ticket, asked: TicketEvent): string => `${ticket.id}.${asked.at}`

type Props = { readonly ticket: Ticket; readonly asked: TicketEvent; readonly onChanged: OnChanged }

export const Decision = ({ ticket, asked, onChanged }: Props) => {
  const { laterLimit } = useText()
  const now = useNow()
  const { busy, says, unsay, act } = useTicketStep(ticket, onChanged)
  const { draft: word, write, sent } = useHalfWritten(decisionDraft, requestOf(ticket, asked))
  const decide = (name: 'grant' | 'deny') => {
    const text = word.trim()
    void act(text === '' ? laterLimit.needWord : { do: name, text }, () => sent())
  }
  return (
    <div className={styles.actions}>
      <div className={styles.card}>
        <p className={styles.asked}>
          <strong>{laterLimit.askedBy(asked.byName, fullWhen(asked.until ?? 0, now))}</strong>
          {asked.text}
        </p>
        <Input.TextArea
          autoComplete="off"
          value={word}
          readOnly={busy}
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          aria-label={laterLimit.decision}
          placeholder={laterLimit.decisionHint}
          onChange={(event) => {
            unsay()
            write(event.target.value)
          }}
        />
      </div>
      <footer className={styles.footer}>
        <Button disabled={busy} onClick={() => decide('deny')}>
          {laterLimit.deny}
        </Button>
        <output className={styles.says}>{says}</output>
        <Button type="primary" disabled={busy} onClick={() => decide('grant')}>
          {laterLimit.grant}
        </Button>
      </footer>
    </div>
  )
}
