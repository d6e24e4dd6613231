// Who opened a dialog has the focus again once it is gone, caret and all, unless something else has taken it. Ant Design
// does so only for a dialog that fades out; ours go at once.
import { useEffect, useState } from 'react'

export const useFocusBack = (): void => {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      const nobodyHasIt = document.activeElement === null || document.activeElement === document.body
      if (nobodyHasIt && before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
    [before],
  )
}
