// Where the central server is. Checked before it is kept; used from the next start on.
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Settings } from '../../contract/settings.ts'
import { useText } from '../text/catalogue.ts'
import styles from './CentreAddress.module.css'

type Props = {
  readonly address: string | null
  readonly onSave: (address: string | null) => void
}

export const CentreAddress = ({ address, onSave }: Props) => {
  const t = useText().settings
  const [typed, setTyped] = useState(address ?? '')
  const [said, setSaid] = useState<'note' | 'bad' | 'saved'>('note')
  const hint = useId()
  const save = () => {
    const wish = typed.trim() === '' ? null : typed.trim()
    const parsed = Settings.shape.centre.safeParse(wish)
    if (parsed.success) onSave(parsed.data)
    setSaid(parsed.success ? 'saved' : 'bad')
  }
  const words = { note: t.centreNote, bad: t.centreBad, saved: t.centreSaved }
  return (
    <div>
      <div className={styles.row}>
        <Input
          autoComplete="off"
          aria-label={t.centreAddress}
          aria-describedby={hint}
          aria-invalid={said === 'bad'}
          {...(said === 'bad' ? { status: 'error' as const } : {})}
          inputMode="url"
          placeholder="https://"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setSaid('note')
          }}
        />
        <Button onClick={save}>{t.centreSave}</Button>
      </div>
      <output id={hint} className={said === 'bad' ? styles.bad : styles.note}>
        {words[said]}
      </output>
    </div>
  )
}
