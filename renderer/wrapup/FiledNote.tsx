// What became of the form submitted last: on this computer, at the centre, or sent back. 已到 only when it is there.
import { CircleAlert, CircleCheck, HardDrive } from 'lucide-react'
import { useCallback } from 'react'
import { done } from '../../contract/answer.ts'
import type { CallId } from '../../contract/ids.ts'
import { useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './FiledNote.module.css'

type Fate = { readonly is: 'waiting' | 'parked' | 'arrived'; readonly number: string | null }

export const FiledNote = ({ id, who }: { readonly id: CallId; readonly who: string }) => {
  const { wrapup } = useText()
  const { outbox, records, session } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(async () => {
    const record = await records.read(id)
    const ticketId = record.ok ? (record.value?.ticketId ?? null) : null
    const order = ticketId === null ? null : await records.ticket(ticketId)
    const ticket = order?.ok ? order.value : null
    const unsent = await outbox.unsent(ticketId === null ? [id] : [id, ticketId])
    if (!unsent.ok) return unsent
    const states = [...unsent.value.values()]
    const is = states.includes('parked') ? 'parked' : states.includes('waiting') ? 'waiting' : 'arrived'
    return done<Fate>({ is, number: ticket?.number ?? ticket?.dispatch.localNumber ?? null })
  }, [outbox, records, id])
  const [fate] = useLoaded(load, beat)
  if (fate.is !== 'ready') return null
  const { is, number } = fate.value
  const Icon = is === 'arrived' ? CircleCheck : is === 'parked' ? CircleAlert : HardDrive
  const says =
    is === 'arrived'
      ? session.centre.practice
        ? wrapup.filedInPractice(who)
        : wrapup.filedArrived(who)
      : is === 'parked'
        ? wrapup.filedRefused(who)
        : wrapup.filedWaiting(who)
  return (
    <output className={`${styles.note} ${styles[is]}`}>
      <Icon size={14} aria-hidden="true" />
      <span>{number === null ? says : `${says}·${number}`}</span>
    </output>
  )
}
