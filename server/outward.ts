// The outbox of the centre: what the world outside is owed, as rows. Written in the transaction of its cause, read and
// decided upon by the lead and the administrator; outwardWorker.ts carries it, core/outward says what is owed.
import { done } from '../contract/answer.ts'
import { OutwardRow, type OutwardMessage, type OutwardState } from '../contract/outward.ts'
import type { TicketAction, TicketDispatch } from '../contract/tickets.ts'
import { maskNumber } from '../core/privacy/mask.ts'
import { owedByDispatch, owedByReply, type Subject } from '../core/outward/outward.ts'
import { addAudit } from './audit.ts'
import { callerOf, type Handler } from './centre.ts'
import type { Queries } from './database.ts'
import { currentReference } from './reference.ts'

const subjectOf = async (queries: Queries, ticketId: string): Promise<Subject | null> => {
  const [row] = await queries.rows<Subject>(
    'select dispatch, number, sign_due_at as "signDueAt" from tickets where id = $1',
    [ticketId],
  )
  return row ?? null
}

const keep = async (
  queries: Queries,
  ticketId: string,
  messages: readonly OutwardMessage[],
  now: number,
): Promise<void> => {
  for (const message of messages)
    await queries.rows(
      `insert into outward (key, kind, ticket, recipient, body, made_at, due_at)
       values ($1, $2, $3, $4, $5::jsonb, $6, $6) on conflict (key) do nothing`,
      [
        message.key,
        message.kind,
        ticketId,
        message.to.is === 'department' ? message.to.code : message.to.number,
        JSON.stringify(message),
        now,
      ],
    )
}

/** [OUT-2] Call it in the transaction that stored the dispatch. */
export const oweDispatch = async (queries: Queries, dispatch: TicketDispatch, now: number): Promise<void> => {
  const subject = await subjectOf(queries, dispatch.id)
  if (subject !== null)
    await keep(queries, dispatch.id, owedByDispatch(subject, await currentReference(queries)), now)
}

/** Call it in the transaction that stored the action. */
export const oweAction = async (
  queries: Queries,
  ticketId: string,
  action: TicketAction,
  now: number,
): Promise<void> => {
  if (action.do !== 'reply') return
  const subject = await subjectOf(queries, ticketId)
  if (subject !== null)
    await keep(queries, ticketId, owedByReply(subject, action.id, await currentReference(queries)), now)
}

interface Listed extends Omit<OutwardRow, 'recipient' | 'ticket'> {
  readonly body: OutwardMessage
}

const rowOf = ({ body, ...row }: Listed): OutwardRow =>
  OutwardRow.parse({
    ...row,
    ticket: body.ticket,
    recipient: body.to.is === 'department' ? body.to.name : maskNumber(body.to.number),
  })

const isOpen = `state in ('waiting', 'refused', 'held')`
const isSettled = `state in ('delivered', 'dropped')`

/** What is open, oldest first, and behind it the last that was settled. [SERVER-62] Each by its own index: it is asked every minute. */
export const listOutward: Handler<'outward.list'> = async (input, _asking, centre) => {
  const rows = await centre.database.rows<Listed>(
    `select key, kind, state, ticket as "ticketId", body, made_at as "madeAt", due_at as "dueAt", attempts, said,
       settled_at as "settledAt"
     from (
       (select * from outward where ${isOpen} order by seq limit $1)
       union all
       (select * from outward where ${isSettled} order by settled_at desc limit $1)) as newest
     order by ${isOpen} desc, case when ${isOpen} then seq end, settled_at desc limit $1`,
    [input.limit],
  )
  const counted = await centre.database.rows<{ state: OutwardState; count: number }>(
    `select state, count(*)::int as count from outward where ${isOpen} group by state
     union all select 'delivered', count(*)::int from outward where state = 'delivered'`,
  )
  const count = (state: OutwardState): number => counted.find((row) => row.state === state)?.count ?? 0
  return done({
    configured: centre.hasGateway,
    waiting: count('waiting'),
    refused: count('refused'),
    held: count('held'),
    delivered: count('delivered'),
    rows: rows.map(rowOf),
  })
}

/** [OUT-6] A person's word on what does not go out by itself; who said it is on record. */
export const decideOutward: Handler<'outward.decide'> = async (input, asking, centre) => {
  const { account } = callerOf(asking)
  const now = centre.now()
  await centre.database.transaction(async (queries) => {
    const changed = await queries.rows<{ key: string }>(
      input.do === 'send'
        ? `update outward set state = 'waiting', released = true, due_at = $2, settled_at = null
           where key = any($1::text[]) and state in ('waiting', 'refused', 'held') returning key`
        : `update outward set state = 'dropped', settled_at = $2
           where key = any($1::text[]) and state in ('refused', 'held') returning key`,
      [input.keys, now],
    )
    for (const { key } of changed)
      await addAudit(queries, {
        at: now,
        account: account.id,
        what: `outward.${input.do}`,
        subject: key,
        address: asking.address,
      })
  })
  centre.outwardDue()
  return done(null)
}
