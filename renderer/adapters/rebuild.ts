// [JRNL-11] Gives store and second journal what they lack of each other: rows of a store that was wiped, halved or too full
// to write come back from the journal; what the journal missed is written there. Runs at start, with the key at hand, and
// again while one of them is behind. Whatever it does may be done twice. What is lacking is comparePlaces.ts.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { Clock, JournalEnd, SecondJournal } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { Back } from './comparePlaces.ts'
import { fateOf, lookAt, missedBy } from './comparePlaces.ts'
import { cursorIn, freshCursor } from './cursor.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import { leaveOldLog } from './freshLog.ts'
import { addToOutbox } from './outbox.ts'
import type { Lack } from './twoPlaces.ts'

/** What came back into the store. `wiped`: the store is not the one it was. */
export type Rebuilt = { readonly records: number; readonly drafts: number; readonly wiped: boolean }

export type Places = {
  readonly store: SeatStore
  readonly journal: SecondJournal
  readonly sealer: Sealer
  readonly clock: Clock
}

/** A virus scanner may hold the files for a moment. */
const openings = 4
const openingPauseMs = 500

/**
 * [JRNL-15] A store whose files the browser does not open any more holds up the seat for ever. With the journal at hand,
 * which has all that waits, an empty one takes its place; without one it is left to whoever can still read it.
 */
export const openOrRenew = async ({
  store,
  journal,
  clock,
}: Omit<Places, 'sealer'>): Promise<Answer<unknown>> => {
  for (let left = openings; ; left -= 1) {
    const opened = await store.read(({ kept }) => kept.count())
    if (opened.ok || !store.isDamaged()) return opened
    if (left === 1) break
    await new Promise<void>((resolve) => clock.after(openingPauseMs, resolve))
  }
  const held = await journal.read()
  return held.ok ? store.renew() : held
}

/** Small enough for the store's time limit on a slow disk. */
const portion = 500
/** Stands in both places from the first start on. */
const mark = { key: 'store:mark', name: 'secondJournal' }

/** Rows that came meanwhile and are newer stay. What was not taken: a work order its call does not name. */
const putBack = (database: SeatDatabase, backs: readonly Back[]): Promise<readonly JournalEnd[]> => {
  const { dexie, calls, drafts, tickets, warnings, outbox, journal } = database
  return dexie.transaction('rw', [calls, drafts, tickets, warnings, outbox, journal], async () => {
    const rows = backs.flatMap(({ call }) => call ?? [])
    const oldRows = await calls.bulkGet(rows.map((row) => row.id))
    const newRows = rows.filter((row, at) => (oldRows[at]?.rev ?? 0) < row.rev)
    await calls.bulkPut(newRows)
    // What was filed while the store could not take it ends the draft that stands there.
    const ended = await drafts.bulkGet(newRows.map((row) => row.id))
    await drafts.bulkDelete(
      newRows.flatMap((row, at) => ((ended[at]?.openedAt ?? Infinity) <= (row.filedAt ?? 0) ? [row.id] : [])),
    )

    // [STORE-4] A second click may have drawn another work order: the one its call names is the one.
    const named = await calls.bulkGet(backs.map(({ callId }) => callId ?? ''))
    const isDisowned = ({ ticket }: Back, at: number): boolean => {
      const name = named[at]?.ticketId
      return ticket !== undefined && name !== undefined && name !== ticket.id
    }
    const taken = backs.filter((back, at) => !isDisowned(back, at))
    const orders = taken.flatMap(({ ticket }) => ticket ?? [])
    const oldOrders = await tickets.bulkGet(orders.map((row) => row.id))
    await tickets.bulkPut(
      orders.flatMap((row, at) => {
        const old = oldOrders[at]
        if (old && old.rev >= row.rev) return []
        return [old ? { ...row, number: old.number, centre: old.centre } : row]
      }),
    )
    const raised = taken.flatMap(({ warning }) => warning ?? [])
    const oldRaised = await warnings.bulkGet(raised.map((row) => row.id))
    await warnings.bulkPut(
      raised.flatMap((row, at) => {
        const old = oldRaised[at]
        if (old && old.rev >= row.rev) return []
        return [old ? { ...row, number: old.number ?? null, centre: old.centre } : row]
      }),
    )
    await addToOutbox(
      database,
      taken.flatMap(({ waiting }) => waiting ?? []),
    )

    const typed = backs.flatMap(({ draft }) => draft ?? [])
    const ofDrafts = await calls.bulkGet(typed.map((row) => row.callId))
    await drafts.bulkPut(typed.filter((row, at) => (ofDrafts[at]?.filedAt ?? 0) < row.openedAt))
    await journal.bulkPut(backs.flatMap(({ ringing }) => ringing ?? []))
    return backs.filter(isDisowned).map(({ key, waiting }) => ({ key, rev: waiting?.rev ?? null, seq: null }))
  })
}

/** What is missing of the history comes from the centre again, from the beginning. */
const pullAnew = async ({ kept }: SeatDatabase): Promise<void> => {
  const { epoch } = cursorIn(await kept.get('cursor'))
  await kept.put({ name: 'cursor', value: { ...freshCursor, epoch } })
}

export const rebuild = async (places: Places, isStart: boolean): Promise<Answer<Rebuilt>> => {
  const { store, journal, sealer, clock } = places
  /** What fails here may lack what the other one has: it is tried again, and said. */
  const of = async <T>(place: keyof Lack, asked: Promise<Answer<T>>): Promise<Answer<T>> => {
    const answer = await asked
    if (!answer.ok) store.places.lacks(place)
    return answer
  }
  const read = await of('journal', journal.read())
  if (!read.ok) return read
  const pieces = read.value.filter(({ key }) => key !== mark.key)
  const looked = await of(
    'store',
    store.read((database) => lookAt(database, pieces)),
  )
  if (!looked.ok) return looked
  const seen = looked.value
  const fates = await Promise.all(pieces.map((piece) => fateOf(sealer, seen, piece, clock.now())))

  const backs = fates.filter((fate) => fate !== null && typeof fate === 'object')
  const over: JournalEnd[] = pieces
    .filter((_, at) => fates[at] === 'over')
    .map(({ key, rev }) => ({ key, rev, seq: null }))
  // By key: calls come before their work orders.
  for (let at = 0; at < backs.length; at += portion) {
    const put = await of(
      'store',
      store.write((database) => putBack(database, backs.slice(at, at + portion))),
    )
    if (!put.ok) return put
    over.push(...put.value)
  }
  if (backs.length > 0) store.tellOutbox('more')
  const missed = missedBy(pieces, fates, seen)
  if (missed.length + over.length > 0) {
    const saved = await of('journal', journal.save(missed, over))
    if (!saved.ok) return saved
  }

  const records = backs.filter(({ counts, draft }) => counts && !draft).length
  const drafts = backs.filter(({ draft }) => draft !== undefined).length
  const marked = await of(
    'store',
    store.read(({ kept }) => kept.get(mark.name)),
  )
  if (!marked.ok) return marked
  const isKnown = read.value.some(({ key }) => key === mark.key)
  const wiped = isKnown && marked.value === undefined
  const lost = wiped || (isStart && records + drafts > 0)
  if (lost || !marked.value) {
    const noted = await of(
      'store',
      store.write(async (database) => {
        await database.kept.put({ name: mark.name, value: true })
        if (lost) await pullAnew(database)
      }),
    )
    if (!noted.ok) return noted
  }
  if (!isKnown) {
    const sealed = await sealer.seal('store', 'mark', new Uint8Array(1))
    const noted = await of('journal', journal.save([{ key: mark.key, rev: 1, sealed }], []))
    if (!noted.ok) return noted
  }
  return done({ records, drafts, wiped })
}

/**
 * The browser says that it deleted, and begins the new log behind that, when it has time: on a computer with much to do two
 * seconds were not enough. Nothing waits for it, the second journal has all of it.
 */
const newLogMs = 10_000
const firstPauseMs = 5_000
const longestPauseMs = 60_000

/** Tries to make good what one of the places lacks, again and again, and tells; the answer ends it. */
export const keepMending = (places: Places, told: (rebuilt: Rebuilt) => void): (() => void) => {
  const { store, clock } = places
  let failures = 0
  let isPlanned = false
  let isOver = false
  let cancel = (): void => undefined
  const plan = (): void => {
    const { store: ofStore, journal: ofJournal } = store.places.lack()
    if (isOver || isPlanned || (!ofStore && !ofJournal)) return
    isPlanned = true
    cancel = clock.after(Math.min(longestPauseMs, firstPauseMs * 2 ** failures), () => void mend())
  }
  const mend = async (): Promise<void> => {
    await store.places.makeGood(async () => {
      // What failed may have torn the log that the browser goes on in: behind it nothing is made good.
      if (store.places.lack().store) {
        if (!(await leaveOldLog(indexedDB, clock))) {
          failures += 1
          return false
        }
        await new Promise<void>((resolve) => clock.after(newLogMs, resolve))
      }
      const answer = await rebuild(places, false)
      failures = answer.ok ? 0 : failures + 1
      if (answer.ok) told(answer.value)
      return answer.ok
    })
    isPlanned = false
    plan()
  }
  const leave = store.places.onLack(plan)
  plan()
  return () => {
    isOver = true
    leave()
    cancel()
  }
}
