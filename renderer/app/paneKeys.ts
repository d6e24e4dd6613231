// Keys of one pane: Escape closes it, the key of 提交 does its one step. They work while the focus is inside the pane,
// and never while an input method composes.
import type { RefObject } from 'react'
import { useEffect } from 'react'
import { composes, keyOf } from './keys.ts'
import { useKeys } from './useKeys.ts'

type PaneKeys = { readonly onEscape?: () => void; readonly onSubmit?: () => void }

export const usePaneKeys = (pane: RefObject<HTMLElement | null>, { onEscape, onSubmit }: PaneKeys): void => {
  const { submit } = useKeys()
  useEffect(() => {
    const element = pane.current
    if (!element) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (composes(event)) return
      const submits = keyOf(event) === submit
      const act = submits ? onSubmit : event.key === 'Escape' ? onEscape : undefined
      if (!act) return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    element.addEventListener('keydown', onKey)
    return () => element.removeEventListener('keydown', onKey)
  }, [pane, onEscape, onSubmit, submit])
}
