// Early warnings as rows: a report that arrives from a seat opens an event or joins the one about its employer, and rings.
// Sending it again changes nothing. What duty leaders do is warningEvents.ts, passing it on is warningRing.ts.
import { isDeepStrictEqual } from 'node:util'
import { v7 } from 'uuid'
import type { Reference } from '../contract/reference.ts'
import { WarningLevel, WarningReport, type WarningNote } from '../contract/warnings.ts'
import { employerKey } from '../core/warnings/employer.ts'
import { gravest, isGraver } from '../core/warnings/levels.ts'
import { isSaidIn } from '../core/warnings/report.ts'
import type { Caller } from './centre.ts'
import type { Queries } from './database.ts'
import { dayNamed, drawNumber, type Stored } from './dispatch.ts'
import { noteOther, takeTold } from './toldNumbers.ts'
import { keepRevision, revisionOf } from './warningRevisions.ts'

const dayMs = 86_400_000

/** One line of the timeline. `id`: made by whoever acts. */
export const note = async (
  queries: Queries,
  line: Pick<WarningNote, 'at' | 'what' | 'byName' | 'text'> & {
    readonly id?: string
    readonly event: string
    readonly by: string | null
  },
): Promise<void> => {
  await queries.rows(
    `insert into warning_notes (id, event, at, what, by_account, by_name, note)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [line.id ?? v7(), line.event, line.at, line.what, line.by, line.byName, line.text],
  )
}

/** Which event a report belongs to; null: it is not stored. */
export const eventOf = async (queries: Queries, report: string): Promise<string | null> => {
  const [row] = await queries.rows<{ event: string }>('select event from warnings where id = $1', [report])
  return row?.event ?? null
}

/** The event has changed: whoever reported it hears of it with the next pull. Runs under the change lock. */
export const touch = async (queries: Queries, event: string, now: number): Promise<void> => {
  await queries.rows(
    'update warning_events set changed_at = greatest(changed_at + 1, $2::bigint) where id = $1',
    [event, now],
  )
  await queries.rows(`update warnings set change = nextval('change_order') where event = $1`, [event])
}

interface Circumstances {
  readonly caller: Caller
  readonly reference: Reference
  /** The number its seat was told, before this centre went back to a backup [SERVER-57]. */
  readonly told?: string | undefined
  readonly now: number
}

interface EventRow {
  readonly id: string
  readonly number: string
  readonly level: WarningLevel
  readonly state: string
}

/** [WARN-5] As this centre's data tells employers apart. */
const keyOf = (employer: string, { warnings }: Reference): string =>
  employerKey(employer, warnings?.noEmployer)

/** [WARN-11] Another event about the same employer that is not closed, and not older than the data says. */
const eventAbout = async (
  queries: Queries,
  report: WarningReport,
  { reference, now }: Pick<Circumstances, 'reference' | 'now'>,
): Promise<EventRow | null> => {
  const key = keyOf(report.employer, reference)
  const days = reference.warnings?.repeatDays ?? 0
  if (key === '') return null
  const [row] = await queries.rows<EventRow>(
    `select id, number, level, state from warning_events
     where employer_key = $1 and state <> 'closed' and received_at >= $2 and id <> $3 order by received_at limit 1 for update`,
    [key, now - days * dayMs, report.id],
  )
  return row ?? null
}

const openEvent = async (
  queries: Queries,
  report: WarningReport,
  { told, reference, now }: Pick<Circumstances, 'told' | 'reference' | 'now'>,
): Promise<EventRow> => {
  const isKept = told !== undefined && (await takeTold(queries, told, dayNamed('YJ', now)))
  const number = isKept ? told : await drawNumber(queries, now, 'YJ')
  await queries.rows(
    `insert into warning_events (id, number, employer, employer_key, level, received_at, rang_since, changed_at)
     values ($1, $2, $3, $4, $5, $6, $6, $6)`,
    [report.id, number, report.employer, keyOf(report.employer, reference), report.level, now],
  )
  return { id: report.id, number, level: report.level, state: 'open' }
}

/** [WARN-11] The event is as grave as its gravest report; graver than what was signed for or closed, it rings anew. */
const settleEvent = async (
  queries: Queries,
  event: EventRow,
  { caller, reference, now }: Circumstances,
): Promise<void> => {
  const rows = await queries.rows<{ body: unknown }>(
    'select body from warnings where event = $1 order by received_at, id',
    [event.id],
  )
  const reports = rows.map(({ body }) => WarningReport.parse(body))
  const [first, ...others] = reports.map(({ level }) => level)
  const level = gravest(first ?? event.level, ...others)
  const employers = reports.map((report) => report.employer).filter((name) => name !== '')
  const employer = employers.find((name) => keyOf(name, reference) !== '') ?? employers[0] ?? ''
  const ringsAnew = event.state !== 'open' && isGraver(level, event.level)
  await queries.rows(
    `update warning_events set level = $2, employer = $3, employer_key = $4,
       state = case when $5 then 'open' else state end, rang_since = case when $5 then $6 else rang_since end,
       rung = case when $5 then 0 else rung end, closed_at = case when $5 then null else closed_at end where id = $1`,
    [event.id, level, employer, keyOf(employer, reference), ringsAnew, now],
  )
  if (isGraver(level, event.level))
    await note(queries, {
      event: event.id,
      at: now,
      what: 'graver',
      by: caller.account.id,
      byName: caller.account.name,
      text: level,
    })
}

interface Known extends EventRow {
  readonly rev: number
  readonly agent: string
  readonly body: unknown
}

/** [WARN-19] A later revision is here already: a copy of what was here, or the word of another computer that nobody has read. */
const takeLate = async (
  queries: Queries,
  known: Known,
  given: {
    readonly report: WarningReport
    /** The one that counts. */
    readonly kept: WarningReport | undefined
    readonly caller: Caller
    readonly now: number
  },
): Promise<Stored> => {
  const { report, kept, caller, now } = given
  const { number } = known
  const earlier = await revisionOf(queries, report)
  await keepRevision(queries, report, { now, late: true })
  const isNews = earlier?.late !== false && kept !== undefined && !isSaidIn(report, kept)
  if (!isNews) return { verdict: 'duplicate', number }
  if (earlier === undefined) {
    await note(queries, {
      event: known.id,
      at: now,
      what: 'change',
      by: caller.account.id,
      byName: caller.account.name,
      text: `另一台电脑上的第 ${report.rev} 稿晚到，写得不一样，已另存`,
    })
    await touch(queries, known.id, now)
  }
  return {
    verdict: 'refused',
    number,
    text: '这条预警在另一台电脑上改得更新，中心用的是那一稿，这一稿也存了一份；请核对，有要补的在新的一稿里补。',
    field: 'rev',
  }
}

/** What rang goes on ringing at everybody it had come to, and passes on as soon as the longer wait says. */
const ringsOn = `
update warning_events e set state = 'open',
  rung = case when e.state = 'open' then greatest(e.rung, k.rung) else k.rung end,
  rang_since = case when e.state = 'open' then least(e.rang_since, k.rang_since) else k.rang_since end
from warning_events k where e.id = $1 and k.id = $2`

/** [WARN-11] Whose employer is known now: an event of this report alone that nobody signed for goes into the one there is. */
const joinLate = async (
  queries: Queries,
  known: Known,
  report: WarningReport,
  circumstances: Circumstances,
): Promise<EventRow> => {
  if (known.state !== 'open') return known
  const untouched = await queries.rows('select 1 from warning_events where id = $1 and signed_at is null', [
    known.id,
  ])
  // Open again because it became graver: it bears a signature and what was ordered under its number.
  if (untouched.length === 0) return known
  const reports = await queries.rows('select 1 from warnings where event = $1 limit 2', [known.id])
  const into = reports.length === 1 ? await eventAbout(queries, report, circumstances) : null
  if (into === null) return known
  await queries.rows('update warnings set event = $2 where event = $1', [known.id, into.id])
  await queries.rows('update warning_notes set event = $2 where event = $1', [known.id, into.id])
  await queries.rows(ringsOn, [into.id, known.id])
  await queries.rows('delete from warning_events where id = $1', [known.id])
  await noteOther(queries, 'warning.renumbered', report, known.number, into.number, circumstances.now)
  return { ...into, state: 'open' }
}

const change = async (
  queries: Queries,
  known: Known,
  report: WarningReport,
  circumstances: Circumstances,
): Promise<Stored> => {
  const { caller, now } = circumstances
  const { number } = known
  if (known.agent !== report.agent)
    return { verdict: 'refused', text: '这个编号已是别的工号的预警，没有改动。请联系管理员。', field: 'id' }
  const earlier = await revisionOf(queries, report)
  if (earlier !== undefined && !isDeepStrictEqual(earlier.report, report))
    return {
      verdict: 'refused',
      number,
      text: '这条预警在另一台电脑上也改过，中心用的是先到的；这里的还在本机，请核对后再发。',
      field: 'rev',
    }
  const kept = WarningReport.safeParse(known.body).data
  if (report.rev <= known.rev) return takeLate(queries, known, { report, kept, caller, now })
  await queries.rows('update warnings set rev = $2, body = $3::jsonb where id = $1', [
    report.id,
    report.rev,
    JSON.stringify(report),
  ])
  const event = await joinLate(queries, known, report, circumstances)
  const joins = event.id === known.id ? [] : [`${number} 并入本件`]
  await note(queries, {
    event: event.id,
    at: now,
    what: 'change',
    by: caller.account.id,
    byName: caller.account.name,
    text: [...joins, ...phonedSince(kept, report)].join('、'),
  })
  await keepRevision(queries, report, { now, late: false })
  await settleEvent(queries, event, circumstances)
  await touch(queries, event.id, now)
  return { verdict: 'stored', number: event.number }
}

/** Whom the seat has phoned since, for the timeline: names only. */
const phonedSince = (before: WarningReport | undefined, report: WarningReport): readonly string[] =>
  report.phoned
    .slice(before?.phoned.length ?? 0)
    .map(({ name, reached }) => `${name}${reached ? '（已接）' : '（没打通）'}`)

/** [WARN-10] Stores one report. Runs under the change lock, so two copies at once cannot both find it missing. */
export const storeWarning = async (
  queries: Queries,
  report: WarningReport,
  circumstances: Circumstances,
): Promise<Stored> => {
  const { caller, told, now } = circumstances
  const [known] = await queries.rows<Known>(
    `select w.rev, w.agent, w.body, e.id, e.number, e.level, e.state
     from warnings w join warning_events e on e.id = w.event where w.id = $1 for update`,
    [report.id],
  )
  if (known !== undefined) {
    if (known.agent === report.agent)
      await noteOther(queries, 'warning.renumbered', report, told, known.number, now)
    return change(queries, known, report, circumstances)
  }
  const joined = await eventAbout(queries, report, circumstances)
  const event = joined ?? (await openEvent(queries, report, circumstances))
  await noteOther(queries, 'warning.renumbered', report, told, event.number, now)
  await queries.rows(
    `insert into warnings (id, event, rev, agent, call_id, body, received_at, change)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, nextval('change_order'))`,
    [report.id, event.id, report.rev, report.agent, report.callId, JSON.stringify(report), now],
  )
  await keepRevision(queries, report, { now, late: false })
  await note(queries, {
    id: report.id,
    event: event.id,
    at: now,
    what: 'report',
    by: caller.account.id,
    byName: caller.account.name,
    text: phonedSince(undefined, report).join('、'),
  })
  if (joined !== null) {
    await settleEvent(queries, joined, circumstances)
    await touch(queries, joined.id, now)
  }
  return { verdict: 'stored', number: event.number }
}
