// The other calls of the same reference: the same caller, passed on from seat to seat.
import { useCallback } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import { go } from '../app/route.ts'
import { clockTime } from '../kit/time.ts'
import { useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './CallDetail.module.css'
import { outcomeWord } from './callWords.ts'

type Props = { readonly call: Pick<CallSummary, 'id' | 'callRef' | 'offeredAt'> }

export const LinkedCalls = ({ call: { id, callRef, offeredAt } }: Props) => {
  const text = useText()
  const t = text.records
  const { records } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(
    () => records.linked({ id, callRef, offeredAt }),
    [records, id, callRef, offeredAt],
  )
  const [linked] = useLoaded(load, beat)
  if (linked.is !== 'ready' || linked.value.length === 0) return null
  return (
    <section className={styles.section} aria-label={t.linked}>
      <h3>{t.linked}</h3>
      <ul className={styles.linked}>
        {linked.value.map((call) => (
          <li key={call.id}>
            <button type="button" onClick={() => go('records', call.id)}>
              <span>{clockTime(call.offeredAt)}</span>
              <span>{t.linkedSeat(call.agent)}</span>
              <span>{outcomeWord(call, text)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
