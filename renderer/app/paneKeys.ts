// Keys of one pane: Escape closes it, the key of 提交 does its one step. They work while the focus is inside the pane, or
// on anything but a field of the part of the page it was made for; never while an input method composes.
import type { RefObject } from 'react'
import { useEffect } from 'react'
import { composes, keyOf } from './keys.ts'
import { useKeys } from './useKeys.ts'

type PaneKeys = {
  readonly onEscape?: () => void
  readonly onSubmit?: () => void
  /** Selector of that larger part. */
  readonly around?: string
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

export const usePaneKeys = (
  pane: RefObject<HTMLElement | null>,
  { onEscape, onSubmit, around }: PaneKeys,
): void => {
  const { submit } = useKeys()
  useEffect(() => {
    const own = pane.current
    const element = around === undefined ? own : (own?.closest<HTMLElement>(around) ?? own)
    if (!own || !element) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (composes(event)) return
      if (isField(event.target) && event.target instanceof Node && !own.contains(event.target)) return
      const submits = keyOf(event) === submit
      const act = submits ? onSubmit : event.key === 'Escape' ? onEscape : undefined
      if (!act) return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    element.addEventListener('keydown', onKey)
    return () => element.removeEventListener('keydown', onKey)
  }, [pane, onEscape, onSubmit, around, submit])
}
