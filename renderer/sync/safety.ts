// How safe what is saved lies on this computer, for whoever shows it: the disk as the desktop sees it, and what store and
// second journal lack of each other.
import type { Desk, DiskShown } from '../../contract/ipc.ts'
import type { TwoPlaces } from '../adapters/twoPlaces.ts'
import type { Text } from '../text/catalogue.ts'
import type { About } from './useAbout.ts'

export type Safety = {
  readonly disk: DiskShown
  /** none: a browser that keeps no files of ours. */
  readonly journal: 'none' | 'ok' | 'behind'
  /** Whoever clears this browser's data clears both places. */
  readonly inBrowser: boolean
  /** The store lacks what the second journal has. */
  readonly storeIsBehind: boolean
  /** Calls of before that are still to be sealed: what they are found by is not whole until then. */
  readonly toSeal: number
}

export type SafetyWatch = {
  /** The same value until something changes. */
  read(): Safety
  subscribe(listener: () => void): () => void
}

const unknownDisk: DiskShown = { level: 'ok', freeBytes: 0, toFreeBytes: 0, copied: false }

/** `isSealing`: so many calls are still to be sealed. `stop` ends the watching. */
export const watchSafety = (
  desk: Pick<Desk, 'disk.read' | 'disk.changed'>,
  places: TwoPlaces,
  { hasJournal, inBrowser }: { readonly hasJournal: boolean; readonly inBrowser: boolean },
): SafetyWatch & { isSealing(left: number): void; stop(): void } => {
  const listeners = new Set<() => void>()
  let disk = unknownDisk
  let toSeal = 0
  const now = (): Safety => {
    const { store, journal } = places.lack()
    const shown = journal ? 'behind' : 'ok'
    return { disk, journal: hasJournal ? shown : 'none', inBrowser, storeIsBehind: store, toSeal }
  }
  let safety = now()
  const change = (): void => {
    safety = now()
    for (const listener of listeners) listener()
  }
  const leave = places.onLack(change)
  const deafen = desk['disk.changed']((shown) => {
    disk = shown
    change()
  })
  void desk['disk.read'](null).then((answer) => {
    if (!answer.ok) return
    disk = answer.value
    change()
  })
  return {
    read: () => safety,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isSealing(left) {
      toSeal = left
      change()
    },
    stop() {
      leave()
      deafen()
    },
  }
}

export type SafetyWord = {
  readonly tone: 'red' | 'gold'
  readonly what: string
  readonly safe: string
  readonly todo?: string
}

const sizeOf = (bytes: number): string =>
  bytes >= 1 << 30 ? `${(bytes / (1 << 30)).toFixed(1)} GB` : `${Math.ceil(bytes / (1 << 20))} MB`

/** The gravest thing to say; null: nothing. */
export const safetyWord = (
  { disk, journal, storeIsBehind }: Safety,
  t: Text['safety'],
): SafetyWord | null => {
  const todo = t.toFree(sizeOf(disk.toFreeBytes))
  if (disk.level === 'full')
    return { tone: 'red', what: t.fullHead, safe: storeIsBehind ? t.storeSafe : t.fullSafe, todo }
  if (storeIsBehind) return { tone: 'red', what: t.storeHead, safe: t.storeSafe }
  if (journal === 'behind')
    return { tone: 'red', what: t.journalHead, safe: t.journalSafe, todo: t.journalTodo }
  return disk.level === 'low' ? { tone: 'gold', what: t.lowHead, safe: t.lowSafe, todo } : null
}

/** [DESK-3] What the key store of this computer lacks; null: nothing. */
export const keyStoreWord = (strength: About['secrets'], t: Text['safety']): SafetyWord | null =>
  strength === 'keychain' ? null : { tone: 'gold', ...t.keyStore[strength], safe: t.keyStoreSafe }
