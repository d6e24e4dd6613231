// Puts a backup back: checked to its last byte first, then all or nothing in one transaction. The restored centre gets
// a new epoch, by which every seat knows that it must pull anew and send again what the backup did not have [SERVER-35].
import { addAudit } from './audit.ts'
import { BackupEnd, BackupHead, BackupRows, backedUpTables, newestSchema, quoted } from './backup.ts'
import { BackupTrouble, readBackup } from './backupFile.ts'
import type { Database, Queries } from './database.ts'
import { beginEpoch } from './history.ts'
import { centreProgram } from './postgres.ts'

export type Checked = { readonly head: BackupHead; readonly end: BackupEnd }

const damaged = (): never => {
  throw new BackupTrouble('备份文件的内容对不上。没有改动。')
}

/** Reads it through: whole, unchanged, readable, and every count as it says. Touches no database. */
export const checkBackup = async (file: string, secret: string): Promise<Checked> => {
  let head: BackupHead | null = null
  let end: BackupEnd | null = null
  const counts: Record<string, number> = {}
  for await (const line of readBackup(file, secret)) {
    if (head === null) head = BackupHead.safeParse(line).data ?? damaged()
    else if (end !== null) damaged()
    else {
      end = BackupEnd.safeParse(line).data ?? null
      if (end !== null) continue
      const { table, rows } = BackupRows.safeParse(line).data ?? damaged()
      counts[table] = (counts[table] ?? 0) + rows.length
    }
  }
  if (head === null || end === null) return damaged()
  const { counts: said } = end
  if (Object.keys({ ...said, ...counts }).some((table) => (said[table] ?? 0) !== (counts[table] ?? 0)))
    damaged()
  return { head, end }
}

const isEmpty = async (queries: Queries): Promise<boolean> => {
  const [row] = await queries.rows<{ some: boolean }>(
    'select exists (select from accounts) or exists (select from call_records) as some',
  )
  return row?.some === false
}

/** A running centre would go on under its old epoch, and no seat would send again what the backup lacks. */
const isAtWork = async (queries: Queries): Promise<boolean> => {
  const others = await queries.rows(
    `select 1 from pg_stat_activity where datname = current_database() and application_name = $1
       and pid <> pg_backend_pid()`,
    [centreProgram],
  )
  return others.length > 0
}

/** Columns that can be written: a generated one makes itself. */
const columnsOf = async (queries: Queries, table: string): Promise<readonly string[]> => {
  const rows = await queries.rows<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  return rows.map(({ name }) => name)
}

const putRows = async (queries: Queries, columns: readonly string[], { table, rows }: BackupRows) => {
  const names = columns.map(quoted).join(', ')
  await queries.rows(
    `insert into ${quoted(table)} (${names}) overriding system value
     select ${names} from jsonb_populate_recordset(null::${quoted(table)}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}

export const restore = async (
  database: Database,
  file: string,
  secret: string,
  { replace, now }: { readonly replace: boolean; readonly now: number },
): Promise<Checked['end']['counts']> => {
  const { head, end } = await checkBackup(file, secret)
  if (head.schema !== newestSchema())
    throw new BackupTrouble(
      `备份来自第 ${head.schema} 版数据库，本程序是第 ${newestSchema()} 版。请用做备份时的程序恢复，再升级。没有改动。`,
    )
  await database.transaction(async (queries) => {
    if (await isAtWork(queries))
      throw new BackupTrouble('中心还开着（PostgreSQL 上有它的连接）。请先停下中心再恢复。没有改动。')
    if (!replace && !(await isEmpty(queries)))
      throw new BackupTrouble('这个中心里已经有数据。确定要用备份替换它，请加 --replace。没有改动。')
    const [present] = await queries.rows<{ epoch: number }>('select epoch from centre')
    const tables = await backedUpTables(queries)
    await queries.script(`truncate ${tables.map(quoted).join(', ')} cascade`)
    const columns = new Map<string, readonly string[]>()
    for await (const line of readBackup(file, secret)) {
      const part = BackupRows.safeParse(line).data
      if (part === undefined) continue
      const known = columns.get(part.table) ?? (await columnsOf(queries, part.table))
      columns.set(part.table, known)
      await putRows(queries, known, part)
    }
    for (const [name, last] of Object.entries(end.sequences))
      await queries.rows('select setval($1::regclass, $2)', [quoted(name), last])
    await beginEpoch(queries, [head.epoch, present?.epoch ?? 0], now)
    await addAudit(queries, {
      at: now,
      account: null,
      what: 'centre.restored',
      subject: `backup of ${new Date(head.at).toISOString()}`,
    })
  })
  return end.counts
}
