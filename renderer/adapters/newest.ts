// [JRNL-17] What is asked for before something is changed: records, drafts, work orders, warnings as they were last saved,
// also where the store could not take it and the second journal alone has it.
import type { CallRecord } from '../../contract/softphone.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { JournalPiece, LocalTicket, LocalWarning } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { SeatDatabase } from './database.ts'
import { keyOf, openAll, openDraft, openJournal, openRecord, openTicket, openWarning } from './sealedRows.ts'
import type { CallRow, TicketRow } from './storedRows.ts'

export type Newest = {
  readonly database: SeatDatabase
  readonly sealer: Sealer
  /** What the second journal holds while the store lacks something, by key; else nothing. */
  readonly journalled: ReadonlyMap<string, JournalPiece>
}

const idsOf = ({ journalled }: Newest, table: string): string[] =>
  [...journalled.keys()].flatMap((key) => (key.startsWith(`${table}:`) ? [key.slice(table.length + 1)] : []))

type Revised = Pick<CallRow, 'id' | 'rev' | 'sealed'>

/** The journal's, when it is later than the store's row. */
const later = ({ journalled }: Newest, table: string, id: string, row?: Revised) => {
  const piece = journalled.get(`${table}:${id}`)
  return piece && (piece.rev ?? 0) > (row?.rev ?? 0)
    ? { id, rev: piece.rev ?? 0, sealed: piece.sealed }
    : undefined
}

/** `isShut`: it is this seat's own and does not open with the keys at hand. */
export const newestRecord = async (
  from: Newest,
  id: string,
): Promise<{ readonly record: CallRecord | null; readonly isShut: boolean }> => {
  const stored = await from.database.calls.get(id)
  const row: Revised | undefined = later(from, 'call', id, stored) ?? stored
  const record = row ? await openRecord(from.sealer, row) : null
  return { record, isShut: row?.rev !== undefined && record === null }
}

const newer = (one: Draft | undefined, other: Draft): Draft =>
  one && one.savedAt >= other.savedAt ? one : other

/** What was filed in the journal alone is no draft any more; what was typed there since is the draft. */
export const newestDrafts = async (from: Newest): Promise<readonly Draft[]> => {
  const { database, sealer, journalled } = from
  const rows = await database.drafts.toArray()
  const typed = idsOf(from, 'draft').map((callId) => ({
    callId,
    openedAt: 0,
    sealed: journalled.get(`draft:${callId}`)?.sealed ?? new Uint8Array(),
  }))
  const drafts = new Map<string, Draft>()
  for (const draft of await openAll([...rows, ...typed], (row) => openDraft(sealer, row)))
    drafts.set(draft.callId, newer(drafts.get(draft.callId), draft))
  const found = [...drafts.values()].toSorted((a, b) => a.openedAt - b.openedAt)
  if (journalled.size === 0) return found
  const records = await Promise.all(found.map(({ callId }) => newestRecord(from, callId)))
  return found.filter(({ openedAt }, at) => openedAt > (records[at]?.record?.filedAt ?? 0))
}

/** A call the journal alone knows the end of is not unfinished. */
export const stillUnfinished = async ({
  database,
  sealer,
  journalled,
}: Newest): Promise<readonly CallRecord[]> => {
  const ringing = await database.journal.toArray()
  const calls = await database.calls.bulkGet(ringing.map((row) => row.id))
  const isStored = (_: unknown, at: number): boolean => calls[at]?.rev !== undefined
  // A journal entry counts as long as its call is not stored. Those of finished calls are swept here, at the next start,
  // and not when the call is saved: the agent would wait for it.
  await database.journal.bulkDelete(ringing.filter(isStored).map((row) => row.id))
  const open = ringing.filter((row, at) => !isStored(row, at) && !journalled.has(`call:${row.id}`))
  return openAll(open, (row) => openJournal(sealer, row))
}

const ticketAlone = (from: Newest, id: string, stored?: TicketRow) => {
  const row = later(from, 'ticket', id, stored)
  return row && { ...row, number: stored?.number ?? null, centre: stored?.centre ?? null }
}

const localTicket = async (
  { sealer }: Newest,
  row: Pick<TicketRow, 'id' | 'sealed' | 'number' | 'centre'>,
): Promise<LocalTicket | null> => {
  const ticket = await openTicket(sealer, row)
  return ticket && { ...ticket, number: row.number }
}

export const newestTicket = async (from: Newest, id: string): Promise<LocalTicket | null> => {
  const stored = await from.database.tickets.get(id)
  const row = ticketAlone(from, id, stored) ?? stored
  return row ? localTicket(from, row) : null
}

/** All that is not answered or of which something waits, and the newest `answered` of the others. */
export const newestTickets = async (from: Newest, answered: number): Promise<readonly LocalTicket[]> => {
  const { tickets, outbox } = from.database
  const [oldestFirst, waiting] = await Promise.all([
    tickets.orderBy('dispatchedAt').toArray(),
    outbox.where('key').startsWith(keyOf('ticket', '')).keys(),
  ])
  const stored = new Map(oldestFirst.map((row) => [row.id, row]))
  const alone = idsOf(from, 'ticket').flatMap((id) => ticketAlone(from, id, stored.get(id)) ?? [])
  const isAlone = new Set(alone.map(({ id }) => id))
  const rows = oldestFirst.filter(({ id }) => !isAlone.has(id)).reverse()
  const unsent = new Set(waiting)
  const over = rows.filter(
    ({ id, centre }) => centre?.state === 'replied' && !unsent.has(keyOf('ticket', id)),
  )
  const left = new Set(over.slice(answered))
  const all = await openAll([...alone, ...rows.filter((row) => !left.has(row))], (row) =>
    localTicket(from, row),
  )
  return all.toSorted((a, b) => b.dispatch.dispatchedAt - a.dispatch.dispatchedAt)
}

export const newestWarnings = async (from: Newest, limit: number): Promise<readonly LocalWarning[]> => {
  const { warnings } = from.database
  const ids = idsOf(from, 'warning')
  const [rows, known] = await Promise.all([
    warnings.orderBy('raisedAt').reverse().limit(limit).toArray(),
    warnings.bulkGet(ids),
  ])
  const alone = ids.flatMap((id, at) => {
    const row = later(from, 'warning', id, known[at])
    return row ? [{ ...row, centre: known[at]?.centre ?? null }] : []
  })
  const isAlone = new Set(alone.map(({ id }) => id))
  const all = await openAll([...alone, ...rows.filter(({ id }) => !isAlone.has(id))], (row) =>
    openWarning(from.sealer, row),
  )
  return all.toSorted((a, b) => b.report.raisedAt - a.report.raisedAt).slice(0, limit)
}
