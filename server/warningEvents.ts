// Warning events for those who watch over them: list, read, act, reveal. Duty leaders and administrators act; a lead reads.
// core/warnings says whose screen rings.
import { done } from '../contract/answer.ts'
import type { AccountId } from '../contract/ids.ts'
import { WarningEvent, WarningFile, WarningReport } from '../contract/warnings.ts'
import { maskNumber, maySeeWhole } from '../core/privacy/mask.ts'
import { cameLate, ringOrder, whoRings } from '../core/warnings/levels.ts'
import { mayActOn, mayBeSigned } from '../core/warnings/event.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Asking, type Caller, type Centre, type Handler } from './centre.ts'
import type { Queries } from './database.ts'
import { problems } from './problems.ts'
import { currentReference } from './reference.ts'
import { atScreens } from './session.ts'
import { note, touch } from './warnings.ts'
import { reportFor } from './warningTold.ts'

/** Columns of a WarningEvent under their contract names but `rings`, from `warning_events e`. [WARN-11] Words and number of people are one report's. */
const columns = `
  e.id, e.number, e.employer, e.level, e.state, e.rung, e.received_at as "receivedAt",
  e.rang_since as "rangSince", e.signed_at as "signedAt",
  (select a.name from accounts a where a.id = e.signed_by) as "signedBy",
  e.closed_at as "closedAt", e.changed_at as "changedAt",
  (select count(*)::int from warnings w where w.event = e.id) as reports,
  (select max((w.body ->> 'people')::int) from warnings w where w.event = e.id) as people,
  (select min((w.body ->> 'heardAt')::bigint) from warnings w where w.event = e.id) as "heardAt",
  (select w.body ->> 'cause' from warnings w where w.event = e.id
   order by (w.body ->> 'people')::int desc nulls last, w.received_at desc, w.id desc limit 1) as cause`

interface Row {
  readonly id: string
  readonly state: WarningEvent['state']
  readonly rung: number
  readonly rangSince: number
}

/**
 * Who is rung by now, for events that ring: asked once for many rows. [WARN-9] At a screen counts who has been there since
 * before it began to ring: whoever comes in front of the others later silences nobody.
 */
const ringers = async (queries: Queries, now: number): Promise<(row: Row) => readonly AccountId[]> => {
  const onDuty = await queries.rows<{ id: AccountId }>(
    `select id from accounts where role = 'duty' and not disabled order by id`,
  )
  const thereSince = await atScreens(
    queries,
    onDuty.map(({ id }) => id),
    now,
  )
  const { warnings } = await currentReference(queries)
  const rules = warnings ?? { dutyOrder: [], escalateMinutes: [] }
  const order = ringOrder(
    onDuty.map(({ id }) => id),
    rules,
  )
  return ({ state, rung, rangSince }) =>
    state === 'open'
      ? whoRings(order, rung, rules, (id) => (thereSince.get(id) ?? Infinity) <= rangSince)
      : []
}

const eventOf = (row: Row, rings: readonly AccountId[], { account }: Caller): WarningEvent =>
  WarningEvent.parse({ ...row, rings: rings.includes(account.id) })

/** What rings first, whatever else there is: beyond the limit nobody hears of it. Then what was signed for last, and closed last. */
export const listWarnings: Handler<'warnings.list'> = async (input, asking, centre) => {
  const caller = callerOf(asking)
  const rows = await centre.database.rows<Row>(
    `select ${columns} from warning_events e
     order by array_position(array['open', 'signed', 'closed'], e.state),
       case e.state when 'open' then e.received_at else - coalesce(e.closed_at, e.signed_at) end limit $1`,
    [input.limit],
  )
  const now = centre.now()
  const ringing = await ringers(centre.database, now)
  return done({ events: rows.map((row) => eventOf(row, ringing(row), caller)), serverNow: now })
}

/** [WARN-4] Which reports of an event came late. */
const latecomers = async (queries: Queries, event: string): Promise<(report: string) => boolean> => {
  const rows = await queries.rows<{ warning: string; body: unknown; receivedAt: number }>(
    `select r.warning, r.body, r.received_at as "receivedAt"
     from warning_revisions r join warnings w on w.id = r.warning
     where w.event = $1 and not r.late order by r.received_at, r.rev`,
    [event],
  )
  const { warnings } = await currentReference(queries)
  const revisions = rows.map(({ body, ...rest }) => ({ ...rest, report: WarningReport.parse(body) }))
  return (report) =>
    warnings !== undefined &&
    cameLate(
      revisions.filter(({ warning }) => warning === report),
      warnings,
    )
}

const fileOf = async (
  queries: Queries,
  id: string,
  asking: Asking,
  now: number,
): Promise<WarningFile | null> => {
  const [row] = await queries.rows<Row>(`select ${columns} from warning_events e where e.id = $1`, [id])
  if (row === undefined) return null
  const reports = await queries.rows<{ id: string; body: unknown; agentName: string; receivedAt: number }>(
    `select w.id, w.body, a.name as "agentName", w.received_at as "receivedAt"
     from warnings w join accounts a on a.id = w.agent where w.event = $1 order by w.received_at, w.id`,
    [id],
  )
  const notes = await queries.rows(
    `select at, what, by_name as "byName", note as text from warning_notes where event = $1 order by at, id`,
    [id],
  )
  const ringing = await ringers(queries, now)
  const isLate = await latecomers(queries, id)
  return WarningFile.parse({
    event: eventOf(row, ringing(row), callerOf(asking)),
    reports: reports.map(({ id: own, body, ...rest }) => {
      const report = reportFor(WarningReport.parse(body), asking.protocol)
      return {
        ...rest,
        late: isLate(own),
        report: { ...report, contactNumber: maskNumber(report.contactNumber) },
      }
    }),
    notes,
    serverNow: now,
  })
}

const audit = (
  queries: Queries,
  what: string,
  subject: string,
  caller: Caller,
  at: number,
  address: string,
) => addAudit(queries, { at, account: caller.account.id, what, subject, address })

/** [WARN-14] Reading an event file is reading personal data. */
export const readWarning: Handler<'warnings.read'> = async (input, asking, centre) => {
  const caller = callerOf(asking)
  const wait = centre.limits('watch', caller.account.id)
  if (wait > 0) return problems.tooMany(wait)
  const file = await fileOf(centre.database, input.id, asking, centre.now())
  if (file === null) return problems.notFound()
  await audit(centre.database, 'warnings.read', input.id, caller, centre.now(), asking.address)
  return done(file)
}

export const revealWarning: Handler<'warnings.reveal'> = async (input, asking, centre) => {
  const caller = callerOf(asking)
  const wait = centre.limits('reveal', caller.account.id)
  if (wait > 0) return problems.tooMany(wait)
  return centre.database.transaction(async (queries) => {
    const [row] = await queries.rows<{ number: string }>(
      `select body ->> 'contactNumber' as number from warnings where id = $1`,
      [input.id],
    )
    if (row === undefined) return problems.notFound()
    const { policy } = await currentReference(queries)
    if (!maySeeWhole(policy, caller.account.role)) return problems.forbidden()
    await audit(queries, 'warnings.reveal', input.id, caller, centre.now(), asking.address)
    return done({ contactNumber: row.number })
  })
}

const sign = `update warning_events set state = 'signed', signed_at = $2, signed_by = $3 where id = $1`
const close = `update warning_events set state = 'closed', closed_at = $2 where id = $1`

/** [WARN-12] [WARN-13] One step, once, however often it is sent. */
export const actOnWarning: Handler<'warnings.act'> = async ({ id, action }, asking, centre) => {
  const caller = callerOf(asking)
  const now = centre.now()
  const acted = await centre.database.transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12352)')
    const [event] = await queries.rows<Pick<WarningEvent, 'state' | 'level'>>(
      'select state, level from warning_events where id = $1',
      [id],
    )
    if (event === undefined) return 'unknown'
    const [earlier] = await queries.rows<{ event: string }>('select event from warning_notes where id = $1', [
      action.id,
    ])
    if (earlier !== undefined) return earlier.event === id ? 'repeated' : 'taken'
    if (!mayActOn(event.state, action.do)) return 'moved'
    if (action.do === 'sign' && !mayBeSigned(event.level, action.level)) return 'graver'
    if (action.do === 'sign') await queries.rows(sign, [id, now, caller.account.id])
    if (action.do === 'close') await queries.rows(close, [id, now])
    const { name } = caller.account
    const text = action.do === 'sign' ? '' : action.text
    const by = caller.account.id
    await note(queries, { id: action.id, event: id, at: now, what: action.do, by, byName: name, text })
    await touch(queries, id, now)
    return 'acted'
  })
  if (acted === 'unknown') return problems.notFound()
  if (acted === 'taken') return problems.actionTaken()
  if (acted === 'moved') return problems.warningMoved()
  if (acted === 'graver') return problems.warningGraver()
  if (acted === 'acted') await tellOfEvent(centre, id)
  const file = await fileOf(centre.database, id, asking, now)
  return file === null ? problems.notFound() : done(file)
}

/** Those who watch, and the agents who reported it, look now. */
export const tellOfEvent = async (
  { database, feed }: Pick<Centre, 'database' | 'feed'>,
  event: string,
): Promise<void> => {
  const rows = await database.rows<{ agent: string }>('select agent from warnings where event = $1', [event])
  const agents = new Set(rows.map(({ agent }) => agent))
  feed.nudge(
    'warnings',
    ({ account }) => ['duty', 'lead', 'admin'].includes(account.role) || agents.has(account.id),
  )
}
