// [HAND-6] `server import FOLDER`: the second journals in the copied data folder of a desktop that no longer starts. The name
// of a store's folder tells its owner; what still counts in it comes in as that person's work, as any handover does.
import { SealedRow } from '../contract/handover.ts'
import { AccountId } from '../contract/ids.ts'
import { attachmentStore, storeName } from '../contract/journal.ts'
import { CallRecord } from '../contract/softphone.ts'
import { filesIn } from '../core/attachments/journalled.ts'
import type { Sealer } from '../core/seal/sealer.ts'
import type { HandedPiece } from '../core/sync/handIn.ts'
import { recovered } from '../core/sync/recover.ts'
import {
  ownersOf,
  progress,
  takeIn,
  type ImportGround,
  type Owners,
  type SeatTaken,
} from './commandLineDoor.ts'
import { folderNamed, readStore, storesIn, type CopiedJournal, type Entry } from './copiedJournal.ts'
import type { Database } from './database.ts'
import { HandoverTrouble, jsonOf } from './handover.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const rowOf = (kind: string, id: string, rev: number | null, sealed: Uint8Array): SealedRow[] => {
  const { data } = SealedRow.safeParse({ kind, id, rev: rev ?? 1, sealed: base64(sealed) })
  return data ? [data] : []
}

/**
 * [CALL-5] The computer stopped in the middle of this call: its record as the next start there would have made it. What does not
 * open, or a newer program wrote, is handed in as it lies, and so refused by name.
 */
const interrupted = async (sealer: Sealer, entry: Entry): Promise<SealedRow[]> => {
  const { id, rev } = entry
  const sealed = entry.read()
  const plain = await sealer.open('journal', id, sealed)
  if (plain === null) return rowOf('call', id, rev, sealed)
  const given = jsonOf(Buffer.from(plain).toString())
  const { data: record } = CallRecord.safeParse(given)
  const item = JSON.stringify({ kind: 'call', body: record ? recovered(record) : given })
  return rowOf('call', id, record?.rev ?? rev, await sealer.seal('call', id, new TextEncoder().encode(item)))
}

/** Warnings first; calls before the work orders that came out of them. */
const order = ['warning', 'call', 'ticket', 'audit']

const rowsOf = async (sealer: Sealer, entries: readonly Entry[]): Promise<SealedRow[]> => {
  const whole = entries
    .filter(({ table }) => order.includes(table))
    .flatMap((entry) => rowOf(entry.table, entry.id, entry.rev, entry.read()))
  const known = new Set(whole.map(({ kind, id }) => `${kind} ${id}`))
  const rang = entries.filter(({ table, id }) => table === 'journal' && !known.has(`call ${id}`))
  const broken = await Promise.all(rang.map((entry) => interrupted(sealer, entry)))
  return [...whole, ...broken.flat()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** What one person left in this folder: with a store of their own, one of their files, or both. */
interface Left {
  readonly account: AccountId
  readonly records: CopiedJournal
  readonly files: CopiedJournal
}

const nothing: CopiedJournal = { entries: [], bytes: 0, damagedBytes: 0 }

/** Per person the records first, then the files chunk by chunk: one of a file's chunks at a time is in memory. */
async function* piecesOf(
  everybody: readonly Left[],
  owners: Owners,
  read: (bytes: number) => void,
): AsyncGenerator<HandedPiece, void> {
  for (const { account, records, files } of everybody) {
    const sealer = owners.get(account)
    yield { head: { account }, rows: sealer ? await rowsOf(sealer, records.entries) : [] }
    read(records.bytes)
    for (const { id, head, chunks } of filesIn(files.entries)) {
      const file = { id, head: base64(head.read()), chunks: chunks.length }
      // Without a chunk it is announced all the same, and refused as not all there.
      if (chunks.length === 0) yield { file, chunk: 0, sealed: '' }
      for (const [chunk, entry] of chunks.entries()) {
        const sealed = entry.read()
        yield { file, chunk, sealed: base64(sealed) }
        read(sealed.length)
      }
    }
  }
}

type Imported = SeatTaken & {
  /** Half-written forms: only their writer can finish them, on a computer this folder is copied to. */
  readonly drafts: number
  readonly damagedBytes: number
}

export const importJournal = async (
  database: Database,
  folder: string,
  ground: ImportGround,
): Promise<object> => {
  const [centre] = await database.rows<{ id: string }>('select id from centre')
  const accounts = await database.rows<{ id: string }>('select id from accounts order by id')
  const stores = storesIn(folder)
  const journalOf = (name: string): CopiedJournal | null => {
    const store = stores.get(folderNamed(name))
    return store === undefined ? null : readStore(store)
  }
  let known = 0
  const everybody = accounts.flatMap(({ id }): Left[] => {
    const name = storeName(centre?.id ?? '', id)
    const [records, files] = [journalOf(name), journalOf(attachmentStore(name))]
    known += [records, files].filter((each) => each !== null).length
    if (!records && !files) return []
    return [{ account: AccountId.parse(id), records: records ?? nothing, files: files ?? nothing }]
  })
  if (everybody.length === 0)
    throw new HandoverTrouble(
      stores.size === 0
        ? `${folder} 里没有第二份日志，没有导入。请给坐席的数据文件夹，或者其中的 journal。`
        : `${folder} 里的第二份日志是另一个中心的，没有导入。`,
    )
  const owners = await ownersOf(
    database,
    everybody.map(({ account }) => account),
    ground.now(),
  )
  const whole = everybody.reduce((sum, { records, files }) => sum + records.bytes + files.bytes, 0)
  const pieces = piecesOf(everybody, owners, progress(whole, ground))
  const taken = await takeIn(database, folder, pieces, owners, ground)
  const seats = taken.map((seat, at): Imported => {
    const { records = nothing, files = nothing } = everybody[at] ?? {}
    const drafts = records.entries.filter(({ table }) => table === 'draft').length
    return { ...seat, drafts, damagedBytes: records.damagedBytes + files.damagedBytes }
  })
  return { imported: folder, seats, others: stores.size - known }
}
