// What sync says, for screens: drawn again only when the part asked for changes.
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Answer } from '../../contract/answer.ts'
import type { SyncStatus } from '../../core/sync/status.ts'
import { useWorkplace } from '../workplace.ts'
import { calmly } from './calm.ts'

export const useSync = <T>(select: (status: SyncStatus) => T): T => {
  const { sync } = useWorkplace()
  return useSyncExternalStore(sync.subscribe, () => select(sync.status()))
}

/** The centre cannot be asked now: what is shown is this computer's own. */
export const isAway = (badge: SyncStatus['badge']): boolean => badge === 'offline' || badge === 'signedOut'

export const useOffline = (): boolean =>
  useSync((status) => isAway(status.badge) || (status.badge === 'refused' && status.troubleSince !== null))

/** Raised when what this port tells of has changed: lists read again, calmly. */
export const useBeat = (port: { listen(listener: () => void): () => void }): number => {
  const { clock } = useWorkplace()
  const [beat, setBeat] = useState(0)
  useEffect(() => {
    const { changed, stop } = calmly(clock, () => setBeat((n) => n + 1))
    const stopListening = port.listen(changed)
    return () => {
      stopListening()
      stop()
    }
  }, [port, clock])
  return beat
}

/** Raised when something was put into or taken out of the outbox. */
export const useStoreBeat = (): number => useBeat(useWorkplace().outbox)

export type Loaded<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'ready'; readonly value: T; readonly at: number }
  /** `last`: what could be read before, and when. */
  | { readonly is: 'failed'; readonly text: string; readonly last: Kept<T> | null }
type Kept<T> = { readonly value: T; readonly at: number }

const keptOf = <T>(loaded: Loaded<T>): Kept<T> | null =>
  loaded.is === 'ready' ? loaded : loaded.is === 'failed' ? loaded.last : null

/** Reads again whenever `load` or `again` changes; what was there stays on screen meanwhile, a late answer is dropped. */
export const useLoaded = <T>(
  load: () => Promise<Answer<T>>,
  again: unknown = null,
): readonly [Loaded<T>, () => void] => {
  const { clock } = useWorkplace()
  const [loaded, setLoaded] = useState<Loaded<T>>({ is: 'loading' })
  const [turn, setTurn] = useState(0)
  const asked = useMemo(() => ({ load, again, turn }), [load, again, turn])
  useEffect(() => {
    let current = true
    void asked.load().then((answer) => {
      if (!current) return
      const at = clock.now()
      setLoaded((before) =>
        answer.ok
          ? { is: 'ready', value: answer.value, at }
          : { is: 'failed', text: answer.problem.text, last: keptOf(before) },
      )
    })
    return () => {
      current = false
    }
  }, [asked, clock])
  return [loaded, useCallback(() => setTurn((n) => n + 1), [])]
}

/** What can be shown now: the last that could be read. */
export const shownOf = keptOf
