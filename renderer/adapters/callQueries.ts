// The Records port, the half that looks: pages, counts, a caller's history, drafts, work orders, reference data.
// Two ways to answer a page: few hits are fetched and sorted, many hits are met soon when walking back in time.
import { Reference } from '../../contract/reference.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallQuery, Records } from '../../core/ports.ts'
import { linkedWithinMs, summaryOf } from '../../core/softphone/callSummary.ts'
import type { SearchText } from '../../core/sync/searchKeys.ts'
import { searchText, tailKey } from '../../core/sync/searchKeys.ts'
import type { CallRow, SeatDatabase, SeatStore } from './database.ts'

type Filter = Omit<CallQuery, 'before' | 'limit'>
type CallHits = ReturnType<SeatDatabase['calls']['toCollection']>

/** Fewer hits than this are fetched whole; more of them are soon met by walking. */
const fewHits = 500
/** With a further filter even many are fetched: it may leave none of them, and walking would not end. */
const manyHits = 20_000
const end = '\uffff'

/** What summaries from before protocols 3 and 6 leave out. */
const toldNothing = { endedBy: null, callRef: null, madeFor: null }

const shown = (row: CallRow): CallSummary[] => {
  if (row.record) return [summaryOf(row.record)]
  return row.summary ? [{ ...toldNothing, ...row.summary }] : []
}

type Place = { readonly id: string; readonly offeredAt: number }

const newestFirst = (a: Place, b: Place): number =>
  b.offeredAt - a.offeredAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** A name may meet a row by two of its keys (王王): fetched rows are made one by `once`. */
const hitsOf = (database: SeatDatabase, search: NonNullable<SearchText>): CallHits =>
  search.by === 'tail'
    ? database.calls.where('[tail+offeredAt]').between([search.key], [search.key + end], true, true)
    : database.calls.where('names').startsWith(search.key)

const once = (rows: readonly CallRow[]): CallRow[] => [...new Map(rows.map((row) => [row.id, row])).values()]

const isFewer = async (hits: CallHits, than: number): Promise<boolean> =>
  (await hits.limit(than).primaryKeys()).length < than

const matches =
  (query: Filter, search: SearchText) =>
  (row: CallRow): boolean => {
    if (query.category !== null && row.category !== query.category) return false
    if (query.from !== null && row.offeredAt < query.from) return false
    if (query.to !== null && row.offeredAt >= query.to) return false
    if (search?.by === 'tail') return row.tail?.startsWith(search.key) ?? false
    return search === null || row.names.some((name) => name.startsWith(search.key))
  }

/** The rows between two instants, `to` not included, of one category or all. */
const span = (database: SeatDatabase, category: string | null, from: number, to: number): CallHits =>
  category === null
    ? database.calls.where('offeredAt').between(from, to, true, false)
    : database.calls.where('[category+offeredAt]').between([category, from], [category, to], true, false)

/** Newest first from `query.before` back, many rows at a time, until enough of them fit or none are left. */
const walk = async (
  database: SeatDatabase,
  query: CallQuery,
  fits: (row: CallRow) => boolean,
): Promise<readonly CallRow[]> => {
  const found: CallRow[] = []
  let last: Place | null = query.before
  let stride = query.text === '' ? query.limit + 8 : 256
  for (;;) {
    const seen = last
    const to = Math.min(query.to ?? Infinity, seen === null ? Infinity : seen.offeredAt + 1)
    const rows = await span(database, query.category, query.from ?? 0, to)
      .reverse()
      .limit(stride)
      .toArray()
    const unseen = seen === null ? rows : rows.filter((row) => newestFirst(row, seen) > 0)
    found.push(...unseen.filter(fits))
    if (found.length >= query.limit || rows.length < stride) return found.slice(0, query.limit)
    last = unseen.at(-1) ?? last
    // More calls in one instant than a stride holds.
    if (unseen.length === 0) stride *= 2
  }
}

const isNarrowed = ({ category, from, to }: Filter): boolean =>
  category !== null || from !== null || to !== null

const page = async (database: SeatDatabase, query: CallQuery): Promise<readonly CallSummary[]> => {
  const search = searchText(query.text)
  const fits = matches(query, search)
  const { before } = query
  if (search && (await isFewer(hitsOf(database, search), isNarrowed(query) ? manyHits : fewHits))) {
    const hits = once(await hitsOf(database, search).toArray()).filter(fits)
    const next = before === null ? hits : hits.filter((row) => newestFirst(row, before) > 0)
    return next.sort(newestFirst).slice(0, query.limit).flatMap(shown)
  }
  return (await walk(database, query, fits)).flatMap(shown)
}

const count = async (database: SeatDatabase, query: Filter): Promise<number> => {
  const search = searchText(query.text)
  if (!search && !isNarrowed(query)) return database.calls.count()
  if (!search) return span(database, query.category, query.from ?? 0, query.to ?? Infinity).count()
  if (isNarrowed(query))
    return once(await hitsOf(database, search).toArray()).filter(matches(query, search)).length
  return search.by === 'tail'
    ? hitsOf(database, search).count()
    : new Set(await hitsOf(database, search).primaryKeys()).size
}

const ofNumber = async (
  database: SeatDatabase,
  number: string,
  limit: number,
): Promise<readonly CallSummary[]> => {
  const tail = tailKey(number)
  if (tail === '') return []
  const calls = database.calls.where('[tail+offeredAt]').between([tail, 0], [tail, Infinity], true, true)
  return (await calls.reverse().limit(limit).toArray()).flatMap(shown)
}

const linked = async (
  database: SeatDatabase,
  { id, callRef, offeredAt }: Parameters<Records['linked']>[0],
): Promise<readonly CallSummary[]> => {
  if (callRef === null) return []
  const around = database.calls
    .where('offeredAt')
    .between(offeredAt - linkedWithinMs, offeredAt + linkedWithinMs, true, true)
  const sameRef = (row: CallRow) => (row.record ?? row.summary)?.callRef === callRef && row.id !== id
  return (await around.filter(sameRef).toArray()).flatMap(shown)
}

/** Two are kept: the newest as it came, and the newest this program could read. */
const reference = async (database: SeatDatabase): Promise<Reference | null> => {
  for (const name of ['reference', 'referenceRead']) {
    const parsed = Reference.safeParse((await database.kept.get(name))?.value)
    if (parsed.success) return parsed.data
  }
  return null
}

/**
 * A journal entry counts as long as its call is not stored. Those of finished calls are swept here, at the next
 * start, and not when the call is saved: the agent would wait for it.
 */
const unfinished = async (database: SeatDatabase): Promise<CallRecord[]> => {
  const journalled = await database.journal.toArray()
  const calls = await database.calls.bulkGet(journalled.map((record) => record.id))
  const isOver = (_: CallRecord, at: number): boolean => Boolean(calls[at]?.record)
  await database.journal.bulkDelete(journalled.filter(isOver).map((record) => record.id))
  return journalled.filter((record, at) => !isOver(record, at))
}

type Looking = Pick<
  Records,
  'read' | 'drafts' | 'unfinished' | 'page' | 'count' | 'ofNumber' | 'linked' | 'tickets' | 'reference'
>

export const callQueries = (store: SeatStore): Looking => {
  const many = async <T>(answer: Promise<Answer<T[]>>): Promise<Answer<readonly T[]>> => answer
  return {
    async read(id) {
      const answer = await store.read((database) => database.calls.get(id))
      return answer.ok ? done(answer.value?.record ?? null) : answer
    },
    drafts: () => many(store.read((database) => database.drafts.toCollection().sortBy('openedAt'))),
    unfinished: () => many(store.write(unfinished)),
    page: (query) => store.read((database) => page(database, query)),
    count: (query) => store.read((database) => count(database, query)),
    ofNumber: (number, limit) => store.read((database) => ofNumber(database, number, limit)),
    linked: (call) => store.read((database) => linked(database, call)),
    async tickets(limit) {
      const answer = await store.read((database) =>
        database.tickets.orderBy('dispatchedAt').reverse().limit(limit).toArray(),
      )
      if (!answer.ok) return answer
      return done(
        answer.value.map(({ dispatch, number, centre }) => ({
          dispatch,
          number: centre?.number ?? number,
          centre,
        })),
      )
    },
    reference: () => store.read(reference),
  }
}
