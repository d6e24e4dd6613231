// A lead dispatches what came back in its agent's place: to whom, within which limit, with which word.
import { Button, Input } from 'antd'
import type { Ticket } from '../../contract/tickets.ts'
import { useHalfWritten } from '../app/useHalfWritten.ts'
import { offered, usePlanOptions } from '../app/usePlanOptions.ts'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { useText } from '../text/catalogue.ts'
import { redispatchDraft } from './drafts.ts'
import styles from './TicketActions.module.css'
import type { OnChanged } from './useTicketStep.ts'
import { useTicketStep } from './useTicketStep.ts'

type Props = { readonly ticket: Ticket; readonly onChanged: OnChanged }

export const Redispatch = ({ ticket, onChanged }: Props) => {
  const { redispatch: words } = useText()
  const { busy, says, unsay, act } = useTicketStep(ticket, onChanged)
  const { draft, write, sent } = useHalfWritten(redispatchDraft, ticket.id)
  const { departments, limits } = usePlanOptions()
  const department = offered(departments, draft.department)
  // The limit it was dispatched with stands until another is chosen.
  const limit = offered(limits, draft.limit ?? ticket.dispatch.plan.limit)
  const change = (part: Partial<typeof draft>) => {
    unsay()
    write({ ...draft, ...part })
  }
  const send = () => {
    const text = draft.text.trim()
    const lacks = department === null || limit === null || text === ''
    void act(lacks ? words.need : { do: 'redispatch', department, limit, text }, () => sent())
  }
  return (
    <div className={styles.actions}>
      <div className={styles.card}>
        <p className={styles.asked}>{words.head}</p>
        <div className={styles.judge}>
          <LabelledSelect
            size="small"
            className={styles.day ?? ''}
            aria-label={words.department}
            placeholder={words.department}
            options={departments}
            value={department}
            onChange={(chosen) => change({ department: chosen })}
            showSearch
          />
          <LabelledSelect
            size="small"
            className={styles.day ?? ''}
            aria-label={words.limit}
            placeholder={words.limit}
            options={limits}
            value={limit}
            onChange={(chosen) => change({ limit: chosen })}
          />
        </div>
        <Input.TextArea
          autoComplete="off"
          value={draft.text}
          readOnly={busy}
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 6 }}
          aria-label={words.word}
          placeholder={words.wordHint}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <footer className={styles.footer}>
        <output className={styles.says}>{says}</output>
        <Button type="primary" disabled={busy} onClick={send}>
          {words.send}
        </Button>
      </footer>
    </div>
  )
}
