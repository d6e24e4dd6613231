// Three columns of a page: left list, the work, the right one. On a narrow window the right column becomes a drawer
// (Ctrl I), on a narrower one the left too; the work in the middle never moves or loses its caret.
import { PanelLeft, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCallback, useEffect, useState } from 'react'
import type { CommandName } from '../../core/commands.ts'
import { ariaKeys, useKeys } from './useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useMedia } from '../kit/useMedia.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './Columns.module.css'

type Right = {
  readonly label: string
  /** `asked`: the key of a part of it that opened the drawer; null: it was opened as a whole, or is no drawer. */
  readonly content: (asked: CommandName | null) => ReactNode
  /** Keys of its parts: while the drawer is closed they open it. */
  readonly keys: readonly CommandName[]
}

type Props = {
  readonly left?: { readonly label: string; readonly content: ReactNode } | undefined
  readonly right?: Right | undefined
  /** Width of the right column; the desk's own when not said. */
  readonly rightWidth?: string
  readonly children: ReactNode
}

export const Columns = ({ left, right, rightWidth = 'var(--right)', children }: Props) => {
  const rightIsDrawer = useMedia('(max-width: 1199px)')
  const leftIsDrawer = useMedia('(max-width: 959px)')
  const [open, setOpen] = useState<'left' | 'right' | null>(null)
  const { onCommand } = useWorkplace()
  const keys = useKeys()
  const [asked, setAsked] = useState<CommandName | null>(null)
  const toggleRight = useCallback(() => {
    setAsked(null)
    setOpen((now) => (now === 'right' ? null : 'right'))
  }, [])
  useEffect(() => onCommand('callerCard', toggleRight), [onCommand, toggleRight])
  const closed = rightIsDrawer && open !== 'right'
  const partKeys = right?.keys
  useEffect(() => {
    if (!closed || !partKeys) return undefined
    const offers = partKeys.map((name) =>
      onCommand(name, () => {
        setAsked(name)
        setOpen('right')
      }),
    )
    return () => offers.forEach((withdraw) => withdraw())
  }, [closed, partKeys, onCommand])
  const toggleLeft = () => setOpen((now) => (now === 'left' ? null : 'left'))
  return (
    <div className={styles.columns}>
      {left && leftIsDrawer ? (
        <button
          type="button"
          className={`${styles.handle} ${styles.atLeft}`}
          aria-expanded={open === 'left'}
          onClick={toggleLeft}
        >
          <PanelLeft size={16} aria-hidden="true" />
          <span>{left.label}</span>
        </button>
      ) : null}
      {left && (!leftIsDrawer || open === 'left') ? (
        <aside className={`${styles.left} ${leftIsDrawer ? styles.drawerLeft : ''}`} aria-label={left.label}>
          {left.content}
        </aside>
      ) : null}
      <div className={styles.middle}>{children}</div>
      {right && !closed ? (
        <aside
          className={`${styles.right} ${rightIsDrawer ? styles.drawerRight : ''}`}
          style={{ width: rightWidth }}
          aria-label={right.label}
        >
          {right.content(rightIsDrawer ? asked : null)}
        </aside>
      ) : null}
      {right && rightIsDrawer ? (
        <button
          type="button"
          className={`${styles.handle} ${styles.atRight}`}
          aria-expanded={open === 'right'}
          aria-keyshortcuts={ariaKeys(keys.callerCard)}
          onClick={toggleRight}
        >
          <PanelRight size={16} aria-hidden="true" />
          <span>{right.label}</span>
          <KeyCap keys={keys.callerCard} />
        </button>
      ) : null}
    </div>
  )
}
