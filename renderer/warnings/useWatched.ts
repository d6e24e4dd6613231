// What the centre told of warnings, for screens; empty for who watches over none. And the one way to act on an event.
import { useCallback, useState, useSyncExternalStore } from 'react'
import type { WarningId } from '../../contract/ids.ts'
import type { Answer } from '../../contract/answer.ts'
import type { WarningAction, WarningFile, WarningLevel } from '../../contract/warnings.ts'
import type { Watched } from '../adapters/warningWatch.ts'
import { openActionIds } from '../actionIds.ts'
import { useWorkplace } from '../workplace.ts'

const nothing: Watched = { events: [], at: null, problem: null, deafSince: null }
const never = () => () => undefined

export const useWatched = (): Watched => {
  const { warnings } = useWorkplace()
  return useSyncExternalStore(warnings?.subscribe ?? never, () => warnings?.read() ?? nothing)
}

/** [WARN-12] `level`: as grave as the screen says it is. */
type Doing =
  | { readonly do: 'sign'; readonly level: WarningLevel }
  | { readonly do: 'order' | 'progress' | 'close'; readonly text: string }

/** A repeated click is one action: its id is made once and kept until the centre has answered. */
export const useAct = (): ((id: WarningId, doing: Doing) => Promise<Answer<WarningFile>>) => {
  const { centre, newCallId, warnings } = useWorkplace()
  const [ids] = useState(() => openActionIds(newCallId))
  return useCallback(
    async (id, doing) => {
      const action: WarningAction = { ...doing, id: ids.of([id, doing]) }
      const answer = await centre.call('warnings.act', { id, action })
      if (answer.ok) ids.answered([id, doing])
      warnings?.look()
      return answer
    },
    [centre, ids, warnings],
  )
}
