// The second journals in the copied data folder of a desktop (contract/journal.ts), read where they lie: what in them still
// counts, a piece at a time. Nothing of them is changed, and what is sealed in them is not known here.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { journalFile, journalFolderLetters } from '../contract/journal.ts'
import { framesIn, type FrameWorld } from '../core/journal/frames.ts'
import { makeIndex, type Segment } from '../core/journal/journalIndex.ts'

const over = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
const world: FrameWorld = {
  crc32: (bytes) => crc32(bytes),
  utf8: (bytes) => over(bytes).toString(),
  find: (bytes, what, from) => over(bytes).indexOf(what, from),
}

const foldersIn = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(folder, entry.name))
    : []

const storeFolder = new RegExp(`^[0-9a-f]{${journalFolderLetters}}$`)

/** Their folders by name. The folder may be the desktop's data, the `journal` in it, or the one of a single store. */
export const storesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    [path.resolve(folder), ...foldersIn(folder), ...foldersIn(path.join(folder, 'journal'))]
      .map((each) => [path.basename(each), each] as const)
      .filter(([name]) => storeFolder.test(name)),
  )

/** What a store's folder is called. */
export const folderNamed = (store: string): string =>
  createHash('sha256').update(store).digest('hex').slice(0, journalFolderLetters)

export interface Entry {
  readonly key: string
  readonly table: string
  readonly id: string
  readonly rev: number | null
  /** Its sealed bytes, read now. */
  read(): Buffer<ArrayBuffer>
}

export interface CopiedJournal {
  /** In the order of table and id. */
  readonly entries: readonly Entry[]
  /** Of what counts. */
  readonly bytes: number
  readonly damagedBytes: number
}

const readAt = (file: string, at: number, length: number): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(length)
  const opened = fs.openSync(file, 'r')
  try {
    fs.readSync(opened, bytes, 0, length, at)
  } finally {
    fs.closeSync(opened)
  }
  return bytes
}

/** A file that cannot be read costs only itself. One of them at a time is in memory. */
export const readStore = (folder: string): CopiedJournal => {
  const store = path.basename(folder)
  const index = makeIndex()
  let damagedBytes = 0
  const names = fs.readdirSync(folder).filter((name) => journalFile.test(name))
  for (const name of names.toSorted()) {
    const file = path.join(folder, name)
    try {
      const bytes = fs.readFileSync(file)
      const segment: Segment = { path: file, size: bytes.length, live: 0, capacity: 0, isReserve: false }
      const { frames, strays } = framesIn(bytes, store, world)
      for (const frame of frames) index.apply(frame, segment, 0)
      damagedBytes += strays.reduce((sum, { from, to }) => sum + to - from, 0)
    } catch {
      damagedBytes += fs.statSync(file).size
    }
  }
  const entries = index.after(null).map(([key, { rev, segment, at, length }]): Entry => {
    const colon = key.indexOf(':')
    return {
      key,
      table: key.slice(0, colon),
      id: key.slice(colon + 1),
      rev,
      read: () => readAt(segment.path, at, length),
    }
  })
  return { entries, bytes: index.liveBytes(), damagedBytes }
}
