// A small window that hangs under a control of the bar. Opened by the agent only; Esc or its own button closes it and
// the focus goes back to where it was. A click elsewhere leaves it open: digits are needed while something is read.
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { composes } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import styles from './Panel.module.css'

type Props = {
  readonly label: string
  readonly width: number
  readonly onClose: () => void
  /** left: its left edges meet; right: its right ones. */
  readonly side?: 'left' | 'right'
  readonly children: ReactNode
}

export const Panel = ({ label, width, onClose, side = 'right', children }: Props) => {
  const t = useText()
  const panel = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const first = panel.current?.querySelector<HTMLElement>('[data-first], input, button:not([data-close])')
    ;(first ?? panel.current)?.focus()
    return () => {
      // Only if the focus would fall into nothing: the agent may have moved on already.
      const lost = document.activeElement === document.body || document.activeElement === null
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      open
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      className={`${styles.panel} ${styles[side]}`}
      style={{ width }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || composes(event.nativeEvent)) return
        event.stopPropagation()
        onClose()
      }}
    >
      <header className={styles.head}>
        <h2>{label}</h2>
        <button
          type="button"
          className={styles.close}
          data-close=""
          aria-label={t.keypad.close}
          onClick={onClose}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>
  )
}
