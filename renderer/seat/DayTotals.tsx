// The day in four figures. When space ends two of them go, never a badge.
import { shortSpan } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import styles from './DayTotals.module.css'
import { useTotals } from './useTotals.ts'

export const DayTotals = () => {
  const t = useText().seat
  const totals = useTotals()
  const rows = [
    { key: 'answered', value: totals ? String(totals.answered) : '–', first: true },
    { key: 'talk', value: totals?.talkMs == null ? '–' : shortSpan(totals.talkMs), first: true },
    { key: 'wrapup', value: totals?.wrapupMs == null ? '–' : shortSpan(totals.wrapupMs), first: false },
    { key: 'missed', value: totals ? String(totals.missed) : '–', first: false },
  ] as const
  return (
    <dl className={styles.totals} aria-label={t.totalsLabel}>
      {rows.map(({ key, value, first }) => (
        <div key={key} className={first ? '' : styles.second}>
          <dt>{t.totals[key]}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
