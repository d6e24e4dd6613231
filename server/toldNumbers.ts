// [SERVER-57] Official numbers that seats were told before the centre went back to a backup: departments, workers and whoever a
// warning was reported to know them, so what is sent again keeps the one it had.
import { ToldNumbers } from '../contract/sync.ts'
import { addAudit } from './audit.ts'
import type { Queries } from './database.ts'

/** Of work orders and warnings, by id. */
export type Told = ReadonlyMap<string, string>

/** undefined: it is something else. */
export const numbersIn = (item: unknown): ToldNumbers | undefined => ToldNumbers.safeParse(item).data

/** No day of a hotline has as many; a number beyond was never drawn. */
const mostOfADay = 300_000

/** Takes the number for what has none; false: it is another's, or no number that can have been drawn up to `today`. */
export const takeTold = async (queries: Queries, number: string, today: string): Promise<boolean> => {
  const [day = '', counted = ''] = number.split('-')
  if (day > today || Number(counted) >= mostOfADay) return false
  const others = await queries.rows(
    'select 1 from tickets where number = $1 union all select 1 from warning_events where number = $1',
    [number],
  )
  if (others.length > 0) return false
  // Whatever is drawn on that day comes behind it.
  await queries.rows(
    `insert into ticket_days as d (day, last) values ($1, $2)
     on conflict (day) do update set last = greatest(d.last, excluded.last)`,
    [day, Number(counted)],
  )
  return true
}

/** It has another number now: who asks for the one that was told must still find it. */
export const noteOther = async (
  queries: Queries,
  what: 'ticket.renumbered' | 'warning.renumbered',
  { id, agent }: { readonly id: string; readonly agent: string },
  told: string | undefined,
  number: string,
  now: number,
): Promise<void> => {
  if (told === undefined || told === number) return
  const subject = `${id} ${told} ${number}`
  const known = await queries.rows('select 1 from audit where what = $1 and subject = $2', [what, subject])
  if (known.length === 0) await addAudit(queries, { at: now, account: agent, what, subject })
}
