// The keys of this seat as its settings have them: every key cap, every sentence that names a key, reads them here.
import { useMemo } from 'react'
import type { CommandName } from '../../core/commands.ts'
import type { KeyMap } from '../../core/keyMap.ts'
import { commandsOf, keyMapOf } from '../../core/keyMap.ts'
import { signers } from '../adapters/warningWatch.ts'
import { useWorkplace } from '../workplace.ts'

export const useKeys = (): KeyMap => {
  const { keys } = useWorkplace().settings
  return useMemo(() => keyMapOf(keys), [keys])
}

/** What the person signed in can do by key [KEY-13]. */
export const useCommands = (): readonly CommandName[] => {
  const { session, account } = useWorkplace()
  const telephone = session.sip !== null
  const signs = signers.includes(account.role)
  return useMemo(() => commandsOf({ telephone, signs }), [telephone, signs])
}

/** As a screen reader wants it: "Control+Enter". */
export const ariaKeys = (key: string): string => key.replace('Ctrl+', 'Control+')
