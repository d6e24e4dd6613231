// One thing of a list in full: what it is and how to close it on top, its body, which scrolls, and what stays at the foot.
import { X } from 'lucide-react'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useRef } from 'react'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import styles from './DetailPane.module.css'
import { usePaneKeys } from './paneKeys.ts'

type Props = {
  /** Number, state, tags. */
  readonly head: ReactNode
  readonly title: ReactNode
  readonly onClose: () => void
  readonly foot?: ReactNode
  readonly children: ReactNode
}

export const DetailPane = ({ head, title, onClose, foot = null, children }: Props) => {
  const { app } = useText()
  const pane = useRef<HTMLDivElement>(null)
  usePaneKeys(pane, { onEscape: onClose })
  return (
    <div className={styles.pane} ref={pane}>
      <div className={styles.body}>
        <header className={styles.head}>
          <div className={styles.tags}>{head}</div>
          <Button
            className={styles.close ?? ''}
            type="text"
            size="small"
            aria-keyshortcuts="Escape"
            onClick={onClose}
          >
            <X size={15} aria-hidden="true" />
            <span className="unseen">{app.close}</span>
            <KeyCap keys="Esc" />
          </Button>
        </header>
        <h2 className={styles.title}>{title}</h2>
        {children}
      </div>
      {foot}
    </div>
  )
}
