// Keeps the second journal of a browser seat: only a worker may write files of its own and wait until they are on the disk.
// Asked to open one store's, then to save and to read; what is put is sealed already.
import { config } from 'zod'
import type { JournalEnd, JournalPiece } from '../../core/ports.ts'
import { isFull } from '../../core/journal/journalDisk.ts'
import type { StoreJournal } from '../../core/journal/storeJournal.ts'
import { openStoreJournal, usualLimits } from '../../core/journal/storeJournal.ts'
import { journalFolderLetters } from '../../contract/journal.ts'
import { sha256Of } from './base64.ts'
import { isHeld, journalFiles } from './journalFiles.ts'
import { world } from './journalWorld.ts'

export type JournalAsked =
  | { readonly n: number; readonly open: string }
  | { readonly n: number; readonly puts: readonly JournalPiece[]; readonly ends: readonly JournalEnd[] }
  | { readonly n: number; readonly read: true }
export type JournalTold =
  | { readonly n: number; readonly seq: number }
  | { readonly n: number; readonly pieces: readonly JournalPiece[] }
  | { readonly n: number; readonly problem: 'full' | 'broken' }

// Trying whether checks may be compiled is reported as a breach of the page's policy.
config({ jitless: true })

/** A page that is being reloaded lets go of the files within moments. */
const tries = 30
const pauseMs = 100
const pageBytes = 1 << 20

let journal: StoreJournal | null = null

const open = async (store: string): Promise<void> => {
  const root = await navigator.storage.getDirectory()
  const files = journalFiles(
    await root.getDirectoryHandle('journal', { create: true }),
    usualLimits.segmentBytes,
  )
  const name = await sha256Of(new TextEncoder().encode(store))
  const folder = name.slice(0, journalFolderLetters)
  for (let left = tries; ; left -= 1) {
    try {
      // A file that is taken from the full disk begins with its space: there is no reserve beside it.
      const parts = { disk: files, world, folder, limits: usualLimits, takeReserve: async () => null }
      journal = await openStoreJournal(parts)
      return
    } catch (error) {
      if (left === 1 || !isHeld(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

const all = async (opened: StoreJournal): Promise<readonly JournalPiece[]> => {
  const pieces: JournalPiece[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<StoreJournal['read']>> = await opened.read(after, pageBytes)
    for (const { key, rev, bytes } of page.entries) pieces.push({ key, rev, sealed: bytes })
    after = page.next
  } while (after !== null)
  return pieces
}

const answer = async (asked: JournalAsked): Promise<JournalTold> => {
  const { n } = asked
  if ('open' in asked) {
    await open(asked.open)
    return { n, seq: 0 }
  }
  if (!journal) return { n, problem: 'broken' }
  if ('read' in asked) return { n, pieces: await all(journal) }
  const puts = asked.puts.map(({ key, rev, sealed }) => ({ key, rev, bytes: sealed }))
  return { n, seq: await journal.append(puts, asked.ends) }
}

self.addEventListener('message', ({ data }: MessageEvent<JournalAsked>) => {
  void answer(data)
    .catch((error: unknown): JournalTold => ({ n: data.n, problem: isFull(error) ? 'full' : 'broken' }))
    // A worker has one listener and no target to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    .then((told) => self.postMessage(told))
})
