// [JRNL-1] [JRNL-12] One save, two places side by side: the store and the second journal. It counts as saved when one of
// them has it for certain; what the other one lacks is remembered and made good by rebuild.ts as soon as that can be.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { JournalEnd, JournalPiece, SecondJournal } from '../../core/ports.ts'

/** What one of the places lacks now. */
export type Lack = { readonly store: boolean; readonly journal: boolean }
const nothing: Lack = { store: false, journal: false }

export type Save = {
  readonly puts: readonly JournalPiece[]
  /** Over when the store has taken the save. */
  readonly ends: readonly JournalEnd[]
  /** Journalled only when the store has taken it: of two work orders for one call the refused one must stand nowhere. */
  readonly afterStore?: boolean
}

export type TwoPlaces = {
  /** null in an ok answer: the second journal alone has it. `isIn`: did the store take it? */
  save<T>(stored: Promise<Answer<T>>, save: Save, isIn: (value: T) => boolean): Promise<Answer<T | null>>
  /** The centre has these, or they were thrown away. */
  end(ends: readonly JournalEnd[]): void
  /** The store has what the journal does not know of. */
  storeIsAhead(): void
  lack(): Lack
  /** Runs what makes good; true: it did. What was found lacking meanwhile still is. */
  makeGood(run: () => Promise<boolean>): Promise<void>
  onLack(listener: () => void): () => void
}

export const twoPlaces = (journal: SecondJournal | null): TwoPlaces => {
  let lack = nothing
  let found = 0
  const listeners = new Set<() => void>()
  const lacks = (place: keyof Lack): void => {
    found += 1
    set({ ...lack, [place]: true })
  }
  const set = (next: Lack): void => {
    lack = next
    for (const listener of listeners) listener()
  }
  const end = (ends: readonly JournalEnd[]): void => {
    // One that does not get there is found over at the next start.
    if (ends.length > 0) void journal?.save([], ends)
  }
  return {
    async save(storing, { puts, ends, afterStore = false }, isIn) {
      if (!journal) return storing
      if (afterStore) {
        const stored = await storing
        if (stored.ok && !isIn(stored.value)) return stored
      }
      const [stored, journalled] = await Promise.all([storing, journal.save(puts, [])])
      if (!stored.ok) {
        if (!journalled.ok) return stored
        lacks('store')
        return done(null)
      }
      if (!isIn(stored.value)) {
        // A double click, or too late: what the store refused must not come back from here one day.
        if (journalled.ok) end(puts.map(({ key }) => ({ key, rev: null, seq: journalled.value })))
        return stored
      }
      if (!journalled.ok) lacks('journal')
      end(ends)
      return stored
    },
    end,
    storeIsAhead() {
      if (journal) lacks('journal')
    },
    lack: () => lack,
    async makeGood(run) {
      const before = found
      if ((await run()) && found === before) set(nothing)
    },
    onLack(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
