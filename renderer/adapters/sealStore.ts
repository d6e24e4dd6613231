// [STORE-15] Seals what does not lie under the newest key: what a program before version 3 of the schema left in clear, and
// what an older key of the ring sealed, whose blinds nobody would look for any more. What a person works with is sealed before
// anything else uses the store; the calls of others, which may be a hundred thousand, behind the agent's back, newest first.
// [STORE-24] On the same way the calls of a program before version 6 are given their marks.
// When it stops in the middle the next start goes on, and every row is whole at any moment.
import type { IndexableType } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { Clock } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { sealedUnder } from '../../core/seal/sealer.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import type {
  Bytes,
  CallRow,
  DraftRow,
  JournalRow,
  SentRow,
  TicketRow,
  WaitingRow,
  WarningRow,
} from './storedRows.ts'
import * as rows from './sealedRows.ts'

/** Rows as version 2 of the schema knew them. */
type ClearCall = { readonly record: CallRecord | null; readonly summary: CallSummary | null }
type ClearTicket = { dispatch: TicketDispatch; number: string | null; centre: Ticket | null }
type ClearText = { readonly text: Bytes }
type Clear<Row, Before> = Omit<Row, 'sealed'> & { readonly sealed?: undefined } & Before

const portion = 250
/** Where little of what is looked at is to be sealed. */
const scanned = 2_000
/** More were never looked through when lists were made without marks. */
const markedFirst = 1_000

/** Rows of a program before version 6 of the schema are not: nobody would look for them by their marks. */
const isMarked = ({ agent }: { readonly agent?: string }): boolean => agent !== undefined

/** How a row of each table is made anew; null: it is as it should be, or does not open and is left alone. */
const anew = (sealer: Sealer) => {
  const isDone = (sealed: Bytes): boolean => sealedUnder(sealed) === sealer.keyId
  const bytes = async (table: string, id: string, sealed: Bytes): Promise<Bytes | null> => {
    const plain = isDone(sealed) ? null : await sealer.open(table, id, sealed)
    return plain && sealer.seal(table, id, plain)
  }
  const ownCall = async (record: CallRecord) => (await rows.ownRows(sealer, record, 0)).row
  const marked = async (row: CallRow): Promise<CallRow | null> => {
    const summary = await rows.openSummary(sealer, row)
    return summary && { ...row, ...(await rows.keysOf(sealer, summary)) }
  }
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
      if (isDone(row.sealed)) return isMarked(row) ? null : marked(row)
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
      return { ...rows.warningRow(report, waiting), number: row.number ?? null, centre: told }
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
  many = portion,
): Promise<Answer<null>> => {
  const table = ({ dexie }: SeatDatabase) => dexie.table<Row>(name)
  let after: IndexableType | null = null
  for (;;) {
    const last: IndexableType | null = after
    const keys: Answer<IndexableType[]> = await store.read((database) =>
      (last === null ? table(database).toCollection() : table(database).where(':id').above(last))
        .limit(many)
        .primaryKeys(),
    )
    if (!keys.ok) return keys
    const found = await store.read((database) => table(database).bulkGet(keys.value))
    if (!found.ok) return found
    const made = await rows.openAll(found.value, async (row) => (row === undefined ? null : again(row)))
    for (let at = 0; at < made.length; at += portion) {
      const written = await store.write((database) => table(database).bulkPut(made.slice(at, at + portion)))
      if (!written.ok) return written
    }
    if (keys.value.length < many) return done(null)
    after = keys.value.at(-1) ?? null
  }
}

type AnyCall = CallRow | Clear<CallRow, ClearCall>

/**
 * What may not wait: all that is unsent or being written, and this person's own calls, which what is pulled must not take
 * the place of. How many calls are still to be looked at; 0: all is as it should be.
 */
export const sealFirst = async (store: SeatStore, sealer: Sealer): Promise<Answer<number>> => {
  const under = await store.read((database) => database.kept.get('sealedUnder'))
  if (!under.ok) return under
  if (under.value?.value === sealer.keyId) return done(0)
  const { outbox, journal, drafts, tickets, warnings, sent, calls } = anew(sealer)
  const ownInClear = async (row: AnyCall): Promise<CallRow | null> =>
    row.sealed === undefined && row.record !== null ? calls(row) : null
  for (const next of [
    () => sealTable(store, 'outbox', outbox),
    () => sealTable(store, 'journal', journal),
    () => sealTable(store, 'drafts', drafts),
    () => sealTable(store, 'tickets', tickets),
    () => sealTable(store, 'warnings', warnings),
    () => sealTable(store, 'sent', sent),
    () => sealTable(store, 'calls', ownInClear, scanned),
  ]) {
    const answer = await next()
    if (!answer.ok) return answer
  }
  const left = await store.read((database) => database.calls.count())
  return left.ok && left.value === 0 ? noteSealed(store, sealer) : left
}

const noteSealed = async (store: SeatStore, sealer: Sealer): Promise<Answer<number>> => {
  const noted = await store.write((database) =>
    database.kept.bulkPut([
      { name: 'sealedUnder', value: sealer.keyId },
      { name: 'marked', value: true },
    ]),
  )
  return noted.ok ? done(0) : noted
}

/** What was changed, sealed or taken out between the look and the write stays as it was left. */
const putUnchanged = ({ dexie, calls }: SeatDatabase, looked: readonly AnyCall[], made: readonly CallRow[]) =>
  dexie.transaction('rw', calls, async () => {
    const seen = new Map(looked.map((row) => [row.id, row]))
    const now: readonly (AnyCall | undefined)[] = await calls.bulkGet(made.map((row) => row.id))
    const isSame = (_: unknown, at: number): boolean => {
      const [row, before] = [now[at], seen.get(made[at]?.id ?? '')]
      if (row === undefined || before === undefined || row.rev !== before.rev) return false
      if (isMarked(row) !== isMarked(before)) return false
      return row.sealed === undefined
        ? before.sealed === undefined
        : before.sealed !== undefined && sealedUnder(row.sealed) === sealedUnder(before.sealed)
    }
    await calls.bulkPut(made.filter(isSame))
  })

/** Newest first. `going` is told after each portion how many are left, and says whether to go on. */
export const sealRest = async (
  store: SeatStore,
  sealer: Sealer,
  going: (left: number) => Promise<boolean>,
): Promise<Answer<number>> => {
  const { calls: again } = anew(sealer)
  const all = await store.read(({ calls }) => calls.count())
  if (!all.ok) return all
  let left = all.value
  let before: string | null = null
  for (;;) {
    const last: string | null = before
    const found: Answer<AnyCall[]> = await store.read(({ calls }) =>
      (last === null ? calls.orderBy(':id') : calls.where(':id').below(last))
        .reverse()
        .limit(portion)
        .toArray(),
    )
    if (!found.ok) return found
    const made = await rows.openAll(found.value, again)
    if (made.length > 0) {
      const written = await store.write((database) => putUnchanged(database, found.value, made))
      if (!written.ok) return written
    }
    if (found.value.length < portion) return noteSealed(store, sealer)
    before = found.value.at(-1)?.id ?? null
    left = Math.max(1, left - portion)
    if (!(await going(left))) return done(left)
  }
}

/**
 * [STORE-24] Where all is sealed as it should be: the newest calls are given the marks they are listed by. How many are still
 * to be looked at, as above.
 */
export const markFirst = async (store: SeatStore, sealer: Sealer): Promise<Answer<number>> => {
  const marked = await store.read((database) => database.kept.get('marked'))
  if (!marked.ok || marked.value) return marked.ok ? done(0) : marked
  let looked = 0
  return sealRest(store, sealer, async () => {
    looked += portion
    return looked < markedFirst
  })
}

/** Not while the desk is being set up. */
const firstAfterMs = 3_000
const againAfterMs = 60_000
const shortestPauseMs = 30

/** [STORE-15] Half of the time is the agent's. The answer ends it. */
export const keepSealing = (
  store: SeatStore,
  sealer: Sealer,
  clock: Pick<Clock, 'after' | 'tick'>,
  told: (left: number) => void,
): (() => void) => {
  let isOver = false
  let cancel = clock.after(firstAfterMs, () => void run())
  const run = async (): Promise<void> => {
    let begun = clock.tick()
    const answer = await sealRest(store, sealer, (left) => {
      told(left)
      const took = clock.tick() - begun
      return new Promise((resolve) => {
        cancel = clock.after(Math.max(shortestPauseMs, took), () => {
          begun = clock.tick()
          resolve(!isOver)
        })
      })
    })
    if (isOver) return
    if (answer.ok) told(answer.value)
    else cancel = clock.after(againAfterMs, () => void run())
  }
  return () => {
    isOver = true
    cancel()
  }
}
