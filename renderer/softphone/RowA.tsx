// First row of the bar: the seat, its day, and whether telephone and centre are there. Badges never give way.
import { User } from 'lucide-react'
import { WallClock } from '../app/WallClock.tsx'
import { DayTotals } from '../seat/DayTotals.tsx'
import { RoleMenu } from '../seat/RoleMenu.tsx'
import { SeatStateMenu } from '../seat/SeatStateMenu.tsx'
import { SyncBadge } from '../sync/SyncBadge.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { PhoneLinkBadge } from './PhoneLinkBadge.tsx'
import styles from './RowA.module.css'

export const RowA = () => {
  const t = useText().seat
  const { session, account } = useWorkplace()
  const { sip } = session
  return (
    <div className={styles.row}>
      {sip ? <SeatStateMenu /> : <RoleMenu />}
      {sip ? <DayTotals /> : null}
      <span className={styles.space} />
      {sip ? <PhoneLinkBadge /> : null}
      <SyncBadge />
      <WallClock />
      <span className={styles.who} title={account.name}>
        <User size={15} aria-hidden="true" />
        {sip ? t.seat(sip.extension) : account.name}
      </span>
    </div>
  )
}
