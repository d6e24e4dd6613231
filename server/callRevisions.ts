// [SERVER-40] Filed forms that a later revision takes the place of, or that come after it, are kept beside the record: what an
// agent wrote on another computer is not gone because the higher number won. Corrections are rare, so this costs next to nothing.
import type { CallRecord } from '../contract/softphone.ts'
import type { Queries } from './database.ts'

/** The first is the call as it ended, the second its form: only a later one takes the place of a form. */
const isCorrection = ({ rev }: CallRecord): boolean => rev > 2

/** Before these are written. */
export const keepReplaced = async (queries: Queries, records: readonly CallRecord[]): Promise<void> => {
  const corrections = records.filter(isCorrection)
  if (corrections.length === 0) return
  await queries.rows(
    `insert into call_revisions (call, rev, body, received_at)
     select c.id, c.rev, c.body, c.received_at
     from unnest($1::uuid[], $2::int[]) as next (id, rev) join call_records c on c.id = next.id
     where c.filed_at is not null and c.rev < next.rev
     on conflict (call, rev) do nothing`,
    [corrections.map(({ id }) => id), corrections.map(({ rev }) => rev)],
  )
}

/** Of calls whose later revision is here already. */
export const keepLate = async (
  queries: Queries,
  records: readonly CallRecord[],
  now: number,
): Promise<void> => {
  const filed = records.filter(({ filedAt }) => filedAt !== null)
  if (filed.length === 0) return
  await queries.rows(
    `insert into call_revisions (call, rev, body, received_at)
     select id, rev, body::jsonb, $4 from unnest($1::uuid[], $2::int[], $3::text[]) as late (id, rev, body)
     on conflict (call, rev) do nothing`,
    [
      filed.map(({ id }) => id),
      filed.map(({ rev }) => rev),
      filed.map((record) => JSON.stringify(record)),
      now,
    ],
  )
}
