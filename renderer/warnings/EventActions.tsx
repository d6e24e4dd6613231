// The next step of a duty leader: sign for it first; then order, report progress, close with the outcome.
import { Button, Input } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { WarningEvent } from '../../contract/warnings.ts'
import { actionsOn } from '../../core/warnings/event.ts'
import { usePaneKeys } from '../app/paneKeys.ts'
import { useHalfWritten } from '../app/useHalfWritten.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './EventFile.module.css'
import { eventDraft } from './eventDraft.ts'
import { useAct } from './useWatched.ts'

type Props = {
  readonly event: WarningEvent
  readonly onDone: () => void
}

export const EventActions = ({ event, onDone }: Props) => {
  const { warnings: words } = useText()
  const { onCommand } = useWorkplace()
  const keys = useKeys()
  const act = useAct()
  const { draft, write, sent } = useHalfWritten(eventDraft, event.id)
  const { step, text } = draft
  const [busy, setBusy] = useState(false)
  const [says, setSays] = useState<string | null>(null)
  const pane = useRef<HTMLDivElement>(null)
  const signs = event.state === 'open'

  const take = useCallback(async () => {
    if (busy) return
    const written = text.trim()
    if (!signs && written === '') return setSays(words.page.needText)
    setBusy(true)
    setSays(null)
    const answer = await act(
      event.id,
      signs ? { do: 'sign', level: event.level } : { do: step, text: written },
    )
    setBusy(false)
    if (!answer.ok) setSays(words.page.notDone(answer.problem.text))
    else if (!signs) sent({ step, text: '' })
    onDone()
  }, [busy, text, signs, act, event.id, event.level, step, sent, words, onDone])
  useEffect(() => (signs ? onCommand('warn', () => void take()) : undefined), [signs, onCommand, take])
  const submit = () => void take()
  usePaneKeys(pane, { onSubmit: submit })

  const label = words.page.do[signs ? 'sign' : step]
  return (
    <div className={styles.actions} ref={pane}>
      {signs ? null : (
        <>
          <div className={styles.steps}>
            <Choice
              size="small"
              label={words.page.timeline}
              options={actionsOn(event.state)
                .filter((each) => each !== 'sign')
                .map((value) => ({ value, label: words.page.do[value] }))}
              value={step}
              onChange={(chosen) => write({ ...draft, step: chosen })}
            />
          </div>
          <Input.TextArea
            autoComplete="off"
            value={text}
            readOnly={busy}
            maxLength={2000}
            autoSize={{ minRows: 2, maxRows: 5 }}
            aria-label={words.page.write[step]}
            placeholder={words.page.write[step]}
            onChange={(change) => {
              setSays(null)
              write({ ...draft, text: change.target.value })
            }}
          />
        </>
      )}
      <footer className={styles.foot}>
        <output>{says}</output>
        <Button
          // While it rings the filled button is the bar's.
          type={signs && event.rings ? 'default' : 'primary'}
          disabled={busy}
          aria-keyshortcuts={ariaKeys(signs ? keys.warn : keys.submit)}
          onClick={submit}
        >
          {label}
          <KeyCap keys={signs ? keys.warn : keys.submit} />
        </Button>
      </footer>
    </div>
  )
}
