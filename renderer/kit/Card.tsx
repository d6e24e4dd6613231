// A card of a column: a heading with a count and one action, and its rows.
import type { ReactNode } from 'react'
import styles from './Card.module.css'

type Props = {
  readonly title: ReactNode
  /** Small words after the title: a count, an "as of". */
  readonly aside?: ReactNode
  readonly action?: ReactNode
  /** gold: live; slate: kept on this computer. */
  readonly edge?: 'none' | 'gold' | 'slate'
  /** True: no padding, rows run to the edge. */
  readonly flush?: boolean
  readonly label?: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

export const Card = ({
  title,
  aside,
  action,
  edge = 'none',
  flush = false,
  label,
  className,
  children,
}: Props) => (
  <section
    className={`${styles.card} ${styles[edge]} ${className ?? ''}`}
    aria-label={label ?? (typeof title === 'string' ? title : undefined)}
  >
    <header className={styles.head}>
      <h2>{title}</h2>
      {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      {action === undefined ? null : <span className={styles.action}>{action}</span>}
    </header>
    <div className={flush ? styles.flush : styles.body}>{children}</div>
  </section>
)
