// Where the central server is. Checked before it is kept; then the window opens anew at that centre, so not during a call.
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { Answer, Problem } from '../../contract/answer.ts'
import { failed } from '../../contract/answer.ts'
import { Settings } from '../../contract/settings.ts'
import { isEnter } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import styles from './CentreAddress.module.css'

type Props = {
  readonly address: string | null
  readonly onSave: (address: string | null) => Promise<Answer<unknown>>
  /** A call is on the line. */
  readonly busy?: boolean
}

export const CentreAddress = ({ address, onSave, busy = false }: Props) => {
  const t = useText().settings
  const [typed, setTyped] = useState(address ?? '')
  const [said, setSaid] = useState<'note' | 'saved' | Problem>('note')
  const hint = useId()
  const save = async () => {
    if (busy) return
    const wish = typed.trim() === '' ? null : typed.trim()
    const parsed = Settings.shape.centre.safeParse(wish)
    const answer = parsed.success ? await onSave(parsed.data) : failed('bad_input', t.centreBad)
    setSaid(answer.ok ? 'saved' : answer.problem)
  }
  const bad = typeof said === 'object'
  const words = { note: busy ? t.centreBusy : t.centreNote, saved: t.centreSaved }
  return (
    <div>
      <div className={styles.row}>
        <Input
          autoComplete="off"
          aria-label={t.centreAddress}
          aria-describedby={hint}
          aria-invalid={bad}
          {...(bad ? { status: 'error' as const } : {})}
          inputMode="url"
          placeholder="https://"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setSaid('note')
          }}
          onKeyDown={(event) => {
            if (isEnter(event.nativeEvent)) void save()
          }}
        />
        <Button type="primary" disabled={busy} onClick={() => void save()}>
          {t.centreSave}
        </Button>
      </div>
      <output id={hint} className={bad ? styles.bad : styles.note}>
        {bad ? said.text : words[said]}
      </output>
    </div>
  )
}
