// What stands in the audit, for whoever may sit at the centre's machine: newest first, and reading it stands there too.
import { addAudit } from './audit.ts'
import type { Queries } from './database.ts'

/** `since` and `until` are days of Asia/Shanghai, "2026-11-01", both inclusive; `what` may hold % for any letters. */
export interface AuditWish {
  readonly account?: string
  readonly what?: string
  readonly since?: string
  readonly until?: string
}

export interface AuditRow {
  /** Asia/Shanghai, to the second. */
  readonly at: string
  readonly account: string | null
  readonly what: string
  readonly subject: string | null
  readonly address: string | null
}

const most = 1000
const dayMs = 24 * 3_600_000
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

export const listAudit = async (queries: Queries, wish: AuditWish, now: number): Promise<AuditRow[]> => {
  const rows = await queries.rows<AuditRow>(
    `select to_char(to_timestamp(at / 1000.0) at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as at,
       account, what, subject, address
     from audit
     where ($1::text is null or account = $1) and ($2::text is null or what like $2)
       and ($3::bigint is null or at >= $3) and ($4::bigint is null or at < $4)
     order by seq desc limit ${most}`,
    [
      wish.account ?? null,
      wish.what ?? null,
      wish.since === undefined ? null : startOf(wish.since),
      wish.until === undefined ? null : startOf(wish.until) + dayMs,
    ],
  )
  await addAudit(queries, { at: now, account: null, what: 'audit.read', subject: wish.account ?? 'all' })
  return rows
}
