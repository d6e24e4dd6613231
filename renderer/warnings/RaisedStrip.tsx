// What has become of the warning of this call: on this computer, at the centre, signed for by whom and when. While it is
// not at the centre the clock runs and the telephone tree is at hand.
import { Siren } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import { levelRow, reportClock } from '../../core/warnings/levels.ts'
import { phonedReport, wordOn } from '../../core/warnings/report.ts'
import { useNow } from '../app/ticker.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { ClockPie } from '../kit/ClockPie.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { hourMinute } from '../kit/time.ts'
import { useOffline } from '../sync/useSync.ts'
import type { Text } from '../text/catalogue.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { NotSaved } from './NotSaved.tsx'
import { PhoneTree } from './PhoneTree.tsx'
import type { Raised, Risk } from './useRisk.ts'
import { useLevelName } from './useLevelName.ts'
import styles from './WarningStrip.module.css'

type Props = {
  readonly risk: Risk
  readonly raised: Raised
  readonly onAdds: () => void
}

const stateOf = ({ centre, unsent }: Omit<Raised, 'report'>, away: boolean, { warnings }: Text): string => {
  if (unsent === 'parked') return warnings.parked
  if (centre && centre.state !== 'open' && centre.signedBy !== null && centre.signedAt !== null)
    return centre.state === 'closed'
      ? warnings.closed(centre.signedBy)
      : warnings.signed(centre.signedBy, hourMinute(centre.signedAt))
  if (centre) return warnings.toSign(centre.number)
  if (unsent === null) return warnings.arrived
  return away ? warnings.waitingAway : warnings.waiting
}

export const RaisedStrip = ({ risk, raised, onAdds }: Props) => {
  const text = useText()
  const { warnings: words } = text
  const { reference } = useWorkplace()
  const keys = useKeys()
  const nameOf = useLevelName()
  const away = useOffline()
  const now = useNow()
  const [asked, setAsked] = useState(false)
  const { report, unsent } = raised
  const centre = wordOn(report, raised.centre)
  const rules = reference.warnings
  const isSigned = centre !== null && centre.state !== 'open'
  const arrived = centre !== null || unsent === null
  const clock = rules ? reportClock(report, rules, reference.policy.amberAt, now) : null
  const row = rules ? levelRow(report.level, rules) : null
  // [WARN-18] Without the centre, or when the level or the clock wants it, people are phoned.
  const phones = !isSigned && ((away && !arrived) || row?.phone === true || clock?.phase !== 'calm')
  const shows = phones || asked
  const minutes = Math.ceil(Math.abs(clock?.leftMs ?? 0) / 60_000)
  return (
    <section className={`${isSigned ? styles.calm : styles.strip} ${styles.wraps}`} aria-label={words.strip}>
      <Siren size={22} aria-hidden="true" className={styles.icon} />
      <output className={styles.words}>
        <span className={styles.first}>
          <strong>{words.raised(nameOf(report.level))}</strong>
          <span>{stateOf({ centre, unsent }, away, text)}</span>
        </span>
        <NotSaved problem={risk.problem} />
      </output>
      {clock && !arrived ? (
        <ClockPie used={clock.phase === 'over' ? 1 : clock.used} amberAt={reference.policy.amberAt}>
          {clock.leftMs > 0 ? words.reportLeft(minutes) : words.reportOver(minutes)}
        </ClockPie>
      ) : null}
      {phones ? null : (
        <Button size="small" aria-expanded={asked} onClick={() => setAsked(!asked)}>
          {words.tree}
        </Button>
      )}
      <Button size="small" aria-keyshortcuts={ariaKeys(keys.warn)} onClick={onAdds}>
        {words.more}
        <KeyCap keys={keys.warn} />
      </Button>
      {shows ? (
        <div className={styles.tree}>
          <PhoneTree
            level={report.level}
            phoned={report.phoned}
            onPhoned={(phoned) => void risk.change(phonedReport(report, phoned))}
          />
        </div>
      ) : null}
    </section>
  )
}
