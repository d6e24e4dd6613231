// A badge of the call bar's first row: a sign, a word, an edge; some open something.
import type { ReactNode } from 'react'
import styles from './BarBadge.module.css'

type Props = {
  readonly icon: ReactNode
  /** slate: the centre or the exchange is away; gold: somebody must see to it in time; red: something is refused. */
  readonly tone?: 'plain' | 'slate' | 'gold' | 'red'
  /** Accessible name when it says more than the word. */
  readonly label?: string
  readonly expanded?: boolean
  /** Without it the badge only tells. */
  readonly onClick?: () => void
  readonly children: ReactNode
}

export const BarBadge = ({ icon, tone = 'plain', label, expanded, onClick, children }: Props) =>
  onClick ? (
    <button
      type="button"
      className={`${styles.badge} ${styles[tone]}`}
      aria-label={label}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {icon}
      <span>{children}</span>
    </button>
  ) : (
    <span className={`${styles.badge} ${styles[tone]} ${styles.still}`}>
      {icon}
      <span>{children}</span>
    </span>
  )
