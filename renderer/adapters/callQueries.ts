// The Records port, the half that looks: pages, counts, a caller's history, drafts, work orders, reference data.
// Two ways to answer a page: few hits are fetched and sorted, many hits are met soon when walking back in time.
import { Reference } from '../../contract/reference.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallQuery, Records } from '../../core/ports.ts'
import { summaryOf } from '../../core/softphone/callSummary.ts'
import type { SearchText } from '../../core/sync/searchKeys.ts'
import { searchText, tailKey } from '../../core/sync/searchKeys.ts'
import type { CallRow, SeatDatabase, SeatStore } from './database.ts'

type Filter = Omit<CallQuery, 'before' | 'limit'>
type CallHits = ReturnType<SeatDatabase['calls']['toCollection']>

/** Fewer hits than this are fetched whole. */
const fewHits = 1_000
const end = '\uffff'

const shown = (row: CallRow): CallSummary[] => {
  if (row.record) return [summaryOf(row.record)]
  return row.summary ? [row.summary] : []
}

const newestFirst = (a: CallRow, b: CallRow): number =>
  b.offeredAt - a.offeredAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

const hitsOf = (database: SeatDatabase, search: NonNullable<SearchText>): CallHits =>
  search.by === 'tail'
    ? database.calls.where('[tail+offeredAt]').between([search.key], [search.key + end], true, true)
    : database.calls.where('names').startsWith(search.key).distinct()

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

const page = async (database: SeatDatabase, query: CallQuery): Promise<readonly CallSummary[]> => {
  const search = searchText(query.text)
  const { before } = query
  const isNext = (row: CallRow): boolean =>
    before === null ||
    row.offeredAt < before.offeredAt ||
    (row.offeredAt === before.offeredAt && row.id < before.id)
  if (search && (await hitsOf(database, search).count()) < fewHits) {
    const rows = await hitsOf(database, search).toArray()
    const fitting = rows.filter(matches(query, search)).filter(isNext).sort(newestFirst)
    return fitting.slice(0, query.limit).flatMap(shown)
  }
  const to = Math.min(query.to ?? Infinity, before === null ? Infinity : before.offeredAt + 1)
  let rows = span(database, query.category, query.from ?? 0, to).reverse()
  if (before !== null) rows = rows.filter(isNext)
  if (search) rows = rows.filter(matches(query, search))
  return (await rows.limit(query.limit).toArray()).flatMap(shown)
}

const count = async (database: SeatDatabase, query: Filter): Promise<number> => {
  const search = searchText(query.text)
  if (!search) return span(database, query.category, query.from ?? 0, query.to ?? Infinity).count()
  const alone = query.category === null && query.from === null && query.to === null
  if (alone && search.by === 'tail') return hitsOf(database, search).count()
  if (alone) return (await hitsOf(database, search).primaryKeys()).length
  return (await hitsOf(database, search).toArray()).filter(matches(query, search)).length
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

/** Two are kept: the newest as it came, and the newest this program could read. */
const reference = async (database: SeatDatabase): Promise<Reference | null> => {
  for (const name of ['reference', 'referenceRead']) {
    const parsed = Reference.safeParse((await database.kept.get(name))?.value)
    if (parsed.success) return parsed.data
  }
  return null
}

type Looking = Pick<
  Records,
  'read' | 'drafts' | 'unfinished' | 'page' | 'count' | 'ofNumber' | 'tickets' | 'reference'
>

export const callQueries = (store: SeatStore): Looking => {
  const many = async <T>(answer: Promise<Answer<T[]>>): Promise<Answer<readonly T[]>> => answer
  return {
    async read(id) {
      const answer = await store.read((database) => database.calls.get(id))
      return answer.ok ? done(answer.value?.record ?? null) : answer
    },
    drafts: () => many(store.read((database) => database.drafts.toCollection().sortBy('openedAt'))),
    unfinished: () => many(store.read((database) => database.journal.toArray())),
    page: (query) => store.read((database) => page(database, query)),
    count: (query) => store.read((database) => count(database, query)),
    ofNumber: (number, limit) => store.read((database) => ofNumber(database, number, limit)),
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
