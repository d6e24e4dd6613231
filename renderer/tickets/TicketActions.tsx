// What a handler does: sign for it, answer it, give it back, ask for a later limit.
import { Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import type { Ticket, TicketActionName } from '../../contract/tickets.ts'
import { usePaneKeys } from '../app/paneKeys.ts'
import { useHalfWritten } from '../app/useHalfWritten.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { AskFields } from './AskFields.tsx'
import styles from './TicketActions.module.css'
import { replyDraft } from './drafts.ts'
import type { OnChanged, Step } from './useTicketStep.ts'
import { useTicketStep } from './useTicketStep.ts'

type Props = {
  readonly ticket: Ticket
  readonly actions: readonly TicketActionName[]
  readonly onChanged: OnChanged
}

const degrees = ['yes', 'partly', 'no'] as const

export const TicketActions = ({ ticket, actions, onChanged }: Props) => {
  const { tickets, laterLimit } = useText()
  const keys = useKeys()
  const { clock } = useWorkplace()
  const { busy, says, unsay, act: tell } = useTicketStep(ticket, onChanged)
  const { draft, write, sent } = useHalfWritten(replyDraft, ticket.id)
  const [day, setDay] = useState<string | null>(null)
  const [aside, setAside] = useState<'return' | 'ask' | null>(null)
  const step = aside ?? (actions.includes('sign') ? 'sign' : 'reply')

  const stepOf = (): Step | string => {
    const { substantiated, solved } = draft
    const text = draft.text.trim()
    if (step === 'sign') return { do: 'sign' }
    if (step === 'return')
      return draft.reason.trim() === '' ? tickets.needReason : { do: 'return', text: draft.reason.trim() }
    if (step === 'ask') {
      if (clock.now() >= ticket.dueAt) return laterLimit.askOver
      const reason = draft.askReason.trim()
      return day === null || reason === '' ? laterLimit.needDay : { do: 'ask', text: reason, day }
    }
    if (substantiated === null || solved === null || text === '') return tickets.needResult
    return { do: 'reply', substantiated, solved, text }
  }
  const act = () =>
    tell(stepOf(), () => {
      setAside(null)
      // What is half written of the reply stays when time was asked for.
      if (step === 'ask') change({ askReason: '' })
      else if (step !== 'sign') sent()
    })
  const pane = useRef<HTMLDivElement>(null)
  // Whoever has just chosen or read the work order has the focus there, and the key stands on the button.
  usePaneKeys(pane, { onSubmit: () => void act(), around: '[data-open]' })
  const reason = useRef<TextAreaRef>(null)
  useEffect(() => {
    if (aside === 'return') reason.current?.focus()
  }, [aside])
  const change = (part: Partial<typeof draft>) => {
    unsay()
    write({ ...draft, ...part })
  }
  const turn = (to: typeof aside) => {
    unsay()
    setAside(to)
  }
  const words = {
    sign: tickets.sign,
    reply: tickets.reply,
    return: tickets.giveBack,
    ask: laterLimit.askFor,
  }

  return (
    <div className={styles.actions} ref={pane}>
      {step === 'reply' ? (
        <div className={styles.card}>
          <div className={styles.judge}>
            <span aria-hidden="true">{tickets.substantiated}</span>
            <Choice
              size="small"
              label={tickets.substantiated}
              options={degrees.map((value) => ({ value, label: tickets.substantiatedIs[value] }))}
              value={draft.substantiated}
              onChange={(substantiated) => change({ substantiated })}
            />
            <span aria-hidden="true">{tickets.solved}</span>
            <Choice
              size="small"
              label={tickets.solved}
              options={degrees.map((value) => ({ value, label: tickets.solvedIs[value] }))}
              value={draft.solved}
              onChange={(solved) => change({ solved })}
            />
          </div>
          <Input.TextArea
            autoComplete="off"
            value={draft.text}
            readOnly={busy}
            maxLength={4000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            aria-label={tickets.result}
            placeholder={tickets.resultHint}
            onChange={(event) => change({ text: event.target.value })}
          />
        </div>
      ) : null}
      {step === 'return' ? (
        <div className={styles.card}>
          <Input.TextArea
            autoComplete="off"
            ref={reason}
            value={draft.reason}
            readOnly={busy}
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            aria-label={tickets.returnReason}
            placeholder={tickets.returnHint}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </div>
      ) : null}
      {step === 'ask' ? (
        <AskFields
          ticket={ticket}
          day={day}
          onDay={(chosen) => {
            unsay()
            setDay(chosen)
          }}
          reason={draft.askReason}
          busy={busy}
          onReason={(askReason) => change({ askReason })}
        />
      ) : null}
      <footer className={styles.footer}>
        {aside === null ? null : <Button onClick={() => turn(null)}>{tickets.cancel}</Button>}
        {aside === null && actions.includes('return') ? (
          <Button onClick={() => turn('return')}>{tickets.giveBack}</Button>
        ) : null}
        {aside === null && actions.includes('ask') ? (
          <Button onClick={() => turn('ask')}>{laterLimit.askFor}</Button>
        ) : null}
        <output className={styles.says}>{says}</output>
        <Button
          type="primary"
          disabled={busy}
          aria-keyshortcuts={ariaKeys(keys.submit)}
          onClick={() => void act()}
        >
          {words[step]}
          <KeyCap keys={keys.submit} />
        </Button>
      </footer>
    </div>
  )
}
