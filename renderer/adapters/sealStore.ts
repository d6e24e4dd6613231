// [STORE-15] Seals what does not lie under the newest key: what a program before version 3 of the schema left in clear, and
// what an older key of the ring sealed, whose blinds nobody would look for any more. In portions, before anything else
// uses the store; when it stops in the middle the next start goes on, and every row is whole at any moment.
import type { IndexableType } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { sealedUnder } from '../../core/seal/sealer.ts'
import type {
  Bytes,
  CallRow,
  DraftRow,
  JournalRow,
  SeatDatabase,
  SeatStore,
  SentRow,
  TicketRow,
  WaitingRow,
  WarningRow,
} from './database.ts'
import * as rows from './sealedRows.ts'

/** Rows as version 2 of the schema knew them. */
type ClearCall = { readonly record: CallRecord | null; readonly summary: CallSummary | null }
type ClearTicket = { dispatch: TicketDispatch; number: string | null; centre: Ticket | null }
type ClearText = { readonly text: Bytes }
type Clear<Row, Before> = Omit<Row, 'sealed'> & { readonly sealed?: undefined } & Before

const portion = 250

/** How a row of each table is made anew; null: it is as it should be, or does not open and is left alone. */
const anew = (sealer: Sealer) => {
  const isDone = (sealed: Bytes): boolean => sealedUnder(sealed) === sealer.keyId
  const bytes = async (table: string, id: string, sealed: Bytes): Promise<Bytes | null> => {
    const plain = isDone(sealed) ? null : await sealer.open(table, id, sealed)
    return plain && sealer.seal(table, id, plain)
  }
  const ownCall = async (record: CallRecord) => (await rows.ownRows(sealer, record, 0)).row
  const ticket = async (dispatch: TicketDispatch, centre: Ticket | null, number: string | null) => {
    const told = centre && (await rows.toldRow(sealer, centre)).centre
    const waiting = await rows.newWaiting(sealer, { kind: 'ticket', body: dispatch }, 0)
    return { ...rows.dispatchRow(dispatch, waiting), number, centre: told }
  }
  return {
    async outbox(row: WaitingRow | Clear<WaitingRow, ClearText>): Promise<WaitingRow | null> {
      if (row.sealed === undefined) {
        const { text, ...rest } = row
        return { ...rest, sealed: await sealer.seal(row.kind, row.id, text) }
      }
      const sealed = await bytes(row.kind, row.id, row.sealed)
      return sealed && { ...row, sealed }
    },
    async calls(row: CallRow | Clear<CallRow, ClearCall>): Promise<CallRow | null> {
      if (row.sealed === undefined) {
        if (row.record) return ownCall(row.record)
        return row.summary && rows.otherRow(sealer, row.summary)
      }
      if (isDone(row.sealed)) return null
      const record = await rows.openRecord(sealer, row)
      if (record) return ownCall(record)
      const summary = await rows.openSummary(sealer, row)
      return summary && rows.otherRow(sealer, summary)
    },
    async journal(row: JournalRow | (CallRecord & { sealed?: undefined })): Promise<JournalRow | null> {
      if (row.sealed === undefined) return rows.journalRow(sealer, row)
      const sealed = await bytes('journal', row.id, row.sealed)
      return sealed && { ...row, sealed }
    },
    async drafts(row: DraftRow | (Draft & { sealed?: undefined })): Promise<DraftRow | null> {
      if (row.sealed === undefined) return rows.draftRow(sealer, row)
      const sealed = await bytes('draft', row.callId, row.sealed)
      return sealed && { ...row, sealed }
    },
    async tickets(row: TicketRow | (ClearTicket & { sealed?: undefined })): Promise<TicketRow | null> {
      if (row.sealed === undefined) return ticket(row.dispatch, row.centre, row.centre?.number ?? row.number)
      if (isDone(row.sealed)) return null
      const opened = await rows.openTicket(sealer, row)
      return opened && ticket(opened.dispatch, opened.centre, row.number)
    },
    async warnings(row: WarningRow): Promise<WarningRow | null> {
      if (isDone(row.sealed)) return null
      const opened = await rows.openWarning(sealer, row)
      if (!opened) return null
      const { report, centre } = opened
      const waiting = await rows.newWaiting(sealer, { kind: 'warning', body: report }, 0)
      const told = centre && (await rows.toldWarningRow(sealer, centre)).centre
      return { ...rows.warningRow(report, waiting), centre: told }
    },
    async sent(row: SentRow): Promise<SentRow | null> {
      const notes = await Promise.all(
        row.notes.map(async (note: SentRow['notes'][number] | (ClearText & { id: string })) => {
          if ('text' in note) return { id: note.id, sealed: await sealer.seal('audit', note.id, note.text) }
          return { id: note.id, sealed: (await bytes('audit', note.id, note.sealed)) ?? note.sealed }
        }),
      )
      return { ...row, notes }
    },
  }
}

const sealTable = async <Row>(
  store: SeatStore,
  name: string,
  again: (row: Row) => Promise<Row | null>,
): Promise<Answer<null>> => {
  const table = ({ dexie }: SeatDatabase) => dexie.table<Row>(name)
  let after: IndexableType | null = null
  for (;;) {
    const last: IndexableType | null = after
    const keys: Answer<IndexableType[]> = await store.read((database) =>
      (last === null ? table(database).toCollection() : table(database).where(':id').above(last))
        .limit(portion)
        .primaryKeys(),
    )
    if (!keys.ok) return keys
    const found = await store.read((database) => table(database).bulkGet(keys.value))
    if (!found.ok) return found
    const made = await rows.openAll(found.value, async (row) => (row === undefined ? null : again(row)))
    if (made.length > 0) {
      const written = await store.write((database) => table(database).bulkPut(made))
      if (!written.ok) return written
    }
    if (keys.value.length < portion) return done(null)
    after = keys.value.at(-1) ?? null
  }
}

export const sealStore = async (store: SeatStore, sealer: Sealer): Promise<Answer<null>> => {
  const under = await store.read((database) => database.kept.get('sealedUnder'))
  if (!under.ok) return under
  if (under.value?.value === sealer.keyId) return done(null)
  const { outbox, journal, drafts, tickets, warnings, sent, calls } = anew(sealer)
  // Unsent work and drafts first.
  for (const next of [
    () => sealTable(store, 'outbox', outbox),
    () => sealTable(store, 'journal', journal),
    () => sealTable(store, 'drafts', drafts),
    () => sealTable(store, 'tickets', tickets),
    () => sealTable(store, 'warnings', warnings),
    () => sealTable(store, 'sent', sent),
    () => sealTable(store, 'calls', calls),
  ]) {
    const answer = await next()
    if (!answer.ok) return answer
  }
  const noted = await store.write((database) =>
    database.kept.put({ name: 'sealedUnder', value: sealer.keyId }),
  )
  return noted.ok ? done(null) : noted
}
