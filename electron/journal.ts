// The second journal of this computer: every store's own, opened when it is first asked for.
// The page seals before it hands anything over; this process has no key and cannot read what it keeps.
import { createHash } from 'node:crypto'
import type { Answer } from '../contract/answer.ts'
import { done, failed } from '../contract/answer.ts'
import type { IpcInput, IpcOutput } from '../contract/ipc.ts'
import { journalFolderLetters } from '../contract/journal.ts'
import type { JournalDisk } from '../core/journal/journalDisk.ts'
import { codeOf, isFull } from '../core/journal/journalDisk.ts'
import type { Reserve } from './journalReserve.ts'
import type { JournalLimits, StoreJournal } from '../core/journal/storeJournal.ts'
import { openStoreJournal, usualLimits } from '../core/journal/storeJournal.ts'
import { world } from './journalWorld.ts'
import { note } from './log.ts'
import { words } from './words.ts'

/** Of sealed bytes per answer: a message the page can take without a hitch. */
const pageBytes = 1 << 20

export type Journal = {
  append(input: IpcInput<'journal.append'>): Promise<Answer<IpcOutput<'journal.append'>>>
  read(input: IpcInput<'journal.read'>): Promise<Answer<IpcOutput<'journal.read'>>>
  /** The program ends. */
  close(): Promise<void>
}

/** Neither centre nor account stand in the name of a folder. */
export const folderOf = (store: string): string =>
  createHash('sha256').update(store).digest('hex').slice(0, journalFolderLetters)

export const openJournal = (
  disk: JournalDisk,
  reserve: Pick<Reserve, 'take'>,
  limits: JournalLimits = usualLimits,
): Journal => {
  const stores = new Map<string, Promise<StoreJournal>>()

  const storeOf = (name: string): Promise<StoreJournal> => {
    const known = stores.get(name)
    if (known) return known
    const folder = folderOf(name)
    const opening = openStoreJournal({ disk, world, folder, limits, takeReserve: reserve.take })
    stores.set(name, opening)
    // A folder that was locked for a moment is tried again at the next save.
    opening.then(
      ({ strayBytes }) => {
        if (strayBytes > 0) note('journal: torn or damaged bytes put aside', { bytes: strayBytes })
      },
      () => stores.delete(name),
    )
    return opening
  }

  const problemOf = (what: string, error: unknown): Answer<never> => {
    note(what, { code: codeOf(error) })
    return failed('failed', isFull(error) ? words.journal.full : words.journal.broken)
  }

  return {
    async append({ store, saves }) {
      try {
        const journal = await storeOf(store)
        const seqs = await Promise.all(
          saves.map(({ puts, drops }) => {
            const taken = puts.map(({ key, rev, sealed }) => ({
              key,
              rev,
              bytes: Buffer.from(sealed, 'base64'),
            }))
            return journal.append(taken, drops)
          }),
        )
        return done({ seqs })
      } catch (error) {
        return problemOf('journal: append failed', error)
      }
    },
    async read({ store, after }) {
      try {
        const { entries, next } = await (await storeOf(store)).read(after, pageBytes)
        const told = entries.map(({ key, rev, bytes }) => ({
          key,
          rev,
          sealed: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
        }))
        return done({ entries: told, next })
      } catch (error) {
        return problemOf('journal: read failed', error)
      }
    },
    async close() {
      await Promise.allSettled([...stores.values()].map(async (opening) => (await opening).close()))
    },
  }
}
