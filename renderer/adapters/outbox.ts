// The Outbox port on the seat's database. `addToOutbox` is for records.ts, inside its own transactions; what was
// acknowledged is kept by sentLog.ts; everything else is for the uploader and the sync page.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import { sealBytes } from '../../contract/seal.ts'
import type { PushKind } from '../../contract/sync.ts'
import type { JournalPiece, Outbox, OutboxCounts, OutboxFate, OutboxRow } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { isDue } from '../../core/sync/settle.ts'
import { withAlone } from './aloneUnsent.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import type { Bytes, NewWaiting, WaitingRow } from './storedRows.ts'
import { cursorIn, freshCursor } from './cursor.ts'
import { keyOf, openItem } from './sealedRows.ts'
import { noteSent, sentRows } from './sentLog.ts'
import { numbersOf } from './toldNumbers.ts'
import { answered, inOne } from './transaction.ts'

const kinds: readonly PushKind[] = ['call', 'ticket', 'warning', 'audit']
/** Where the official number of what was sent is kept. */
const numberedIn = { call: null, ticket: 'tickets', warning: 'warnings', audit: null } as const

/** The row in place of an unsent one: it keeps the age of the oldest change, for the sync lag. */
export const inPlaceOf = (old: WaitingRow | undefined, row: NewWaiting): NewWaiting =>
  old && old.parked === undefined ? { ...row, putAt: old.putAt, since: old.putAt } : row

/**
 * Within a transaction on outbox: puts the rows, each in place of an unsent earlier rev. The new row gets a new seq,
 * so that the answer to a batch already under way cannot remove what it did not carry.
 */
export const addToOutbox = async (
  database: Pick<SeatDatabase, 'outbox'>,
  rows: readonly NewWaiting[],
): Promise<void> => {
  const before = await database.outbox
    .where('key')
    .anyOf(rows.map((row) => row.key))
    .toArray()
  const earlier = new Map(before.map((row) => [row.key, row]))
  const fresh = rows.filter((row) => (earlier.get(row.key)?.rev ?? 0) < row.rev)
  const replaced = fresh.flatMap((row) => earlier.get(row.key)?.seq ?? [])
  if (replaced.length > 0) await database.outbox.bulkDelete(replaced)
  await database.outbox.bulkAdd(fresh.map((row) => inPlaceOf(earlier.get(row.key), row)))
}

const shown = (row: WaitingRow, text: Bytes, told: string | null = null): OutboxRow => ({
  ...(told === null ? {} : { told }),
  seq: row.seq,
  id: row.id,
  kind: row.kind,
  rev: row.rev,
  urgent: row.urgent !== undefined,
  text,
  putAt: row.putAt,
  attempts: row.attempts,
  dueAt: row.later ?? 0,
  state: stateOf(row),
  problem: row.problem,
})

const stateOf = (row: WaitingRow): OutboxRow['state'] => (row.parked === undefined ? 'waiting' : 'parked')

/** [STORE-16] Sealed under a key this seat does not have: kept, shown, and not sent. */
const shut = '这一条用另一把钥匙加密，已留在本机；请签出后用密码重新签入，再按重试'

/** What the centre may have lost, in the outbox again as it stands now, unless something newer of it waits. */
const putSentBack = (
  database: SeatDatabase,
  epoch: number,
  now: number,
): Promise<readonly JournalPiece[]> => {
  const { dexie, outbox, sent, calls, tickets, warnings, kept } = database
  return dexie.transaction('rw', [outbox, sent, calls, tickets, warnings, kept], async () => {
    const rows = await sentRows(database, now)
    await addToOutbox(database, rows)
    await sent.clear()
    // What the centre told of work orders and warnings is of a time it no longer knows; it tells them anew.
    await tickets.toCollection().modify({ centre: null })
    await warnings.toCollection().modify({ centre: null })
    await kept.put({ name: 'cursor', value: { ...freshCursor, epoch } })
    return rows.map(({ key, rev, sealed }) => ({ key, rev, sealed }))
  })
}

/** Rows read at a time: a batch is usually full by bytes before it is by number. */
const portion = 200

const due = (
  database: SeatDatabase,
  now: number,
  limit: number,
  maxBytes: number,
  after: number,
): Promise<readonly WaitingRow[]> =>
  inOne(database, 'readonly', ['outbox'], async (tables) => {
    const found: WaitingRow[] = []
    let bytes = 0
    let last = after
    /** False: the batch is full. */
    const take = (row: WaitingRow): boolean => {
      if (row.parked !== undefined || !isDue(row.later ?? 0, now)) return true
      bytes += row.sealed.length - sealBytes
      if (found.length === limit || (found.length > 0 && bytes > maxBytes)) return false
      found.push(row)
      return true
    }
    const first = after === 0 ? await answered<WaitingRow[]>(tables('outbox').index('urgent').getAll()) : []
    if (!first.every(take)) return found
    for (;;) {
      const range = IDBKeyRange.lowerBound(last, true)
      const asked = Math.min(limit, portion)
      const rows: readonly WaitingRow[] = await answered<WaitingRow[]>(tables('outbox').getAll(range, asked))
      if (!rows.every((row) => (after === 0 && row.urgent !== undefined) || take(row))) return found
      const end = rows.at(-1)
      if (rows.length < asked || found.length === limit || !end) return found
      last = end.seq
    }
  })

/** Neighbours that all go away are deleted as one range: no row can have come in between. */
const runsOf = (seqs: readonly number[]): [number, number][] => {
  const runs: [number, number][] = []
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && seq === run[1] + 1) run[1] = seq
    else runs.push([seq, seq])
  }
  return runs
}

const changed = (row: WaitingRow, fate: Exclude<OutboxFate, { fate: 'remove' }>): WaitingRow => {
  if (fate.fate === 'wait') return { ...row, later: fate.dueAt, attempts: fate.attempts }
  const { later: _, since: __, ...rest } = row
  return { ...rest, parked: fate.at, problem: { text: fate.text, field: fate.field, at: fate.at } }
}

/**
 * Those that left. [SYNC-27] A power cut may bring back what the centre has: it goes again, and is known there. What was
 * put off or refused the agent may have read, and it stays so.
 */
const settle = (database: SeatDatabase, fates: readonly OutboxFate[]): Promise<readonly OutboxFate[]> => {
  const use = fates.every(({ fate }) => fate === 'remove') ? 'forgettable' : 'readwrite'
  return inOne(database, use, ['outbox', 'tickets', 'warnings', 'sent', 'kept'], async (tables) => {
    const outbox = tables('outbox')
    const { epoch } = cursorIn(await answered<unknown>(tables('kept').get('cursor')))
    const removed = fates
      .filter((fate) => fate.fate === 'remove')
      .filter(({ said }) => said.epoch >= (epoch ?? 0))
    await noteSent(tables, removed)
    const numbers = removed.flatMap(({ id, kind, number }) => {
      const table = numberedIn[kind]
      return table === null || number === null ? [] : [{ of: tables(table), id, number }]
    })
    const kept = fates.filter((fate) => fate.fate !== 'remove')
    const [numbered, rows] = await Promise.all([
      Promise.all(numbers.map(({ of, id }) => answered<object | undefined>(of.get(id)))),
      Promise.all(kept.map(({ seq }) => answered<WaitingRow | undefined>(outbox.get(seq)))),
    ])
    for (const [first, last] of runsOf(removed.map((fate) => fate.seq)))
      outbox.delete(IDBKeyRange.bound(first, last))
    for (const [at, fate] of kept.entries()) {
      const row = rows[at]
      if (row) outbox.put(changed(row, fate))
    }
    for (const [at, { of, number }] of numbers.entries()) {
      const row = numbered[at]
      if (row) of.put({ ...row, number })
    }
    return removed
  })
}

const nextDueAt = async (database: SeatDatabase): Promise<number | null> => {
  const [all, parked, putOff, first] = await Promise.all([
    database.outbox.count(),
    database.outbox.where('parked').above(0).count(),
    database.outbox.where('later').above(0).count(),
    database.outbox.orderBy('later').first(),
  ])
  if (all > parked + putOff) return 0
  return first?.later ?? null
}

const counts = async (database: SeatDatabase): Promise<OutboxCounts> => {
  const [all, parked, replaced, oldest, [newest = 0]] = await Promise.all([
    database.outbox.count(),
    database.outbox.where('parked').above(0).count(),
    database.outbox.orderBy('since').first(),
    database.outbox.filter((row) => row.parked === undefined).first(),
    database.outbox.orderBy(':id').reverse().limit(1).primaryKeys(),
  ])
  const putAt = Math.min(oldest?.putAt ?? Infinity, replaced?.putAt ?? Infinity)
  return { waiting: all - parked, parked, oldestPutAt: Number.isFinite(putAt) ? putAt : null, newest }
}

export const openOutbox = (store: SeatStore, sealer: Sealer, now: () => number): Outbox =>
  withAlone(store, outboxOf(store, sealer, now, new Map()))

const outboxOf = (
  store: SeatStore,
  sealer: Sealer,
  now: () => number,
  /** By seq, of the rows handed out: the second journal must not let go of a later one. */
  revs: Map<number, number>,
): Outbox => ({
  async due(now, limit, maxBytes, after) {
    const answer = await store.read(async (database) => {
      const rows = await due(database, now, limit, maxBytes, after)
      const [texts, numbers] = await Promise.all([
        Promise.all(rows.map((row) => openItem(sealer, row))),
        numbersOf(database, rows),
      ])
      return rows.map((row, at) => ({ row, text: texts[at] ?? null, told: numbers.get(row.key) ?? null }))
    })
    if (!answer.ok) return answer
    for (const { row } of answer.value) revs.set(row.seq, row.rev)
    const closed = answer.value.flatMap(({ row, text }) => (text ? [] : [row]))
    if (closed.length > 0)
      await store.write((database) =>
        settle(
          database,
          closed.map(({ seq, id, kind }) => ({
            seq,
            id,
            kind,
            fate: 'park',
            text: shut,
            field: null,
            at: now,
          })),
        ),
      )
    return done(answer.value.flatMap(({ row, text, told }) => (text ? [shown(row, text, told)] : [])))
  },
  async settle(fates) {
    const answer = await store.write((database) => settle(database, fates))
    store.tellOutbox('less')
    if (!answer.ok) return answer
    store.places.end(
      answer.value.flatMap(({ seq, kind, id }) => {
        const rev = revs.get(seq)
        revs.delete(seq)
        return rev === undefined ? [] : [{ key: keyOf(kind, id), rev, seq: null }]
      }),
    )
    return done(null)
  },
  nextDueAt: () =>
    store.read((database) => database.dexie.transaction('r', database.outbox, () => nextDueAt(database))),
  counts: () =>
    store.read((database) => database.dexie.transaction('r', database.outbox, () => counts(database))),
  list: (limit) =>
    store.read(async (database) => {
      const parked = await database.outbox.where('parked').above(0).limit(limit).toArray()
      const waiting = await database.outbox
        .filter((row) => row.parked === undefined)
        .limit(limit - parked.length)
        .toArray()
      const rows = [...parked, ...waiting]
      const texts = await Promise.all(rows.map((row) => openItem(sealer, row)))
      return rows.map((row, at) => shown(row, texts[at] ?? new Uint8Array()))
    }),
  unsent: (ids) =>
    store.read(async (database) => {
      const keys = ids.flatMap((id) => kinds.map((kind) => keyOf(kind, id)))
      const rows = await database.outbox.where('key').anyOf(keys).toArray()
      return new Map(rows.map((row) => [row.id, stateOf(row)]))
    }),
  async sendAgain(epoch) {
    const answer = await store.write((database) => putSentBack(database, epoch, now()))
    // [JRNL-12] What waits again is journalled at once: nothing is lacking anywhere but if that fails. A new seat meets its
    // centre's epoch too, with nothing to send again.
    if (answer.ok && answer.value.length > 0)
      await store.places.save(Promise.resolve(answer), { puts: answer.value, ends: [] }, () => true)
    store.tellOutbox('more')
    return answer.ok ? done(null) : answer
  },
  async retry(seqs) {
    const again = { parked: undefined, later: undefined, attempts: 0, problem: null }
    const answer: Answer<number> = await store.write((database) =>
      database.dexie.transaction('rw', database.outbox, () =>
        (seqs === 'all'
          ? database.outbox.filter((row) => row.parked !== undefined || row.later !== undefined)
          : database.outbox.where('seq').anyOf(seqs)
        ).modify(again),
      ),
    )
    store.tellOutbox('more')
    if (!answer.ok) return answer
    return answer.value > 0 || seqs === 'all' ? done(null) : failed('not_found', '这一条已经上传，无需重试')
  },
  listen: (listener) => store.onOutbox(listener),
})
