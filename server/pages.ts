// Calls as every seat with a telephone gets them: a stretch of the change order (0001-first.sql) is read and written down
// once and sent to all. Only stretches that are closed: every number in them is given out, so nothing can come to stand
// there any more. A call that changes later leaves its place, but whoever still gets it here gets it anew at its new one.
import { summaryColumns, summaryOf } from './callRecords.ts'
import type { Queries } from './database.ts'
import { readLeaps, type Leap } from './history.ts'
import { keptDays } from './reference.ts'

/** Stretches end at multiples of this, so that seats which began at different places soon read the same ones. */
const span = 100
/** Kept in memory at most; the ones asked for longest ago go first. */
const usualBytes = 64 * 1024 * 1024
/** Looked through for one answer: after days without calls there may be nothing in many. */
const mostStretches = 20
const minute = 60_000

interface Stretch {
  /** Summaries in JSON, comma between them. */
  readonly json: Buffer
  readonly calls: number
  /** Calls offered before this were left out. */
  readonly since: number
  readonly oldestAt: number
}

/** `bytes`: of a stretch that has been read. */
interface Kept {
  readonly reading: Promise<Stretch>
  bytes: number
}

export interface Shared {
  /** Everything up to this change is told. */
  readonly to: number
  readonly json: readonly Buffer[]
  readonly calls: number
}

export interface Wanted {
  readonly cursor: number
  readonly limit: number
  /** Calls offered before are left out. */
  readonly since: number
  /** The highest change: every number up to it is given out. */
  readonly mark: number
}

export interface Pages {
  /** Policy `keptDays` of this version of the reference data: it never changes. */
  keptDays(version: number): Promise<number | undefined>
  /** The database is another one than before: nothing that was read counts any more. */
  forget(): void
  /** Calls changed after the cursor; null: so near the end, or so few at a time, that the database is asked. */
  after(wanted: Wanted): Promise<Shared | null>
}

/** Where the stretch that begins after this change ends. */
const endAfter = (change: number): number => (Math.floor(change / span) + 1) * span

export const openPages = (queries: Queries, mostBytes = usualBytes): Pages => {
  const kept = new Map<string, Kept>()
  let bytes = 0
  let policy: { readonly version: number; readonly days: number | undefined } | null = null
  let first = { since: Infinity, change: 0 }
  /** null: to be read again, another process may have begun since. */
  let leaps: Promise<readonly Leap[]> | null = null

  /** Before it stands nothing that a seat keeps. It only moves on, unless the policy says to keep more. */
  const firstChange = async (since: number): Promise<number> => {
    if (since < first.since || since > first.since + minute) {
      const from = since < first.since ? 0 : first.change
      const [row] = await queries.rows<{ change: number }>(
        'select change from call_records where change >= $1 and offered_at >= $2 order by change limit 1',
        [from, since],
      )
      first = { since, change: row?.change ?? from }
      leaps = null
    }
    return first.change
  }

  /** Where a stretch ends within a leap of the numbers, everything up to the end of the leap is told. */
  const beyondLeap = async (to: number): Promise<number> => {
    const leap = (await (leaps ??= readLeaps(queries))).find(({ last, first }) => last < to && to < first)
    return leap === undefined ? to : leap.first - 1
  }

  const read = async (from: number, to: number, since: number): Promise<Stretch> => {
    const rows = await queries.rows(
      `select ${summaryColumns} from call_records c
       where c.change > $1 and c.change <= $2 and c.offered_at >= $3 order by c.change`,
      [from, to, since],
    )
    const calls = rows.map(summaryOf)
    return {
      json: Buffer.from(calls.map((call) => JSON.stringify(call)).join(',')),
      calls: calls.length,
      since,
      oldestAt: Math.min(...calls.map((call) => call.offeredAt)),
    }
  }

  const forget = (name: string, one: Kept): void => {
    if (kept.get(name) !== one) return
    kept.delete(name)
    bytes -= one.bytes
  }

  const stretchOf = async (from: number, to: number, since: number): Promise<Stretch> => {
    const name = `${from} ${to}`
    const known = kept.get(name)
    if (known !== undefined) {
      const stretch = await known.reading
      if (stretch.since <= since && since <= stretch.oldestAt) {
        // The one asked for last goes last.
        if (kept.get(name) === known && kept.delete(name)) kept.set(name, known)
        return stretch
      }
      forget(name, known)
    }
    const one: Kept = { reading: read(from, to, since), bytes: 0 }
    kept.set(name, one)
    try {
      const stretch = await one.reading
      if (kept.get(name) !== one) return stretch
      one.bytes = stretch.json.length
      bytes += one.bytes
      for (const [oldest, other] of kept) {
        if (bytes <= mostBytes) break
        forget(oldest, other)
      }
      return stretch
    } catch (error) {
      forget(name, one)
      throw error
    }
  }

  return {
    async keptDays(version) {
      if (policy?.version !== version) policy = { version, days: await keptDays(queries) }
      return policy.days
    },
    forget() {
      kept.clear()
      bytes = 0
      policy = null
      first = { since: Infinity, change: 0 }
      leaps = null
    },
    async after({ cursor, limit, since, mark }) {
      if (limit < span || endAfter(cursor) > mark) return null
      const start = Math.max(cursor, (await firstChange(since)) - 1)
      const found: Stretch[] = []
      let calls = 0
      let to = start
      while (found.length < mostStretches) {
        const end = endAfter(to)
        if (end > mark) break
        const stretch = await stretchOf(to, end, since)
        if (calls + stretch.calls > limit) break
        found.push(stretch)
        calls += stretch.calls
        to = await beyondLeap(end)
      }
      if (found.length === 0) return null
      return { to, calls, json: found.flatMap(({ json }) => (json.length > 0 ? [json] : [])) }
    },
  }
}
