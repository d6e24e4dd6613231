// Call records as rows: stored many at a time, read back as summaries or whole.
// The higher rev wins, a lower or equal one changes nothing, and nobody writes over another agent's record.
import { isDeepStrictEqual } from 'node:util'
import { CallRecord, CallSummary } from '../contract/softphone.ts'
import { keepLate, keepReplaced } from './callRevisions.ts'
import type { Queries } from './database.ts'
import type { Stored } from './dispatch.ts'

// The database takes the request's own text apart: measured at half the server's time of binding columns. Without `offset 0` it
// would take the body out of its item anew for each of them (7 % of the statement).
const insert = `
insert into call_records as c (
  id, rev, agent, seat, practice, direction, number, queue, call_ref, offered_at, answered_at, ended_at,
  talk_ms, hold_ms, wrapup_ms, outcome, ended_by, hang_up_reason, category, topic, disposition, filed_at, ticket_id,
  body, received_at, skew_ms, change)
select
  (b ->> 'id')::uuid, (b ->> 'rev')::int, b ->> 'agent', b ->> 'seat', (b ->> 'practice')::boolean,
  b ->> 'direction', b ->> 'number', b ->> 'queue', b ->> 'callRef', (b ->> 'offeredAt')::bigint,
  (b ->> 'answeredAt')::bigint, (b ->> 'endedAt')::bigint, (b ->> 'talkMs')::bigint,
  (b ->> 'holdMs')::bigint, (b ->> 'wrapupMs')::bigint, b ->> 'outcome', b ->> 'endedBy', b ->> 'hangUpReason',
  b #>> '{form,category}', b #>> '{form,topic}', b #>> '{form,disposition}',
  (b ->> 'filedAt')::bigint, (b ->> 'ticketId')::uuid, b, $2, $3, nextval('change_order')
from (select item -> 'body' as b from jsonb_array_elements($1::jsonb -> 'items') as item offset 0) as items
on conflict (id) do update set
  rev = excluded.rev, seat = excluded.seat, direction = excluded.direction, number = excluded.number,
  queue = excluded.queue, call_ref = excluded.call_ref, offered_at = excluded.offered_at,
  answered_at = excluded.answered_at, ended_at = excluded.ended_at, talk_ms = excluded.talk_ms,
  hold_ms = excluded.hold_ms, wrapup_ms = excluded.wrapup_ms, outcome = excluded.outcome, ended_by = excluded.ended_by,
  hang_up_reason = excluded.hang_up_reason, category = excluded.category, topic = excluded.topic,
  disposition = excluded.disposition, filed_at = excluded.filed_at, ticket_id = excluded.ticket_id,
  body = excluded.body, received_at = excluded.received_at, skew_ms = excluded.skew_ms,
  change = excluded.change
where excluded.rev > c.rev and excluded.agent = c.agent
returning id`

export interface Arrival {
  /** The request's text, when it holds exactly these records. */
  readonly raw: string | null
  readonly now: number
  /** The seat's clock minus ours. */
  readonly skewMs: number
}

interface Kept {
  readonly id: string
  readonly rev: number
  readonly agent: string
  readonly body: unknown
}

/** [SERVER-40] The same revision in other words: written on another computer. */
const isOtherVersion = (kept: unknown, record: CallRecord): boolean => {
  const { data } = CallRecord.safeParse(kept)
  return data?.rev === record.rev && !isDeepStrictEqual(data, record)
}

/** Stores the records; answers by their place in the batch. Runs under the change lock. */
export const storeCalls = async (
  queries: Queries,
  records: ReadonlyMap<number, CallRecord>,
  { raw, now, skewMs }: Arrival,
): Promise<Map<number, Stored>> => {
  const verdicts = new Map<number, Stored>()
  if (records.size === 0) return verdicts
  // One statement may touch a row once: of two revs of the same call only the higher one is written.
  const newest = new Map<string, { place: number; record: CallRecord }>()
  for (const [place, record] of records) {
    const known = newest.get(record.id)
    if (known === undefined || record.rev > known.record.rev) newest.set(record.id, { place, record })
  }
  const text =
    raw !== null && newest.size === records.size
      ? raw
      : JSON.stringify({ items: [...newest.values()].map(({ record }) => ({ body: record })) })
  await keepReplaced(
    queries,
    [...newest.values()].map(({ record }) => record),
  )
  const written = new Set(
    (await queries.rows<{ id: string }>(insert, [text, now, skewMs])).map((row) => row.id),
  )
  const unwritten = [...newest.keys()].filter((id) => !written.has(id))
  const kept = new Map<string, Kept>()
  const late: CallRecord[] = []
  if (unwritten.length > 0)
    for (const row of await queries.rows<Kept>(
      'select id, rev, agent, body from call_records where id = any($1::uuid[])',
      [unwritten],
    ))
      kept.set(row.id, row)
  for (const [place, record] of records) {
    if (written.has(record.id) && newest.get(record.id)?.place === place)
      verdicts.set(place, { verdict: 'stored' })
    else if ((kept.get(record.id)?.agent ?? record.agent) !== record.agent)
      verdicts.set(place, {
        verdict: 'refused',
        text: '这个编号已是别的工号的记录，没有改动。请联系管理员。',
        field: 'id',
      })
    else if (
      isOtherVersion(
        written.has(record.id) ? newest.get(record.id)?.record : kept.get(record.id)?.body,
        record,
      )
    )
      verdicts.set(place, {
        verdict: 'refused',
        text: '这张登记单在另一台电脑上也改过，中心用的是先到的；这里的还在本机，请核对后再提交。',
        field: 'rev',
      })
    else {
      verdicts.set(place, { verdict: 'duplicate' })
      const rev = written.has(record.id) ? newest.get(record.id)?.record.rev : kept.get(record.id)?.rev
      if (record.rev < (rev ?? 0)) late.push(record)
    }
  }
  await keepLate(queries, late, now)
  return verdicts
}

/** Columns of a CallSummary under their contract names, from `call_records c`. */
export const summaryColumns = `
  c.id, c.number, nullif(c.body #>> '{form,callerName}', '') as "callerName", c.agent, c.direction,
  c.offered_at as "offeredAt", c.talk_ms as "talkMs", c.outcome,
  c.ended_by as "endedBy", c.body -> 'endCause' as "endCause", c.call_ref as "callRef", c.body ->> 'madeFor' as "madeFor",
  coalesce((c.body ->> 'dialled')::boolean, false) as dialled, c.category, c.topic, c.disposition,
  (c.body #>> '{form,callBackAt}')::bigint as "callBackAt",
  left(coalesce(nullif(c.body #>> '{form,cause}', ''), nullif(c.body #>> '{form,course}', '')), 80) as gist,
  nullif(c.body #>> '{form,employer}', '') as employer, c.body #>> '{form,member}' as member,
  c.ticket_id as "ticketId"`

/** A row selected with summaryColumns, without what else was selected beside it. */
export const summaryOf = (row: object): CallSummary => CallSummary.parse(row)
