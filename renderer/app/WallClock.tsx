// The time of day, as everybody in the room sees it.
import { clockTime, dayAndWeekday } from '../kit/time.ts'
import { useWorkplace } from '../workplace.ts'
import { useNow } from './ticker.ts'
import styles from './WallClock.module.css'

export const WallClock = () => {
  const now = useNow()
  const { language } = useWorkplace().settings
  return (
    <span className={styles.clock}>
      <b>{clockTime(now)}</b>
      <span>{dayAndWeekday(now, language)}</span>
    </span>
  )
}
