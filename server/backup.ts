// A backup: every table of the centre as it was at one instant, taken while the centre runs. Sessions stay out: a copy
// of the centre must not hold keys to it, and after a restore everybody signs in anew.
import { z } from 'zod'
import { PROTOCOL } from '../contract/version.ts'
import { BackupTrouble, writeBackup } from './backupFile.ts'
import type { Database, Queries } from './database.ts'
import { readMigrations } from './migrate.ts'

/** First line. `schema`: number of the newest migration. */
export const BackupHead = z.object({
  backup: z.literal(1),
  protocol: z.number().int(),
  schema: z.number().int(),
  centre: z.string(),
  name: z.string(),
  practice: z.boolean(),
  epoch: z.number().int(),
  at: z.number().int(),
})
export type BackupHead = z.infer<typeof BackupHead>
/** Some rows of one table. Tables come in an order in which each row finds what it refers to. */
export const BackupRows = z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })
export type BackupRows = z.infer<typeof BackupRows>
/** Last line. */
export const BackupEnd = z.object({
  end: z.literal(true),
  counts: z.record(z.string(), z.number().int()),
  sequences: z.record(z.string(), z.number().int()),
})
export type BackupEnd = z.infer<typeof BackupEnd>

const leftOut = ['migrations', 'write_trial', 'sessions', 'access_tokens', 'spent_tokens']
/** Rows of attachments are large. */
const rowsAtOnce = (table: string): number => (table === 'attachment_chunks' ? 20 : 500)

export const newestSchema = (): number => Math.max(...readMigrations().map(({ number }) => number))

/** Names come from the catalog, and are quoted all the same. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The tables a backup holds, those that are referred to first. */
export const backedUpTables = async (queries: Queries): Promise<readonly string[]> => {
  const tables = await queries.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  )
  const links = await queries.rows<{ child: string; parent: string }>(
    `select c.relname as child, p.relname as parent from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f'`,
  )
  const waiting = tables.map(({ name }) => name).filter((name) => !leftOut.includes(name))
  const order: string[] = []
  while (waiting.length > 0) {
    const free = waiting.findIndex((name) =>
      links.every(({ child, parent }) => child !== name || parent === name || !waiting.includes(parent)),
    )
    if (free === -1) throw new Error(`tables refer to each other in a circle: ${waiting.join(', ')}`)
    order.push(...waiting.splice(free, 1))
  }
  return order
}

const sequencesIn = async (queries: Queries): Promise<Record<string, number>> => {
  const rows = await queries.rows<{ name: string; last: number }>(
    `select sequencename as name, last_value::float8 as last from pg_sequences
     where schemaname = 'public' and last_value is not null`,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

/** The tables and what stands around their rows. */
interface Opened {
  readonly head: BackupHead
  readonly tables: readonly string[]
  readonly sequences: BackupEnd['sequences']
}

const cursorOn = (table: string): string => quoted(`backup_${table}`)

/** Everything at one instant, with a cursor on each table. `held`: they outlive the transaction. */
const openAll = async (queries: Queries, now: number, held: boolean): Promise<Opened> => {
  await queries.rows('set transaction isolation level repeatable read read only')
  const [centre] = await queries.rows<{ id: string; name: string; practice: boolean; epoch: number }>(
    'select id, name, practice, epoch from centre',
  )
  if (centre === undefined) throw new BackupTrouble('这个中心还没有启动过，没有可备份的。')
  const { id, name, practice, epoch } = centre
  const tables = await backedUpTables(queries)
  for (const table of tables)
    await queries.script(
      `declare ${cursorOn(table)} no scroll cursor ${held ? 'with hold' : ''} for select * from ${quoted(table)}`,
    )
  return {
    head: {
      backup: 1,
      protocol: PROTOCOL,
      schema: newestSchema(),
      centre: id,
      name,
      practice,
      epoch,
      at: now,
    },
    tables,
    sequences: await sequencesIn(queries),
  }
}

async function* contents(
  queries: Queries,
  { head, tables, sequences }: Opened,
): AsyncGenerator<BackupHead | BackupRows | BackupEnd> {
  yield head
  const counts: Record<string, number> = {}
  for (const table of tables) {
    counts[table] = 0
    for (;;) {
      const rows = await queries.rows<Record<string, unknown>>(
        `fetch ${rowsAtOnce(table)} from ${cursorOn(table)}`,
      )
      if (rows.length === 0) break
      counts[table] = (counts[table] ?? 0) + rows.length
      yield { table, rows }
    }
    await queries.script(`close ${cursorOn(table)}`)
  }
  yield { end: true, counts, sequences }
}

/** Writes the file, or leaves none. Answers how many rows of which table are in it. */
export const backUp = async (
  database: Database,
  file: string,
  secret: string,
  now: number,
): Promise<BackupEnd['counts']> => {
  let counts: BackupEnd['counts'] = {}
  const write = async (queries: Queries, opened: Opened): Promise<void> => {
    async function* lines() {
      for await (const line of contents(queries, opened)) {
        if ('end' in line) ({ counts } = line)
        yield line
      }
    }
    await writeBackup(file, secret, lines())
  }
  if (database.kind === 'postgres')
    await database.transaction(async (queries) => write(queries, await openAll(queries, now, false)))
  else {
    // It has one session for everybody: it sets the rows aside at once, and others go on while they are written down.
    const opened = await database.transaction((queries) => openAll(queries, now, true))
    try {
      await write(database, opened)
    } finally {
      // What is set aside takes room. A database that failed holds nothing any more.
      await database.script('close all').catch(() => undefined)
    }
  }
  return counts
}
