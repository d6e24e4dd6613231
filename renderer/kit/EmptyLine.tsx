// Nothing here: one line, and one thing to do about it.
import type { ReactNode } from 'react'
import styles from './EmptyLine.module.css'

type Props = { readonly text: string; readonly action?: ReactNode }

export const EmptyLine = ({ text, action }: Props) => (
  <div className={styles.empty}>
    <span>{text}</span>
    {action}
  </div>
)
