// A dispatch that arrives from a seat becomes a work order: official number of the day, deadlines from the
// reference data, first line of its timeline. Sending it again changes nothing.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { PushVerdict } from '../contract/sync.ts'
import type { Reference } from '../contract/reference.ts'
import { TicketDispatch } from '../contract/tickets.ts'
import { goesElsewhere, turnOf } from '../core/tickets/again.ts'
import { maskedNumber } from '../core/tickets/ticket.ts'
import { dayNumber, dayOf, dueAt, secondOf } from '../core/tickets/workdays.ts'
import type { Caller } from './centre.ts'
import type { Queries } from './database.ts'
import { addLine, correctLine, linesOf, type Line } from './dispatchLines.ts'
import { noteOther, takeTold } from './toldNumbers.ts'

/** The centre's word on one stored item, without its id. */
export type Stored = Omit<PushVerdict, 'id'>

interface Known {
  readonly rev: number
  readonly agent: string
  readonly state: string
  readonly number: string
  readonly round: number
  readonly department: string
  readonly limit: string
  readonly clock_from: number
}

/** What a number drawn then begins with. */
export const dayNamed = (prefix: string, now: number): string =>
  prefix + dayOf(dayNumber(now)).iso.replaceAll('-', '')

/** yyyymmdd-nnnn of the day in Shanghai; each prefix counts for itself. */
export const drawNumber = async (queries: Queries, now: number, prefix = ''): Promise<string> => {
  const day = dayNamed(prefix, now)
  const [row] = await queries.rows<{ last: number }>(
    `insert into ticket_days as d (day, last) values ($1, 1)
     on conflict (day) do update set last = d.last + 1 returning last`,
    [day],
  )
  return `${day}-${String(row?.last ?? 0).padStart(4, '0')}`
}

/**
 * [SERVER-35] What was drawn today may be lost here and known outside: none of it is drawn again. From now on the day counts
 * from its second on, in six digits: further than it ever came, also when the same backup is put back twice.
 */
export const skipNumbers = async (queries: Queries, now: number): Promise<void> => {
  for (const prefix of ['', 'YJ'])
    await queries.rows(
      `insert into ticket_days as d (day, last) values ($1, $2)
       on conflict (day) do update set last = greatest(d.last, excluded.last)`,
      [dayNamed(prefix, now), 100_000 + secondOf(now)],
    )
}

/** Both count from when the centre had this dispatch, sent again anew. [TICKET-15] Nobody may wait longer to sign for it than to answer it. */
const deadlines = (dispatch: TicketDispatch, reference: Reference, from: number) => {
  const { calendar, policy, timeLimits } = reference
  const limitNamed = (code: string) => timeLimits.find((limit) => limit.code === code)
  const sign = limitNamed(policy.signLimit)
  const answer = limitNamed(dispatch.plan.limit)
  // A limit taken out of use meanwhile keeps the deadline the seat worked out with it.
  const due = answer === undefined ? dispatch.plan.dueAt : dueAt(answer, from, calendar, policy).dueAt
  const signDue = sign === undefined ? due : dueAt(sign, from, calendar, policy).dueAt
  return { signDueAt: Math.min(signDue, due), dueAt: due }
}

const keepRevision = async (queries: Queries, dispatch: TicketDispatch, now: number): Promise<void> => {
  await queries.rows(
    `insert into dispatch_revisions (ticket, rev, dispatch, received_at) values ($1, $2, $3::jsonb, $4)
     on conflict (ticket, rev) do nothing`,
    [dispatch.id, dispatch.rev, JSON.stringify(dispatch), now],
  )
}

interface Circumstances {
  readonly caller: Caller
  readonly reference: Reference
  /** The number its seat was told, before this centre went back to a backup [SERVER-57]. */
  readonly told?: string | undefined
  readonly now: number
}

/** Why a later revision does not change the work order. */
const outOfTurn = {
  taken: '承办单位已签收这张工单，改动没有保存。请另行联系。',
  returned: '承办单位已退单，这处改动没有发出。请先看退单理由，改好后重新派单。',
  superseded: '这张工单退单后已重新派出，这里是退单前的改动，没有保存。请对照后再提交。',
} as const

/** [TICKET-23] A lead was first. */
const inAgentsPlace = ({ name, department }: Line, number: string): Stored => ({
  verdict: 'refused',
  number,
  text: `这张工单退单后已由${name}改派给「${department}」，承办单位和时限以此为准；这里的改动没有保存，还在本机，请对照后再提交。`,
  field: 'plan.department',
})

/** [TICKET-11] Asked where it would be dispatched anew only: what is here already is here, though its department left since. */
const goesNowhere = ({ plan }: TicketDispatch, { departments }: Reference): boolean =>
  !departments.some(({ code, active }) => active && code === plan.department)
const nowhere = {
  verdict: 'refused',
  text: '没有这个承办单位，或者已停用，请改选后再提交。',
  field: 'plan.department',
} as const

/** A copy that came from us bears the number masked. */
const isMasked = ({ contactNumber }: TicketDispatch): boolean =>
  contactNumber.includes('*') && maskedNumber(contactNumber) === contactNumber

/** The same words, in one of them perhaps with the number masked? */
const isSame = (kept: TicketDispatch, given: TicketDispatch): boolean =>
  isDeepStrictEqual(kept, given) ||
  (maskedNumber(kept.contactNumber) === maskedNumber(given.contactNumber) &&
    (isMasked(kept) || isMasked(given)) &&
    isDeepStrictEqual({ ...kept, contactNumber: '' }, { ...given, contactNumber: '' }))

/**
 * [SERVER-59] What comes from a seat that has only our masked copy: its other revisions and its call know the number. Only the
 * work order gets it; the revision stays as it came, for who wrote it may have put the number right in just these digits.
 */
const withNumber = async (queries: Queries, dispatch: TicketDispatch): Promise<TicketDispatch> => {
  // Of a short one the mask tells nothing.
  if (!isMasked(dispatch) || dispatch.contactNumber === '****') return dispatch
  const rows = await queries.rows<{ number: string | null }>(
    `select dispatch ->> 'contactNumber' as number, rev as rank from dispatch_revisions where ticket = $1
     union all select body -> 'form' ->> 'contactNumber', 0 from call_records where id = $2 and agent = $3
     union all select body ->> 'number', -1 from call_records where id = $2 and agent = $3
     order by rank desc`,
    [dispatch.id, dispatch.callId, dispatch.agent],
  )
  const copies = rows.map(({ number }) => ({ ...dispatch, contactNumber: number ?? '' }))
  return copies.find((copy) => !isMasked(copy) && isSame(copy, dispatch)) ?? dispatch
}

/** [SERVER-59] Its seat brings the number of a revision another one had only as we told it. */
const unmask = async (queries: Queries, known: Known, dispatch: TicketDispatch): Promise<void> => {
  const { id, rev } = dispatch
  const body = JSON.stringify(dispatch)
  await queries.rows('update dispatch_revisions set dispatch = $3::jsonb where ticket = $1 and rev = $2', [
    id,
    rev,
    body,
  ])
  if (rev === known.rev)
    await queries.rows('update tickets set dispatch = $2::jsonb where id = $1', [id, body])
}

/** This revision counts from now on; its limits run from `from`. */
const replaceDispatch = async (
  queries: Queries,
  dispatch: TicketDispatch,
  from: number,
  { reference, now }: Pick<Circumstances, 'reference' | 'now'>,
): Promise<void> => {
  const due = deadlines(dispatch, reference, from)
  await queries.rows(
    `update tickets set state = 'dispatched', rev = $2, department = $3, assisting = $4::text[],
       dispatch = $5::jsonb, sign_due_at = $7, due_at = $8, clock_from = $9,
       changed_at = greatest(changed_at + 1, $6::bigint), change = nextval('change_order') where id = $1`,
    [
      dispatch.id,
      dispatch.rev,
      dispatch.plan.department,
      dispatch.plan.assisting.map((unit) => unit.department),
      JSON.stringify(await withNumber(queries, dispatch)),
      now,
      due.signDueAt,
      due.dueAt,
      from,
    ],
  )
  await keepRevision(queries, dispatch, now)
}

/** [TICKET-18] [TICKET-23] What came back goes out again, both limits anew. `line`: the id of the line that says so. */
export const dispatchAgain = async (
  queries: Queries,
  line: string,
  dispatch: TicketDispatch,
  circumstances: Pick<Circumstances, 'caller' | 'reference' | 'now'>,
): Promise<void> => {
  await replaceDispatch(queries, dispatch, circumstances.now, circumstances)
  await addLine(queries, line, dispatch, circumstances)
}

const change = async (
  queries: Queries,
  known: Known,
  dispatch: TicketDispatch,
  { caller, reference, now }: Circumstances,
): Promise<Stored> => {
  const { number } = known
  if (known.agent !== dispatch.agent)
    return { verdict: 'refused', text: '这个编号已是别的工号的工单，没有改动。请联系管理员。', field: 'id' }
  const [earlier] = await queries.rows<{ dispatch: unknown }>(
    'select dispatch from dispatch_revisions where ticket = $1 and rev = $2',
    [dispatch.id, dispatch.rev],
  )
  const { data: kept } = TicketDispatch.safeParse(earlier?.dispatch)
  if (kept !== undefined && !isSame(kept, dispatch)) {
    const first = (await linesOf(queries, dispatch.id)).find(({ rev }) => rev === dispatch.rev)
    if (first !== undefined && first.account !== dispatch.agent) return inAgentsPlace(first, number)
    return {
      verdict: 'refused',
      number,
      text: '这张工单在另一台电脑上也改过，中心用的是先到的；这里的改动还在本机，请对照后再提交。',
      field: 'rev',
    }
  }
  if (kept !== undefined && isMasked(kept) && !isMasked(dispatch)) {
    await unmask(queries, known, dispatch)
    return { verdict: 'stored', number }
  }
  if (dispatch.rev <= known.rev) {
    await keepRevision(queries, dispatch, now)
    return { verdict: 'duplicate', number }
  }
  const turn = turnOf(known, dispatch)
  if (turn !== 'again' && turn !== 'change') return { verdict: 'refused', number, text: outOfTurn[turn] }
  if (turn === 'change' && goesElsewhere(known, dispatch.plan)) {
    const [newest] = await linesOf(queries, dispatch.id)
    if (newest !== undefined && newest.account !== dispatch.agent) return inAgentsPlace(newest, number)
  }
  if (goesNowhere(dispatch, reference)) return { ...nowhere, number }
  if (turn === 'again') {
    await dispatchAgain(queries, randomUUID(), dispatch, { caller, reference, now })
    return { verdict: 'stored', number }
  }
  await replaceDispatch(queries, dispatch, known.clock_from, { reference, now })
  await correctLine(queries, dispatch)
  return { verdict: 'stored', number }
}

/** Stores one dispatch. Runs under the change lock, so two copies at once cannot both find it missing. */
export const storeDispatch = async (
  queries: Queries,
  dispatch: TicketDispatch,
  circumstances: Circumstances,
): Promise<Stored> => {
  const { reference, told, now } = circumstances
  const [known] = await queries.rows<Known>(
    `select rev, agent, state, number, clock_from, coalesce((dispatch ->> 'round')::int, 1) as round,
       department, dispatch -> 'plan' ->> 'limit' as "limit" from tickets where id = $1 for update`,
    [dispatch.id],
  )
  if (known !== undefined) {
    if (known.agent === dispatch.agent)
      await noteOther(queries, 'ticket.renumbered', dispatch, told, known.number, now)
    return change(queries, known, dispatch, circumstances)
  }
  if (goesNowhere(dispatch, reference)) return nowhere
  const isKept = told !== undefined && (await takeTold(queries, told, dayNamed('', now)))
  const number = isKept ? told : await drawNumber(queries, now)
  await noteOther(queries, 'ticket.renumbered', dispatch, told, number, now)
  // No two are accepted in the same millisecond: lists turn their pages by that instant.
  const due = deadlines(dispatch, reference, now)
  await queries.rows(
    `insert into tickets (id, number, rev, state, agent, department, assisting, call_id, dispatch,
       accepted_at, clock_from, sign_due_at, due_at, changed_at, change)
     select $1, $2, $3, 'dispatched', $4, $5, $6::text[], $7, $8::jsonb, at, at, $10, $11, at, nextval('change_order')
     from (select greatest($9::bigint, max(accepted_at) + 1) as at from tickets) as moment`,
    [
      dispatch.id,
      number,
      dispatch.rev,
      dispatch.agent,
      dispatch.plan.department,
      dispatch.plan.assisting.map((unit) => unit.department),
      dispatch.callId,
      JSON.stringify(await withNumber(queries, dispatch)),
      now,
      due.signDueAt,
      due.dueAt,
    ],
  )
  await keepRevision(queries, dispatch, now)
  // The work order's own id is the id of its first event: a second copy cannot add a second line.
  await addLine(queries, dispatch.id, dispatch, circumstances)
  return { verdict: 'stored', number }
}
