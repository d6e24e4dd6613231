// The number a work order will bear until the centre gives the official one; shown while the centre is away.
import { Monitor } from 'lucide-react'
import { useEffect, useState } from 'react'
import { nextLocalNumber } from '../../core/wrapup/dispatch.ts'
import { dispatches } from '../../core/wrapup/form.ts'
import { Tag } from '../kit/Tag.tsx'
import { useOffline } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useForm } from './sessionContext.ts'

export const LocalNumber = () => {
  const { wrapup } = useText()
  const { account, clock, records, reference } = useWorkplace()
  const offline = useOffline()
  const sends = useForm((state) => dispatches(state.form, reference))
  const [number, setNumber] = useState<string | null>(null)
  // One that was dispatched before keeps its number.
  const ordered = useForm((state) => state.ordered)
  const wanted = offline && sends && !ordered
  useEffect(() => {
    if (!wanted) return
    let current = true
    void records.tickets(500).then((tickets) => {
      if (!current || !tickets.ok) return
      const used = tickets.value.map((ticket) => ticket.dispatch.localNumber)
      setNumber(nextLocalNumber(account.id, clock.now(), used))
    })
    return () => {
      current = false
    }
  }, [wanted, records, account, clock])
  if (!wanted || number === null) return null
  return (
    <Tag tone="slate" icon={<Monitor size={12} aria-hidden="true" />}>
      {wrapup.localNumber(number)}
    </Tag>
  )
}
