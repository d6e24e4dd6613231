// [WARN-19] Every revision of a report is kept beside the one that counts: what an agent wrote on another computer is not gone
// because the higher number won.
import { WarningReport } from '../contract/warnings.ts'
import type { Queries } from './database.ts'

export const keepRevision = async (
  queries: Queries,
  report: WarningReport,
  { now, late }: { readonly now: number; readonly late: boolean },
): Promise<void> => {
  await queries.rows(
    `insert into warning_revisions (warning, rev, body, received_at, late) values ($1, $2, $3::jsonb, $4, $5)
     on conflict (warning, rev) do nothing`,
    [report.id, report.rev, JSON.stringify(report), now, late],
  )
}

/** What came in under this number before; undefined: nothing. */
export const revisionOf = async (
  queries: Queries,
  { id, rev }: WarningReport,
): Promise<{ readonly report: WarningReport; readonly late: boolean } | undefined> => {
  const [row] = await queries.rows<{ body: unknown; late: boolean }>(
    'select body, late from warning_revisions where warning = $1 and rev = $2',
    [id, rev],
  )
  return row && { report: WarningReport.parse(row.body), late: row.late }
}
