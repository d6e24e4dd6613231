// The telephone number in a report, masked by the centre; the whole number is fetched on request and on record.
import { Eye, EyeOff } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import type { WarningId } from '../../contract/ids.ts'
import { maySeeWhole } from '../../core/privacy/mask.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'

type Props = { readonly id: WarningId; readonly masked: string }

export const RevealContact = ({ id, masked }: Props) => {
  const { warnings: words } = useText()
  const { account, centre, notices, reference } = useWorkplace()
  const [whole, setWhole] = useState<string | null>(null)
  if (masked === '' || !maySeeWhole(reference.policy, account.role)) return <span>{masked}</span>
  const toggle = async () => {
    if (whole !== null) return setWhole(null)
    const answer = await centre.call('warnings.reveal', { id })
    if (answer.ok) setWhole(answer.value.contactNumber)
    else notices.tell(answer.problem.text, true)
  }
  const Icon = whole === null ? EyeOff : Eye
  return (
    <>
      <span>{whole ?? masked}</span>
      <Button
        type="text"
        size="small"
        icon={<Icon size={15} />}
        aria-label={whole === null ? words.page.showNumber : words.page.hideNumber}
        onClick={() => void toggle()}
      />
    </>
  )
}
