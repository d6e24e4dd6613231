// A failure in words: what happened, what is safe, what to do; the technical part is folded away.
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './ErrorNote.module.css'

type Props = {
  readonly what: string
  readonly safe?: string | undefined
  readonly todo?: string | undefined
  /** For whoever is asked for help; `label` opens it. */
  readonly details?: { readonly label: string; readonly text: string } | undefined
  /** red only where data is at risk or a person waits too long; slate for a missing link. */
  readonly tone?: 'red' | 'gold' | 'slate'
  readonly action?: ReactNode
  /** True: read out at once. */
  readonly urgent?: boolean
  /** A strip from edge to edge between other strips, not a box among boxes. */
  readonly strip?: boolean
}

const icons = { red: CircleAlert, gold: TriangleAlert, slate: Info }

export const ErrorNote = (props: Props) => {
  const { what, safe, todo, details, tone = 'gold', action, urgent = false, strip = false } = props
  const Icon = icons[tone]
  return (
    <div
      className={`${styles.note} ${styles[tone]} ${strip ? styles.strip : ''}`}
      role={urgent ? 'alert' : 'status'}
    >
      <Icon size={16} aria-hidden="true" />
      <div className={styles.words}>
        <strong>{what}</strong>
        {safe === undefined ? null : <span>{safe}</span>}
        {todo === undefined ? null : <span>{todo}</span>}
        {details === undefined ? null : (
          <details>
            <summary>{details.label}</summary>
            <code>{details.text}</code>
          </details>
        )}
      </div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  )
}
