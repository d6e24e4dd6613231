// A time limit at a glance: a pie that fills, and the words beside it. Amber from `amberAt` on,
// a red "!" once the limit has passed. Never colour alone: the caller passes the words.
import type { ReactNode } from 'react'
import styles from './ClockPie.module.css'

type Props = {
  /** Part of the limit that is used up; 1 and more: over. */
  readonly used: number
  readonly amberAt: number
  readonly children: ReactNode
}

const radius = 5
const around = 2 * Math.PI * radius

export const ClockPie = ({ used, amberAt, children }: Props) => {
  const over = used >= 1
  const look = over ? 'over' : used >= amberAt ? 'amber' : 'calm'
  return (
    <span className={`${styles.clock} ${styles[look]}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {over ? (
          <>
            <circle cx="7" cy="7" r="7" fill="currentColor" />
            <rect x="6.1" y="3" width="1.8" height="5" rx="0.9" fill="var(--panel)" />
            <circle cx="7" cy="10.3" r="1.1" fill="var(--panel)" />
          </>
        ) : (
          <>
            <circle cx="7" cy="7" r={radius} fill="none" stroke="var(--line)" strokeWidth="3.4" />
            <circle
              cx="7"
              cy="7"
              r={radius}
              fill="none"
              stroke="currentColor"
              strokeWidth="3.4"
              strokeDasharray={`${Math.max(0.04, Math.min(1, used)) * around} ${around}`}
              transform="rotate(-90 7 7)"
            />
          </>
        )}
      </svg>
      <span>{children}</span>
    </span>
  )
}
