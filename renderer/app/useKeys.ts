// The keys of this seat as its settings have them: every key cap, every sentence that names a key, reads them here.
import { useMemo } from 'react'
import type { KeyMap } from '../../core/keyMap.ts'
import { keyMapOf } from '../../core/keyMap.ts'
import { useWorkplace } from '../workplace.ts'

export const useKeys = (): KeyMap => {
  const { keys } = useWorkplace().settings
  return useMemo(() => keyMapOf(keys), [keys])
}

/** As a screen reader wants it: "Control+Enter". */
export const ariaKeys = (key: string): string => key.replace('Ctrl+', 'Control+')
