// [WRAP-14] Nothing is saved while an input method composes. A field that leaves the page meanwhile, because a call came in and
// its form took the place, is told of no end by the browser.
import { useEffect, useRef } from 'react'
import { useSession } from './sessionContext.ts'

export const useComposition = () => {
  const session = useSession()
  const composesRef = useRef(false)
  const tell = (is: boolean) => () => {
    composesRef.current = is
    session.composing(is)
  }
  useEffect(
    () => () => {
      if (composesRef.current) session.composing(false)
      composesRef.current = false
    },
    [session, composesRef],
  )
  return { onCompositionStart: tell(true), onCompositionEnd: tell(false) }
}
