// sync.pull: what changed at the centre since a cursor. The cursor is the change order of 0001-first.sql:
// a row that changes moves to its end, and nobody can miss one (see push.ts). Who is far behind gets
// calls in stretches all seats share (pages.ts).
import type { z } from 'zod'
import { done } from '../contract/answer.ts'
import { PullAnswer } from '../contract/sync.ts'
import { keptMs } from '../core/sync/retention.ts'
import { callerOf, type Handler, type Written } from './centre.ts'
import { summaryColumns, summaryOf } from './callRecords.ts'
import { isLost, lastChange, noticeLoss } from './history.ts'
import type { Shared } from './pages.ts'
import { currentReference } from './reference.ts'
import { ticketColumns, ticketOf, type TicketRow } from './tickets.ts'
import { toldColumns, toldOf } from './warningTold.ts'

// One statement is one snapshot: what it does not return is behind its own high-water mark.
const changes = `
with calls as (
  select c.change, jsonb_build_object('call', to_jsonb(s)) as what
  from call_records c cross join lateral (select ${summaryColumns}) s
  where c.change > $1 and c.change <= $6 and c.offered_at >= $2 and $5 order by c.change limit $3
), orders as (
  select t.change, jsonb_build_object('ticket', to_jsonb(s)) as what
  from tickets t cross join lateral (select ${ticketColumns}) s
  where t.change > $1 and t.change <= $6 and t.agent = $4 order by t.change limit $3
), reports as (
  select w.change, jsonb_build_object('warning', to_jsonb(s)) as what
  from warnings w join warning_events e on e.id = w.event cross join lateral (select ${toldColumns}) s
  where w.change > $1 and w.change <= $6 and w.agent = $4 order by w.change limit $3
), high as (
  select ${lastChange} as mark
)
select change, what, (select mark from high) as mark
from (select change, what from calls union all select change, what from orders
      union all select change, what from reports
      union all select null, null) as everything
order by change nulls last limit $3`

// Asked of every seat every minute and after every nudge: whether there is anything to tell is known cheaply.
const standing = `
select (select max(version) from reference) as version,
  ${lastChange} as mark, ${isLost} as lost,
  least(
    (select min(change) from tickets where agent = $1 and change > $2),
    (select min(change) from warnings where agent = $1 and change > $2)) as own`

interface Standing {
  readonly version: number
  /** The highest change there is. */
  readonly mark: number
  /** This seat was told of what is not here any more. */
  readonly lost: boolean
  /** The next change of this agent's own work orders and warnings; null: none. */
  readonly own: number | null
}

interface Change {
  readonly change: number | null
  readonly what: { call?: object; ticket?: TicketRow; warning?: object } | null
  readonly mark: number
}

/** Behind every change there will ever be. */
const theEnd = Number.MAX_SAFE_INTEGER

const ownOf = (rows: readonly Change[], protocol: number) => ({
  tickets: rows.flatMap(({ what }) => (what?.ticket === undefined ? [] : [ticketOf(what.ticket)])),
  warnings: rows.flatMap(({ what }) => (what?.warning === undefined ? [] : [toldOf(what.warning, protocol)])),
})

const WithoutCalls = PullAnswer.omit({ calls: true })

/** The answer in JSON around calls that lie written down. */
const withCalls = (told: z.input<typeof WithoutCalls>, { json }: Shared): Written => {
  const head = JSON.stringify(done(WithoutCalls.parse(told))).slice(0, -2)
  const calls = json.flatMap((part, place) => (place === 0 ? [part] : [Buffer.from(','), part]))
  return { written: Buffer.concat([Buffer.from(`${head},"calls":[`), ...calls, Buffer.from(']}}')]) }
}

export const pull: Handler<'sync.pull'> = async ({ cursor, limit, reference }, asking, centre) => {
  const { database, pages } = centre
  const { account, extension } = callerOf(asking)
  const [stands] = await database.rows<Standing>(standing, [account.id, cursor])
  if (stands === undefined) throw new Error('no answer to a question that has one')
  const { version, mark, own, lost } = stands
  if (lost) await noticeLoss(centre, cursor, account.id)
  // Older ones a seat would throw away.
  const since = Math.max(0, centre.now() - keptMs({ keptDays: await pages.keptDays(version) }))
  const rest = async () => ({
    centre: centre.identity.id,
    epoch: centre.identity.epoch,
    serverNow: centre.now(),
    reference: version === reference ? null : await currentReference(database),
    waitedMs: asking.waitedMs,
  })
  if (mark <= cursor)
    return done({ ...(await rest()), cursor, more: false, calls: [], tickets: [], warnings: [] })

  /** One more than asked for tells whether there is more; the empty row carries the mark when nothing changed. */
  const changesUpTo = (end: number, withCalls: boolean): Promise<Change[]> =>
    database.rows<Change>(changes, [cursor, since, limit + 1, account.id, withCalls, end])
  const shared = extension === null ? null : await pages.after({ cursor, limit, since, mark })
  if (shared !== null) {
    const { to, calls } = shared
    const rows = own === null || own > to ? [] : await changesUpTo(to, false)
    const changed = rows.filter((row) => row.change !== null)
    if (changed.length + calls <= limit)
      return done(
        withCalls({ ...(await rest()), cursor: to, more: true, ...ownOf(changed, asking.protocol) }, shared),
      )
  }

  const rows = await changesUpTo(theEnd, extension !== null)
  const changed = rows.filter((row) => row.change !== null)
  const page = changed.slice(0, limit)
  const more = changed.length > limit
  return done({
    ...(await rest()),
    cursor: Math.max(cursor, more ? (page.at(-1)?.change ?? 0) : (rows[0]?.mark ?? 0)),
    more,
    calls: page.flatMap(({ what }) => (what?.call === undefined ? [] : [summaryOf(what.call)])),
    ...ownOf(page, asking.protocol),
  })
}
