// A button of row B with its key on it. strong: the one filled button of a ring; line: outlined; plain: on the band.
import type { ReactNode } from 'react'
import { KeyCap } from '../kit/KeyCap.tsx'
import styles from './BarButton.module.css'

type Props = {
  readonly word: string
  readonly icon?: ReactNode
  /** As core/commands.ts spells it. */
  readonly keys?: string
  readonly look: 'strong' | 'line' | 'plain'
  readonly size?: 'large' | 'medium' | 'small'
  readonly disabled?: boolean
  readonly title?: string
  readonly expanded?: boolean
  readonly onClick: () => void
}

export const BarButton = (props: Props) => {
  const { word, icon, keys, look, size = 'medium', disabled = false, title, expanded, onClick } = props
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[look]} ${styles[size]}`}
      aria-keyshortcuts={keys}
      aria-expanded={expanded}
      disabled={disabled}
      title={title}
      onClick={onClick}
    >
      {icon}
      <span className={styles.word}>{word}</span>
      {keys === undefined ? null : <KeyCap keys={keys} />}
    </button>
  )
}
