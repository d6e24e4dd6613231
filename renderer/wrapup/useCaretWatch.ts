// Which field of the form holds the caret: told to the page head, kept for a reload, and saved when it is left.
import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'
import { keepCaret } from './caret.ts'
import type { FormSession } from './formSession.ts'

/** Put the answer on the form's element. */
export const useCaretWatch = (
  session: FormSession | null,
  onCaret: (field: string | null) => void,
): RefObject<HTMLElement | null> => {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = pane.current
    if (!element || !session) return undefined
    const entered = (event: FocusEvent) => {
      const target = event.target instanceof Element ? event.target : null
      const field = target?.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? null
      onCaret(field)
      if (field) keepCaret(session.callId, field)
    }
    const left = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && element.contains(event.relatedTarget)) return
      onCaret(null)
      void session.flush()
    }
    element.addEventListener('focusin', entered)
    element.addEventListener('focusout', left)
    return () => {
      element.removeEventListener('focusin', entered)
      element.removeEventListener('focusout', left)
    }
  }, [session, onCaret])
  return pane
}
