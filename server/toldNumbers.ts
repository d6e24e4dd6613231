// [SERVER-57] Official numbers that seats were told before the centre went back to a backup: departments and workers know
// them, so a work order that is sent again keeps the one it had.
import type { TicketId } from '../contract/ids.ts'
import { TicketNumbers } from '../contract/sync.ts'
import { addAudit } from './audit.ts'
import type { Queries } from './database.ts'

export type Told = ReadonlyMap<TicketId, string>

/** undefined: it is something else. */
export const numbersIn = (item: unknown): TicketNumbers | undefined => TicketNumbers.safeParse(item).data

/** No day of a hotline has as many; a number beyond was never drawn. */
const mostOfADay = 300_000

/** Takes the number for a work order that has none; false: it is another's, or no number that can have been drawn. */
export const takeTold = async (queries: Queries, number: string, today: string): Promise<boolean> => {
  const [day = '', counted = ''] = number.split('-')
  if (day > today || Number(counted) >= mostOfADay) return false
  if ((await queries.rows('select 1 from tickets where number = $1', [number])).length > 0) return false
  // Whatever is drawn on that day comes behind it.
  await queries.rows(
    `insert into ticket_days as d (day, last) values ($1, $2)
     on conflict (day) do update set last = greatest(d.last, excluded.last)`,
    [day, Number(counted)],
  )
  return true
}

/** The work order has another number now: who asks for the one that was told must still find it. */
export const noteOther = async (
  queries: Queries,
  { id, agent }: { readonly id: TicketId; readonly agent: string },
  told: string | undefined,
  number: string,
  now: number,
): Promise<void> => {
  if (told === undefined || told === number) return
  const subject = `${id} ${told} ${number}`
  const known = await queries.rows(`select 1 from audit where what = 'ticket.renumbered' and subject = $1`, [
    subject,
  ])
  if (known.length === 0)
    await addAudit(queries, { at: now, account: agent, what: 'ticket.renumbered', subject })
}
