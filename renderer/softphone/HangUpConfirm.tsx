// Asked by a click on the end button: the exceptions by which we may hang up first. The focus stands on staying.
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { DeskDialog } from './DeskDialog.tsx'
import styles from './HangUpConfirm.module.css'

type Props = { readonly onStay: () => void; readonly onEnd: (reason: string) => void }

export const HangUpConfirm = ({ onStay, onEnd }: Props) => {
  const t = useText().keypad.hangUp
  const { reference, settings } = useWorkplace()
  const [reason, setReason] = useState<string | null>(null)
  const reasons = reference.hangUpReasons.filter((each) => each.active).toSorted((a, b) => a.sort - b.sort)
  return (
    <DeskDialog
      title={t.title}
      width={460}
      closable
      mask={{ closable: false }}
      onClose={onStay}
      footer={
        <div className={styles.foot}>
          <Button disabled={reason === null} onClick={() => reason !== null && onEnd(reason)}>
            {t.end}
          </Button>
          {/* The moment it opens, not when it has faded in: a quick hand is elsewhere by then. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Button type="primary" autoFocus onClick={onStay}>
            {t.stay}
          </Button>
        </div>
      }
    >
      <p className={styles.text}>{t.text}</p>
      <Radio.Group
        className={styles.reasons ?? ''}
        value={reason}
        onChange={(event) => setReason(String(event.target.value))}
        aria-label={t.reasons}
      >
        {reasons.map((each) => (
          <Radio key={each.code} value={each.code}>
            {settings.language === 'en' ? each.en : each.zh}
          </Radio>
        ))}
      </Radio.Group>
    </DeskDialog>
  )
}
