// The contact number of a work order, masked by the centre; the whole number is fetched on request and on record.
import { Eye, EyeOff } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import type { TicketId } from '../../contract/ids.ts'
import { maySeeWhole } from '../../core/privacy/mask.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './RevealNumber.module.css'

export const RevealNumber = ({ id, masked }: { readonly id: TicketId; readonly masked: string }) => {
  const { tickets } = useText()
  const { centre, account, reference } = useWorkplace()
  const [whole, setWhole] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  if (masked === '') return null
  if (!maySeeWhole(reference.policy, account.role)) return <span className={styles.number}>{masked}</span>
  const toggle = async () => {
    if (whole !== null) return setWhole(null)
    setAsking(true)
    const answer = await centre.call('tickets.reveal', { id })
    setAsking(false)
    setProblem(answer.ok ? null : answer.problem.text)
    if (answer.ok) setWhole(answer.value.contactNumber)
  }
  const Icon = whole === null ? EyeOff : Eye
  return (
    <span className={styles.number}>
      {whole ?? masked}
      <Button
        type="text"
        size="small"
        disabled={asking}
        icon={<Icon size={15} />}
        aria-label={whole === null ? tickets.showNumber : tickets.hideNumber}
        onClick={() => void toggle()}
      />
      {problem === null ? null : <span role="alert">{problem}</span>}
    </span>
  )
}
