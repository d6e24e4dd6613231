// A short word in a small box: a state, a kind, a hint.
import type { ReactNode } from 'react'
import styles from './Tag.module.css'

type Props = {
  readonly tone?: 'plain' | 'primary' | 'gold' | 'red' | 'slate' | 'violet' | 'green' | 'brown'
  readonly icon?: ReactNode
  readonly children: ReactNode
}

export const Tag = ({ tone = 'plain', icon, children }: Props) => (
  <span className={`${styles.tag} ${styles[tone]}`}>
    {icon}
    {children}
  </span>
)
