// sync.pull: what changed at the centre since a cursor. The cursor is the change order of 0001-first.sql:
// a row that changes moves to its end, and nobody can miss one (see push.ts).
import { done } from '../contract/answer.ts'
import { keptMs } from '../core/sync/retention.ts'
import { callerOf, type Handler } from './centre.ts'
import { summaryColumns, summaryOf } from './callRecords.ts'
import { currentReference, currentVersion, keptDays } from './reference.ts'
import { ticketColumns, ticketOf, type TicketRow } from './tickets.ts'
import { toldColumns, toldOf } from './warnings.ts'

// One statement is one snapshot: what it does not return is behind its own high-water mark.
const changes = `
with calls as (
  select c.change, jsonb_build_object('call', to_jsonb(s)) as what
  from call_records c cross join lateral (select ${summaryColumns}) s
  where c.change > $1 and c.offered_at >= $2 and $5 order by c.change limit $3
), orders as (
  select t.change, jsonb_build_object('ticket', to_jsonb(s)) as what
  from tickets t cross join lateral (select ${ticketColumns}) s
  where t.change > $1 and t.agent = $4 order by t.change limit $3
), reports as (
  select w.change, jsonb_build_object('warning', to_jsonb(s)) as what
  from warnings w join warning_events e on e.id = w.event cross join lateral (select ${toldColumns}) s
  where w.change > $1 and w.agent = $4 order by w.change limit $3
), high as (
  select greatest(
    (select coalesce(max(change), 0) from call_records), (select coalesce(max(change), 0) from tickets),
    (select coalesce(max(change), 0) from warnings)) as mark
)
select change, what, (select mark from high) as mark
from (select change, what from calls union all select change, what from orders
      union all select change, what from reports
      union all select null, null) as everything
order by change nulls last limit $3`

interface Change {
  readonly change: number | null
  readonly what: { call?: object; ticket?: TicketRow; warning?: object } | null
  readonly mark: number
}

export const pull: Handler<'sync.pull'> = async (input, asking, centre) => {
  const { account, extension } = callerOf(asking)
  const now = centre.now()
  const rows = await centre.database.rows<Change>(changes, [
    input.cursor,
    // Older ones a seat would throw away.
    Math.max(0, now - keptMs({ keptDays: await keptDays(centre.database) })),
    // One more than asked for tells whether there is more; the empty row carries the mark when nothing changed.
    input.limit + 1,
    account.id,
    extension !== null,
  ])
  const changed = rows.filter((row) => row.change !== null)
  const page = changed.slice(0, input.limit)
  const more = changed.length > input.limit
  const version = await currentVersion(centre.database)
  const { id, epoch } = centre.identity
  return done({
    centre: id,
    epoch,
    serverNow: centre.now(),
    cursor: Math.max(input.cursor, more ? (page.at(-1)?.change ?? 0) : (rows[0]?.mark ?? 0)),
    more,
    reference: version === input.reference ? null : await currentReference(centre.database),
    calls: page.flatMap(({ what }) => (what?.call === undefined ? [] : [summaryOf(what.call)])),
    tickets: page.flatMap(({ what }) => (what?.ticket === undefined ? [] : [ticketOf(what.ticket)])),
    warnings: page.flatMap(({ what }) => (what?.warning === undefined ? [] : [toldOf(what.warning)])),
  })
}
