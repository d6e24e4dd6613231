// What the centre acknowledged in the last days, by id: should it come back from a backup, all of it goes again. Calls
// and work orders are rebuilt from their tables, as they stand now; notes stand nowhere else and are kept whole.
import { PushItem } from '../../contract/sync.ts'
import type { OutboxFate } from '../../core/ports.ts'
import { sentKeptMs } from '../../core/sync/settle.ts'
import type { SeatDatabase, SentRow, WaitingRow } from './database.ts'
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
    notes: notes.flatMap((note) => (note ? [{ id: note.id, text: note.text }] : [])),
  }
  tables('sent').put(row)
  tables('sent').delete(IDBKeyRange.upperBound([at - sentKeptMs]))
}

/** Within a transaction on sent, calls and tickets: all that was acknowledged, each thing once, oldest first. */
export const sentItems = async (database: SeatDatabase): Promise<readonly PushItem[]> => {
  const rows = await database.sent.toArray()
  const calls = await database.calls.bulkGet([...new Set(rows.flatMap((row) => row.calls))])
  const tickets = await database.tickets.bulkGet([...new Set(rows.flatMap((row) => row.tickets))])
  const notes = new Map(rows.flatMap((row) => row.notes.map(({ id, text }) => [id, text] as const)))
  return [
    ...calls.flatMap((row): PushItem[] => (row?.record ? [{ kind: 'call', body: row.record }] : [])),
    ...tickets.flatMap((row): PushItem[] => (row ? [{ kind: 'ticket', body: row.dispatch }] : [])),
    ...[...notes.values()].map((text) => PushItem.parse(JSON.parse(new TextDecoder().decode(text)))),
  ]
}
