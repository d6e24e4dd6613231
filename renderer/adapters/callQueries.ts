// The Records port, the half that looks: pages, counts, a caller's history, reference data; single records, drafts, work
// orders and warnings are newest.ts.
// Two ways to answer a page: few hits are fetched and sorted, many hits are met soon when walking back in time. What is
// sealed is opened for the rows of the answer, and for hits whose blinds do not say enough. Calls that are owed: owedQueries.ts.
import { Reference } from '../../contract/reference.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { CallQuery, Records } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { linkedWithinMs } from '../../core/softphone/callSummary.ts'
import type { Lookup } from '../../core/sync/searchKeys.ts'
import { hasText, lookupOf, numberTexts, searchText } from '../../core/sync/searchKeys.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import type { Newest } from './newest.ts'
import {
  newestDrafts,
  newestRecord,
  newestTicket,
  newestTickets,
  newestWarnings,
  stillUnfinished,
} from './newest.ts'
import { openAll, openSummary, refText } from './sealedRows.ts'
import type { CallRow } from './storedRows.ts'

type Filter = Omit<CallQuery, 'before' | 'limit'>
type Kept = { readonly database: SeatDatabase; readonly sealer: Sealer }
type CallHits = ReturnType<SeatDatabase['calls']['toCollection']>

/** Fewer hits than this are fetched whole; more of them are soon met by walking. */
const fewHits = 500
/** With a further filter even many are fetched: it may leave none of them, and walking would not end. */
const manyHits = 20_000
type Place = { readonly id: string; readonly offeredAt: number }

const newestFirst = (a: Place, b: Place): number =>
  b.offeredAt - a.offeredAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** What was typed, as the index knows it. */
type Search = {
  readonly by: Lookup['by']
  readonly blinds: readonly string[]
  readonly enough: boolean
  /** Has the call itself what was typed? */
  has(call: CallSummary): boolean
}

const searchOf = async (sealer: Sealer, text: string): Promise<Search | null> => {
  const search = searchText(text)
  if (!search) return null
  const { by, texts, enough } = lookupOf(search)
  const blinds = await Promise.all(texts.map(sealer.blind))
  return { by, blinds, enough, has: (call) => hasText(call, search) }
}

/** Of a name only one part is asked of the index; `matches` asks for the others. */
const hitsOf = ({ calls }: SeatDatabase, { by, blinds }: Search): CallHits => {
  const [first] = blinds
  if (by === 'name') return calls.where('names').equals(first ?? '')
  if (by === 'end') return calls.where('end').anyOf([...blinds])
  return calls.where('[caller+offeredAt]').between([first, 0], [first, Infinity], true, true)
}

const isFewer = async (hits: CallHits, than: number): Promise<boolean> =>
  (await hits.limit(than).primaryKeys()).length < than

const matches = (query: Filter, search: Search | null) => {
  const blinds = new Set(search?.blinds)
  return (row: CallRow): boolean => {
    if (query.category !== null && row.category !== query.category) return false
    if (query.from !== null && row.offeredAt < query.from) return false
    if (query.to !== null && row.offeredAt >= query.to) return false
    if (search === null) return true
    if (search.by === 'name') return search.blinds.every((blind) => row.names.includes(blind))
    return blinds.has(row[search.by] ?? '')
  }
}

/** Opened, and looked at where the blinds do not say enough. */
const openHits = async (
  sealer: Sealer,
  rows: readonly CallRow[],
  search: Search | null,
): Promise<readonly CallSummary[]> => {
  const calls = await openAll(rows, (row) => openSummary(sealer, row))
  return search === null || search.enough ? calls : calls.filter(search.has)
}

/** The rows between two instants, `to` not included, of one category or all. */
const span = (database: SeatDatabase, category: string | null, from: number, to: number): CallHits =>
  category === null
    ? database.calls.where('offeredAt').between(from, to, true, false)
    : database.calls.where('[category+offeredAt]').between([category, from], [category, to], true, false)

/** Newest first from `query.before` back, many rows at a time, until enough of them fit or none are left. */
const walk = async (
  { database, sealer }: Kept,
  query: CallQuery,
  search: Search | null,
): Promise<readonly CallSummary[]> => {
  const fits = matches(query, search)
  const found: CallSummary[] = []
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
    found.push(...(await openHits(sealer, unseen.filter(fits), search)))
    if (found.length >= query.limit || rows.length < stride) return found.slice(0, query.limit)
    last = unseen.at(-1) ?? last
    // More calls in one instant than a stride holds.
    if (unseen.length === 0) stride *= 2
  }
}

const isNarrowed = ({ category, from, to }: Filter): boolean =>
  category !== null || from !== null || to !== null

const page = async (kept: Kept, query: CallQuery): Promise<readonly CallSummary[]> => {
  const { database, sealer } = kept
  const search = await searchOf(sealer, query.text)
  const { before } = query
  // Walking could go on to the oldest call for what the blinds promise and the calls do not hold.
  const most = isNarrowed(query) || search?.enough === false ? manyHits : fewHits
  if (!search || !(await isFewer(hitsOf(database, search), most))) return walk(kept, query, search)
  const hits = (await hitsOf(database, search).toArray()).filter(matches(query, search))
  const next = before === null ? hits : hits.filter((row) => newestFirst(row, before) > 0)
  const wanted = search.enough ? next.sort(newestFirst).slice(0, query.limit) : next.sort(newestFirst)
  return (await openHits(sealer, wanted, search)).slice(0, query.limit)
}

const count = async ({ database, sealer }: Kept, query: Filter): Promise<number> => {
  const search = await searchOf(sealer, query.text)
  if (!search && !isNarrowed(query)) return database.calls.count()
  if (!search) return span(database, query.category, query.from ?? 0, query.to ?? Infinity).count()
  if (search.enough && !isNarrowed(query)) return hitsOf(database, search).count()
  const hits = (await hitsOf(database, search).toArray()).filter(matches(query, search))
  return search.enough ? hits.length : (await openHits(sealer, hits, search)).length
}

const ofNumber = async (
  { database, sealer }: Kept,
  number: string,
  limit: number,
): Promise<readonly CallSummary[]> => {
  const texts = numberTexts(number)
  if (!texts) return []
  const caller = await sealer.blind(texts.caller)
  const calls = database.calls
    .where('[caller+offeredAt]')
    .between([caller, 0], [caller, Infinity], true, true)
  return openHits(sealer, await calls.reverse().limit(limit).toArray(), null)
}

const linked = async (
  { database, sealer }: Kept,
  { id, callRef, offeredAt }: Parameters<Records['linked']>[0],
): Promise<readonly CallSummary[]> => {
  if (callRef === null) return []
  const ref = await sealer.blind(refText(callRef))
  const around = database.calls
    .where('offeredAt')
    .between(offeredAt - linkedWithinMs, offeredAt + linkedWithinMs, true, true)
  const legs = await around.filter((row) => row.ref === ref && row.id !== id).toArray()
  return openHits(sealer, legs, null)
}

/** Two are kept: the newest as it came, and the newest this program could read. */
/** In the clear: it is known before anybody has signed in. */
export const keptReference = async ({ kept }: Pick<SeatDatabase, 'kept'>): Promise<Reference | null> => {
  for (const name of ['reference', 'referenceRead']) {
    const parsed = Reference.safeParse((await kept.get(name))?.value)
    if (parsed.success) return parsed.data
  }
  return null
}

const summary = async ({ database, sealer }: Kept, id: string): Promise<CallSummary | null> => {
  const row = await database.calls.get(id)
  return row ? openSummary(sealer, row) : null
}

type Looking = Pick<
  Records,
  | 'read'
  | 'summary'
  | 'drafts'
  | 'unfinished'
  | 'page'
  | 'count'
  | 'ofNumber'
  | 'linked'
  | 'tickets'
  | 'ticket'
  | 'warnings'
  | 'reference'
>

export const readReference = (store: SeatStore): Promise<Answer<Reference | null>> =>
  store.read(keptReference)

export const callQueries = (store: SeatStore, sealer: Sealer): Looking => {
  const read = <T>(look: (kept: Kept) => Promise<T>): Promise<Answer<T>> =>
    store.read((database) => look({ database, sealer }))
  const newest = async <T>(
    look: (from: Newest) => Promise<T>,
    use: SeatStore['read'] = store.read,
  ): Promise<Answer<T>> => {
    const alone = await store.places.alone()
    if (!alone.ok) return alone
    const journalled = new Map(alone.value.map((piece) => [piece.key, piece]))
    return use((database) => look({ database, sealer, journalled }))
  }
  return {
    async read(id) {
      const answer = await newest((from) => newestRecord(from, id))
      if (!answer.ok) return answer
      const { record, isShut } = answer.value
      return isShut
        ? failed('failed', '这条记录用另一把钥匙加密，未丢失；请签出后用密码重新签入')
        : done(record)
    },
    drafts: () => newest(newestDrafts),
    unfinished: () => newest(stillUnfinished, store.write),
    summary: (id) => read((kept) => summary(kept, id)),
    page: (query) => read((kept) => page(kept, query)),
    count: (query) => read((kept) => count(kept, query)),
    ofNumber: (number, limit) => read((kept) => ofNumber(kept, number, limit)),
    linked: (call) => read((kept) => linked(kept, call)),
    tickets: (answered) => newest((from) => newestTickets(from, answered)),
    ticket: (id) => newest((from) => newestTicket(from, id)),
    warnings: (limit) => newest((from) => newestWarnings(from, limit)),
    reference: () => readReference(store),
  }
}
