// [JRNL-1] [JRNL-12] One save, two places side by side: the store and the second journal. It counts as saved when one of
// them has it for certain; what the other one lacks is remembered and made good by rebuild.ts as soon as that can be.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { JournalEnd, JournalPiece, SecondJournal } from '../../core/ports.ts'
import { isSame } from './comparePlaces.ts'

/** What one of the places lacks now. */
export type Lack = { readonly store: boolean; readonly journal: boolean }
const nothing: Lack = { store: false, journal: false }
const nothingHeld = new Uint8Array()

export type Save = {
  readonly puts: readonly JournalPiece[]
  /** Over when the store has taken the save. */
  readonly ends: readonly JournalEnd[]
  /** Journalled only when the store has taken it: of two work orders for one call the refused one must stand nowhere. */
  readonly afterStore?: boolean
  /** All of it counts or nothing: what is not the newest of its key in the journal is not called saved there. */
  readonly whole?: boolean
}

export type TwoPlaces = {
  /**
   * null in an ok answer: the second journal alone has it; `conflict`: so it should, but holds something else of that
   * revision or a later one. `isIn`: did the store take it?
   */
  save<T>(stored: Promise<Answer<T>>, save: Save, isIn: (value: T) => boolean): Promise<Answer<T | null>>
  /** The centre has these, or they were thrown away. */
  end(ends: readonly JournalEnd[]): void
  /** It cannot be written or compared now, and may lack something. */
  lacks(place: keyof Lack): void
  lack(): Lack
  /** What the journal holds while the store lacks something; else nothing, for the store has it too. */
  alone(): Promise<Answer<readonly JournalPiece[]>>
  /** Runs what makes good; true: it did. What was found lacking meanwhile still is. */
  makeGood(run: () => Promise<boolean>): Promise<void>
  onLack(listener: () => void): () => void
}

export const twoPlaces = (journal: SecondJournal | null): TwoPlaces => {
  let lack = nothing
  let found = 0
  /** As last read: a journal that is too slow today still had this. */
  let known: readonly JournalPiece[] | null = null
  const listeners = new Set<() => void>()
  const lacks = (place: keyof Lack): void => {
    found += 1
    set({ ...lack, [place]: true })
  }
  const set = (next: Lack): void => {
    const isSame = next.store === lack.store && next.journal === lack.journal
    lack = next
    if (isSame) return
    for (const listener of listeners) listener()
  }
  const end = (ends: readonly JournalEnd[]): void => {
    // One that does not get there is found over at the next start.
    if (ends.length > 0) void journal?.save([], ends)
  }
  const takeBack = (puts: readonly JournalPiece[], seq: number): void =>
    end(puts.map(({ key }) => ({ key, rev: null, seq })))
  const readJournal = async (): Promise<Answer<readonly JournalPiece[]>> => {
    const read = journal ? await journal.read() : done([])
    if (read.ok) known = read.value
    return read
  }
  /** [JRNL-17] The journal keeps the first of equals: whether that is this one, it alone can say. */
  const keeps = (held: readonly JournalPiece[], puts: readonly JournalPiece[]): boolean => {
    const byKey = new Map(held.map(({ key, sealed }) => [key, sealed]))
    return puts.every(({ key, sealed }) => isSame(byKey.get(key) ?? nothingHeld, sealed))
  }
  return {
    async save(storing, { puts, ends, afterStore = false, whole = false }, isIn) {
      if (!journal) return storing
      if (afterStore) {
        const stored = await storing
        if (stored.ok && !isIn(stored.value)) return stored
      }
      const [stored, journalled] = await Promise.all([storing, journal.save(puts, [])])
      if (!stored.ok) {
        if (!journalled.ok) return stored
        lacks('store')
        if (!whole) return done(null)
        const held = await readJournal()
        if (!held.ok) return stored
        if (keeps(held.value, puts)) return done(null)
        takeBack(puts, journalled.value)
        return failed('conflict', '已有更新的版本，本次未保存，请重新打开后再改')
      }
      if (!isIn(stored.value)) {
        // A double click, or too late: what the store refused must not come back from here one day.
        if (journalled.ok) takeBack(puts, journalled.value)
        return stored
      }
      if (!journalled.ok) lacks('journal')
      end(ends)
      return stored
    },
    end,
    lacks(place) {
      if (journal) lacks(place)
    },
    lack: () => lack,
    async alone() {
      if (!lack.store) return done([])
      const read = await readJournal()
      return read.ok || !known ? read : done(known)
    },
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
