// [HAND-6] `server import FOLDER`: the second journals in the copied data folder of a desktop that no longer starts. The name
// of a store's folder tells its owner; what still counts in it comes in as that person's work, as any handover does.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { SealedRow } from '../contract/handover.ts'
import { AccountId } from '../contract/ids.ts'
import { attachmentStore, journalFile, journalFolderLetters, storeName } from '../contract/journal.ts'
import { CallRecord } from '../contract/softphone.ts'
import type { PushVerdict } from '../contract/sync.ts'
import { framesIn, type FrameWorld } from '../core/journal/frames.ts'
import { makeIndex, type Segment } from '../core/journal/journalIndex.ts'
import { openSealer, type Sealer } from '../core/seal/sealer.ts'
import { portions } from '../core/sync/handover.ts'
import { recovered } from '../core/sync/recover.ts'
import type { Database } from './database.ts'
import { HandoverTrouble, takeRows, tallied, type Taken } from './handover.ts'
import type { Log } from './log.ts'
import { storeKeysOf } from './storeKeys.ts'

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

/** The folder may be the desktop's data, the `journal` in it, or the one of a single store. */
const storesIn = (folder: string): string[] =>
  [folder, ...foldersIn(folder), ...foldersIn(path.join(folder, 'journal'))].filter((each) =>
    new RegExp(`^[0-9a-f]{${journalFolderLetters}}$`).test(path.basename(each)),
  )

type Entry = {
  readonly table: string
  readonly id: string
  readonly rev: number | null
  readonly sealed: Uint8Array<ArrayBuffer>
}

/** What still counts of a store's journal. A file that cannot be read costs only itself. */
const readStore = (folder: string): { readonly entries: readonly Entry[]; readonly damagedBytes: number } => {
  const store = path.basename(folder)
  const index = makeIndex()
  const contents = new Map<string, Buffer>()
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
      contents.set(file, bytes)
    } catch {
      damagedBytes += fs.statSync(file).size
    }
  }
  const entries = index.after(null).map(([key, { rev, segment, at, length }]): Entry => {
    const colon = key.indexOf(':')
    const bytes = contents.get(segment.path)?.subarray(at, at + length) ?? []
    return { table: key.slice(0, colon), id: key.slice(colon + 1), rev, sealed: Uint8Array.from(bytes) }
  })
  return { entries, damagedBytes }
}

const rowOf = (kind: string, id: string, rev: number | null, sealed: Uint8Array): SealedRow[] => {
  const row = { kind, id, rev: rev ?? 1, sealed: Buffer.from(sealed).toString('base64') }
  const { data } = SealedRow.safeParse(row)
  return data ? [data] : []
}

/** [CALL-5] The computer stopped in the middle of this call: its record as the next start there would have made it. */
const interrupted = async (sealer: Sealer, { id, sealed }: Entry): Promise<SealedRow[]> => {
  const plain = await sealer.open('journal', id, sealed)
  if (plain === null) return []
  const { data: record } = CallRecord.safeParse(JSON.parse(over(plain).toString()))
  if (!record) return []
  const item = JSON.stringify({ kind: 'call', body: recovered(record) })
  return rowOf('call', id, record.rev, await sealer.seal('call', id, new TextEncoder().encode(item)))
}

/** Warnings first; calls before the work orders that came out of them. */
const order = ['warning', 'call', 'ticket', 'audit']

const rowsOf = async (sealer: Sealer, entries: readonly Entry[]): Promise<SealedRow[]> => {
  const whole = entries.flatMap(({ table, id, rev, sealed }) =>
    order.includes(table) ? rowOf(table, id, rev, sealed) : [],
  )
  const known = new Set(whole.map(({ kind, id }) => `${kind} ${id}`))
  const rang = entries.filter(({ table, id }) => table === 'journal' && !known.has(`call ${id}`))
  const broken = await Promise.all(rang.map((entry) => interrupted(sealer, entry)))
  return [...whole, ...broken.flat()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

const folderNamed = (store: string): string =>
  createHash('sha256').update(store).digest('hex').slice(0, journalFolderLetters)

type Imported = Taken & {
  readonly account: string
  /** Half-written forms: only their writer can finish them, on a computer this folder is copied to. */
  readonly drafts: number
  readonly damagedBytes: number
}

export const importJournal = async (
  database: Database,
  folder: string,
  ground: { readonly now: () => number; readonly log: Log },
): Promise<object> => {
  const [centre] = await database.rows<{ id: string }>('select id from centre')
  const accounts = await database.rows<{ id: string }>('select id from accounts order by id')
  const owners = new Map(
    accounts.map(({ id }) => [folderNamed(storeName(centre?.id ?? '', id)), AccountId.parse(id)]),
  )
  // Unsent files are left with the folder: on a computer it is copied to they go by themselves.
  const ofFiles = new Set(
    accounts.map(({ id }) => folderNamed(attachmentStore(storeName(centre?.id ?? '', id)))),
  )
  const stores = storesIn(folder).filter((store) => !ofFiles.has(path.basename(store)))
  const ours = stores.flatMap((store) => {
    const account = owners.get(path.basename(store))
    return account === undefined ? [] : [{ store, account }]
  })
  if (ours.length === 0)
    throw new HandoverTrouble(
      stores.length === 0
        ? `${folder} 里没有第二份日志，没有导入。请给坐席的数据文件夹，或者其中的 journal。`
        : `${folder} 里的第二份日志是另一个中心的，没有导入。`,
    )
  const imported: Imported[] = []
  for (const { store, account } of ours) {
    const { entries, damagedBytes } = readStore(store)
    const keys = await database.transaction((queries) => storeKeysOf(queries, account, ground.now()))
    const rows = await rowsOf(await openSealer(keys, globalThis), entries)
    const drafts = entries.filter(({ table }) => table === 'draft').length
    const verdicts: PushVerdict[] = []
    for (const portion of portions(rows))
      verdicts.push(...(await takeRows(database, account, portion, ground)))
    imported.push({ account, ...tallied(verdicts), drafts, damagedBytes })
  }
  return { imported: folder, seats: imported, others: stores.length - ours.length }
}
