// What the centre acknowledged in the last days, by id: should it come back from a backup, all of it goes again. Calls,
// work orders and warnings are taken from their tables, as they stand now; notes stand nowhere else and are kept whole. Nothing
// is opened for it: what is sealed there is what waits in the outbox.
import type { OutboxFate } from '../../core/ports.ts'
import { sentKeptMs } from '../../core/sync/settle.ts'
import type { SeatDatabase } from './database.ts'
import type { NewWaiting, SentRow, WaitingRow } from './storedRows.ts'
import { waitingRow } from './sealedRows.ts'
import type { Tables } from './transaction.ts'
import { answered } from './transaction.ts'

type Removed = Extract<OutboxFate, { fate: 'remove' }>

/** Within the transaction that takes these rows out, before they are gone. */
export const noteSent = async (tables: Tables, removed: readonly Removed[]): Promise<void> => {
  const [first] = removed
  if (!first) return
  const notes = await Promise.all(
    removed
      .filter((fate) => fate.kind === 'audit')
      .map(({ seq }) => answered<WaitingRow | undefined>(tables('outbox').get(seq))),
  )
  const idsOf = (kind: Removed['kind']) => removed.filter((fate) => fate.kind === kind).map(({ id }) => id)
  const at = Math.max(...removed.map(({ said }) => said.at))
  const row: SentRow = {
    at,
    first: first.seq,
    calls: idsOf('call'),
    tickets: idsOf('ticket'),
    warnings: idsOf('warning'),
    notes: notes.flatMap((note) => (note ? [{ id: note.id, sealed: note.sealed }] : [])),
  }
  tables('sent').put(row)
  tables('sent').delete(IDBKeyRange.upperBound([at - sentKeptMs]))
}

/** Within a transaction on sent, calls, tickets and warnings: all that was acknowledged, each thing once, oldest first. */
export const sentRows = async (database: SeatDatabase, now: number): Promise<readonly NewWaiting[]> => {
  const rows = await database.sent.toArray()
  const calls = await database.calls.bulkGet([...new Set(rows.flatMap((row) => row.calls))])
  const tickets = await database.tickets.bulkGet([...new Set(rows.flatMap((row) => row.tickets))])
  const raised = new Set(rows.flatMap(({ warnings = [] }) => warnings))
  const warnings = await database.warnings.bulkGet([...raised])
  const notes = new Map(rows.flatMap((row) => row.notes.map((note) => [note.id, note] as const)))
  return [
    ...calls.flatMap((row) =>
      row?.rev === undefined ? [] : [waitingRow({ id: row.id, kind: 'call', rev: row.rev }, row.sealed, now)],
    ),
    ...tickets.flatMap((row) => (row ? [waitingRow({ ...row, kind: 'ticket' }, row.sealed, now)] : [])),
    ...warnings.flatMap((row) =>
      row ? [waitingRow({ id: row.id, kind: 'warning', rev: row.rev, urgent: 0 }, row.sealed, now)] : [],
    ),
    ...[...notes.values()].map(({ id, sealed }) => waitingRow({ id, kind: 'audit', rev: 1 }, sealed, now)),
  ]
}
