// Who did or saw what: one row per sign-in, failure and read of personal data. Rows are only ever added.
import type { Queries } from './database.ts'

export interface AuditEntry {
  readonly at: number
  readonly account: string | null
  readonly what: string
  /** What it was done to: an id, never a number or a name. */
  readonly subject?: string
  readonly address?: string
}

export const addAudit = async (queries: Queries, entry: AuditEntry): Promise<void> => {
  await queries.rows(
    `insert into audit (at, account, what, subject, address, received_at) values ($1, $2, $3, $4, $5, $1)`,
    [entry.at, entry.account, entry.what, entry.subject ?? null, entry.address ?? null],
  )
}
