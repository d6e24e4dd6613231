// A telephone number, masked until somebody asks to see it; the asking is on record before the number is shown.
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { AuditId } from '../../contract/ids.ts'
import { maskNumber, maySeeWhole } from '../../core/privacy/mask.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './MaskedNumber.module.css'

type Props = {
  readonly number: string
  /** The call it belongs to, for the record of who looked; null: masked for good. */
  readonly callId?: CallId | null
}

export const MaskedNumber = ({ number, callId = null }: Props) => {
  const t = useText().softphone
  const { account, clock, newCallId, notices, records, reference } = useWorkplace()
  const [shown, setShown] = useState(false)
  if (number === '') return <span className={styles.number}>{t.withheld}</span>
  const masked = maskNumber(number)
  if (callId === null || masked === number || !maySeeWhole(reference.policy, account.role))
    return <span className={styles.number}>{masked}</span>

  const toggle = async () => {
    if (shown) return setShown(false)
    const id = AuditId.parse(newCallId())
    const note = {
      v: 1,
      id,
      rev: 1,
      agent: account.id,
      what: 'number.shown',
      callId,
      at: clock.now(),
    } as const
    const noted = await records.noteAudit(note)
    if (noted.ok) setShown(true)
    else notices.tell(noted.problem.text, true)
  }
  const Icon = shown ? Eye : EyeOff
  return (
    <span className={styles.number}>
      {shown ? number : masked}
      <button
        type="button"
        className={styles.eye}
        aria-label={shown ? t.hideNumber : t.showNumber}
        title={shown ? t.hideNumber : t.showNumber}
        onClick={() => void toggle()}
      >
        <Icon size={15} aria-hidden="true" />
      </button>
    </span>
  )
}
