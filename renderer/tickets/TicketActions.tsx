// What a handler does: sign for it, answer it, give it back. A repeated click is one action: its id is made once.
import { Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import { ActionId } from '../../contract/ids.ts'
import type { Ticket, TicketAction, TicketActionName } from '../../contract/tickets.ts'
import { usePaneKeys } from '../app/paneKeys.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './TicketActions.module.css'
import type { ReplyDraft } from './replyDraft.ts'
import { emptyReply } from './replyDraft.ts'

type Props = {
  readonly ticket: Ticket
  readonly actions: readonly TicketActionName[]
  /** Done at the centre, or found to be out of date; `said`: what to tell the handler. */
  readonly onChanged: (said: string | null) => void
}

const degrees = ['yes', 'partly', 'no'] as const

export const TicketActions = ({ ticket, actions, onChanged }: Props) => {
  const { tickets } = useText()
  const keys = useKeys()
  const { centre, newCallId, replies } = useWorkplace()
  const [draft, setDraft] = useState<ReplyDraft>(emptyReply)
  const [wasRead, setWasRead] = useState(false)
  const [returning, setReturning] = useState(false)
  const [busy, setBusy] = useState(false)
  const [says, setSays] = useState<string | null>(null)
  const ids = useRef(new Map<TicketActionName, ActionId>())
  const step: TicketActionName = returning ? 'return' : actions.includes('sign') ? 'sign' : 'reply'

  useEffect(() => {
    let current = true
    void replies.read(ticket.id).then((kept) => {
      if (!current) return
      setDraft((typed) => (typed === emptyReply ? kept : typed))
      setWasRead(true)
    })
    return () => {
      current = false
    }
  }, [replies, ticket.id])
  useEffect(() => {
    if (wasRead) void replies.keep(ticket.id, draft)
  }, [replies, ticket.id, draft, wasRead])

  const idOf = (name: TicketActionName): ActionId => {
    const id = ids.current.get(name) ?? ActionId.parse(newCallId())
    ids.current.set(name, id)
    return id
  }
  const actionOf = (): TicketAction | string => {
    const { substantiated, solved } = draft
    const text = draft.text.trim()
    if (step === 'sign') return { do: 'sign', id: idOf('sign') }
    if (step === 'return')
      return draft.reason.trim() === ''
        ? tickets.needReason
        : { do: 'return', id: idOf('return'), text: draft.reason.trim() }
    if (substantiated === null || solved === null || text === '') return tickets.needResult
    return { do: 'reply', id: idOf('reply'), substantiated, solved, text }
  }
  const act = async () => {
    if (busy) return
    const action = actionOf()
    if (typeof action === 'string') return setSays(action)
    setBusy(true)
    setSays(null)
    const answer = await centre.call('tickets.act', { id: ticket.id, action })
    setBusy(false)
    if (!answer.ok) {
      setSays(tickets.notDone(answer.problem.text))
      // Somebody was first: what is shown is out of date.
      if (answer.problem.code === 'conflict') onChanged(null)
      return
    }
    // Only now: the centre has answered.
    setReturning(false)
    if (action.do !== 'sign') setDraft(emptyReply)
    onChanged(`${answer.value.number} ${tickets.done[action.do]}`)
  }
  const pane = useRef<HTMLDivElement>(null)
  // Whoever has just chosen or read the work order has the focus there, and the key stands on the button.
  usePaneKeys(pane, { onSubmit: () => void act(), around: '[data-open]' })
  const reason = useRef<TextAreaRef>(null)
  useEffect(() => {
    if (returning) reason.current?.focus()
  }, [returning])
  const change = (part: Partial<ReplyDraft>) => setDraft({ ...draft, ...part })
  const words = { sign: tickets.sign, reply: tickets.reply, return: tickets.giveBack }

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
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            aria-label={tickets.returnReason}
            placeholder={tickets.returnHint}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </div>
      ) : null}
      <footer className={styles.footer}>
        {returning ? (
          <Button onClick={() => setReturning(false)}>{tickets.cancel}</Button>
        ) : actions.includes('return') ? (
          <Button onClick={() => setReturning(true)}>{tickets.giveBack}</Button>
        ) : null}
        <output className={styles.says}>{busy ? tickets.doing : says}</output>
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
