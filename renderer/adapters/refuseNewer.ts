// [STORE-17] Dexie would open a database that a newer program has made, and write into it. Called at each opening, before
// anything else may use it; its numbers are ten times ours.
import type { Dexie } from 'dexie'

export const refuseNewer =
  (newest: number) =>
  (opened: Dexie): void => {
    if (opened.backendDB().version >= (newest + 1) * 10) throw new Error('made by a newer program')
  }
