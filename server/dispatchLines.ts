// The lines of a work order's timeline that say to whom it was dispatched, and by whom: its agent, or a lead in their place.
import type { TicketDispatch } from '../contract/tickets.ts'
import type { Caller } from './centre.ts'
import type { Queries } from './database.ts'

export const addLine = async (
  queries: Queries,
  id: string,
  { id: ticket, plan }: TicketDispatch,
  { caller: { account }, now }: { readonly caller: Caller; readonly now: number },
): Promise<void> => {
  await queries.rows(
    `insert into ticket_events (id, ticket, at, what, by_account, by_name, note, department)
     values ($1, $2, $3, 'dispatch', $4, $5, $6, $7)`,
    [id, ticket, now, account.id, account.name, plan.note, plan.departmentName],
  )
}

/** Its agent changed what is out: the last line names where it goes now. What a lead dispatched stays as they did it. */
export const correctLine = async (queries: Queries, { id, agent, plan }: TicketDispatch): Promise<void> => {
  await queries.rows(
    `update ticket_events set department = $2 where by_account = $3 and id = (
       select id from ticket_events where ticket = $1 and what = 'dispatch' order by at desc, id desc limit 1)`,
    [id, plan.departmentName, agent],
  )
}

export interface Line {
  readonly account: string
  readonly name: string
  readonly department: string
  /** The revision that came with it. */
  readonly rev: number | null
}

/** Newest first. A revision and the line it is dispatched with bear one instant. */
export const linesOf = (queries: Queries, ticket: string): Promise<Line[]> =>
  queries.rows<Line>(
    `select e.by_account as account, e.by_name as name, coalesce(e.department, '') as department,
       (select max(r.rev) from dispatch_revisions r where r.ticket = e.ticket and r.received_at = e.at) as rev
     from ticket_events e where e.ticket = $1 and e.what = 'dispatch' order by e.at desc, e.id desc`,
    [ticket],
  )
