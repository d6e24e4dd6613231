// Work orders for those who handle them: list, read, act, reveal. Who may see which: agents their own
// dispatches, handlers those of their department, leads and administrators all. core/tickets says which
// action fits which state.
import { done, type Answer } from '../contract/answer.ts'
import type { Role } from '../contract/session.ts'
import { Ticket, TicketDispatch, type TicketAction } from '../contract/tickets.ts'
import { maySeeWhole } from '../core/privacy/mask.ts'
import { dispatchedAnew, isLeftLying } from '../core/tickets/again.ts'
import { askProblem, openAsk } from '../core/tickets/extension.ts'
import { afterAction, isActor, isLedBy, isTurnOf, maskedNumber } from '../core/tickets/ticket.ts'
import { endOfDay } from '../core/tickets/workdays.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Caller, type Centre, type Handler } from './centre.ts'
import type { Queries } from './database.ts'
import { oweAction, oweDispatch } from './outward.ts'
import { dispatchAgain } from './dispatch.ts'
import { problems } from './problems.ts'
import { currentReference } from './reference.ts'

/** Columns of a Ticket under their contract names, from `tickets t`. */
export const ticketColumns = `
  t.id, t.number, t.state, t.dispatch, t.accepted_at as "acceptedAt", t.sign_due_at as "signDueAt",
  t.due_at as "dueAt", t.changed_at as "changedAt", t.clock_from as "clockFrom",
  (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'what', e.what, 'by', e.by_account,
      'byName', e.by_name, 'text', e.note, 'substantiated', e.substantiated, 'solved', e.solved,
      'department', e.department, 'until', e.until_at)
      order by e.at, e.id), '[]'::jsonb)
   from ticket_events e where e.ticket = t.id) as events`

export interface TicketRow {
  readonly dispatch: { readonly contactNumber: string }
}

/** A row selected with ticketColumns; the contact number is masked, tickets.reveal gives it in full. */
export const ticketOf = (row: TicketRow): Ticket =>
  Ticket.parse({
    ...row,
    dispatch: { ...row.dispatch, contactNumber: maskedNumber(row.dispatch.contactNumber) },
  })

/** SQL condition and its values for what this person may see; the first placeholder is $n. */
const visible = ({ account }: Caller, n: number): { where: string; values: unknown[] } => {
  if (account.role === 'agent') return { where: `t.agent = $${n}`, values: [account.id] }
  if (account.role === 'handler')
    return {
      where: `(t.department = $${n} or $${n} = any(t.assisting))`,
      values: [account.department ?? ''],
    }
  return { where: `$${n}::text is not null`, values: [account.id] }
}

export const listTickets: Handler<'tickets.list'> = async (input, asking, centre) => {
  const { where, values } = visible(callerOf(asking), 1)
  const inState = `${where} and (cardinality($2::text[]) = 0 or t.state = any($2::text[]))`
  const tickets = await centre.database.rows<TicketRow>(
    `select ${ticketColumns} from tickets t
     where ${inState} and ($3::bigint is null or t.accepted_at < $3::bigint)
     order by t.accepted_at desc, t.id desc limit $4`,
    [...values, input.states, input.before, input.limit],
  )
  const [count] = await centre.database.rows<{ total: number }>(
    `select count(*)::int as total from tickets t where ${inState}`,
    [...values, input.states],
  )
  return done({ tickets: tickets.map(ticketOf), total: count?.total ?? 0, serverNow: centre.now() })
}

/** [TICKET-22] What core/tickets/extension.ts calls an open ask, counted where the events lie. */
const asked = `t.state = 'signed' and 'ask' = (
  select e.what from ticket_events e where e.ticket = t.id and e.what in ('dispatch', 'ask', 'grant', 'deny')
  order by e.at desc, e.id desc limit 1)`

/** [TICKET-23] How many of others that came back lie with nobody: one's own are counted at one's seat [TICKET-19]. */
const leftLying = async (queries: Queries, account: string, now: number): Promise<number> => {
  const rows = await queries.rows<{ returnedAt: number; role: Role; disabled: boolean }>(
    `select coalesce((select max(e.at) from ticket_events e where e.ticket = t.id and e.what = 'return'), t.changed_at)
       as "returnedAt", a.role, a.disabled
     from tickets t join accounts a on a.id = t.agent where t.state = 'returned' and t.agent <> $1`,
    [account],
  )
  if (rows.length === 0) return 0
  const reference = await currentReference(queries)
  return rows.filter(({ returnedAt, ...agent }) => isLeftLying(returnedAt, agent, reference, now)).length
}

export const waitingTickets: Handler<'tickets.waiting'> = async (_input, asking, { database, now }) => {
  const { account } = callerOf(asking)
  const count = async (mine: string, values: readonly unknown[]): Promise<number> => {
    const [row] = await database.rows<{ count: number }>(
      `select count(*)::int as count from tickets t where ${mine}`,
      values,
    )
    return row?.count ?? 0
  }
  if (account.role === 'handler')
    return done({
      count: await count(`t.state = 'dispatched' and t.department = $1`, [account.department ?? '']),
    })
  return done({ count: (await count(asked, [])) + (await leftLying(database, account.id, now())) })
}

/** The work order, or why this person gets none. */
const find = async (queries: Queries, caller: Caller, id: string) => {
  const { where, values } = visible(caller, 2)
  const [row] = await queries.rows<TicketRow & { seen: boolean; department: string; state: Ticket['state'] }>(
    `select ${ticketColumns}, t.department, (${where}) as seen from tickets t where t.id = $1`,
    [id, ...values],
  )
  if (row === undefined) return problems.notFound()
  return row.seen ? done(row) : problems.otherDepartment()
}

export const readTicket: Handler<'tickets.read'> = async (input, asking, centre) => {
  const found = await find(centre.database, callerOf(asking), input.id)
  return found.ok ? done(ticketOf(found.value)) : found
}

export const revealTicket: Handler<'tickets.reveal'> = async (input, asking, centre) => {
  const caller = callerOf(asking)
  const wait = centre.limits('reveal', caller.account.id)
  if (wait > 0) return problems.tooMany(wait)
  return centre.database.transaction(async (queries) => {
    const found = await find(queries, caller, input.id)
    if (!found.ok) return found
    const { policy } = await currentReference(queries)
    if (!maySeeWhole(policy, caller.account.role)) return problems.forbidden()
    await addAudit(queries, {
      at: centre.now(),
      account: caller.account.id,
      what: 'tickets.reveal',
      subject: input.id,
      address: asking.address,
    })
    return done({ contactNumber: found.value.dispatch.contactNumber })
  })
}

export const recordAction = async (
  queries: Queries,
  id: string,
  action: TicketAction,
  caller: Caller,
  now: number,
  /** Of a later limit asked for or granted. */
  until: number | null = null,
) => {
  await queries.rows(
    `insert into ticket_events (id, ticket, at, what, by_account, by_name, note, substantiated, solved, until_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      action.id,
      id,
      now,
      action.do,
      caller.account.id,
      caller.account.name,
      action.do === 'sign' ? '' : action.text,
      action.do === 'reply' ? action.substantiated : null,
      action.do === 'reply' ? action.solved : null,
      until,
    ],
  )
  await queries.rows(
    `update tickets set state = $2, changed_at = greatest(changed_at + 1, $3::bigint),
       due_at = coalesce($4::bigint, due_at), change = nextval('change_order') where id = $1`,
    [id, afterAction[action.do], now, action.do === 'grant' ? until : null],
  )
}

/** [TICKET-20] When the limit ends that is asked for or granted; null: the action is about none. */
const laterLimit = async (
  queries: Queries,
  ticket: Ticket,
  action: TicketAction,
  now: number,
): Promise<Answer<number | null>> => {
  if (action.do === 'grant') {
    const until = openAsk(ticket)?.until ?? 0
    return until > now ? done(until) : problems.dayIsOver()
  }
  if (action.do !== 'ask') return done(null)
  const rules = await currentReference(queries)
  const problem = askProblem(ticket, action.day, now, rules)
  if (problem === 'over') return problems.limitIsOver()
  return problem === 'day' ? problems.noLaterDay() : done(endOfDay(action.day, rules.policy))
}

/** [TICKET-23] In its agent's place, as if they had sent it again. */
const dispatchAnew = async (
  queries: Queries,
  { dispatch }: TicketRow,
  action: Extract<TicketAction, { do: 'redispatch' }>,
  caller: Caller,
  now: number,
): Promise<Answer<null>> => {
  const reference = await currentReference(queries)
  const anew = dispatchedAnew(TicketDispatch.parse(dispatch), action, reference, now)
  if (anew === null) return problems.noSuchPlan()
  await dispatchAgain(queries, action.id, anew, { caller, reference, now })
  await oweDispatch(queries, anew, now)
  return done(null)
}

export const actOnTicket: Handler<'tickets.act'> = async (input, asking, centre) => {
  const caller = callerOf(asking)
  const { account } = caller
  const result = await centre.database.transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12352)')
    const found = await find(queries, caller, input.id)
    if (!found.ok) return { answer: found, acted: false }
    const ticket = found.value
    const [earlier] = await queries.rows<{ ticket: string }>(
      'select ticket from ticket_events where id = $1',
      [input.action.id],
    )
    if (earlier !== undefined)
      return {
        answer: earlier.ticket === input.id ? done(ticketOf(ticket)) : problems.actionTaken(),
        acted: false,
      }
    if (!isLedBy(ticket.department, account)) return { answer: problems.otherDepartment(), acted: false }
    if (!isActor(account.role, input.action.do)) return { answer: problems.forbidden(), acted: false }
    const told = ticketOf(ticket)
    if (!isTurnOf(told, input.action.do)) return { answer: problems.ticketMoved(), acted: false }
    const until = await laterLimit(queries, told, input.action, centre.now())
    if (!until.ok) return { answer: until, acted: false }
    if (input.action.do === 'redispatch') {
      const sent = await dispatchAnew(queries, ticket, input.action, caller, centre.now())
      if (!sent.ok) return { answer: sent, acted: false }
    } else {
      await recordAction(queries, input.id, input.action, caller, centre.now(), until.value)
      await oweAction(queries, input.id, input.action, centre.now())
    }
    const after = await find(queries, caller, input.id)
    return { answer: after.ok ? done(ticketOf(after.value)) : after, acted: true }
  })
  if (result.acted && result.answer.ok) {
    centre.outwardDue()
    tellOf(centre, result.answer.value)
  }
  return result.answer
}

const tellOf = (centre: Centre, ticket: Ticket): void => {
  const { agent, plan } = ticket.dispatch
  const units = new Set([plan.department, ...plan.assisting.map((unit) => unit.department)])
  centre.feed.nudge(
    'tickets',
    ({ account }) =>
      account.id === agent ||
      account.role === 'lead' ||
      account.role === 'admin' ||
      (account.department !== null && units.has(account.department)),
  )
}
