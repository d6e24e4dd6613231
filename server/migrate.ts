// Numbered migrations: server/migrations/0001-*.sql, each run once, in order, all in one transaction under a
// lock, so that two servers starting together do not both migrate. [SERVER-17] A large table takes its time.
import fs from 'node:fs'
import type { Queries } from './database.ts'

const folder = new URL('./migrations/', import.meta.url)

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

export const readMigrations = (): Migration[] =>
  fs
    .readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: fs.readFileSync(new URL(name, folder), 'utf8'),
    }))

export const migrate = async (
  transaction: <T>(work: (queries: Queries) => Promise<T>) => Promise<T>,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> => {
  await transaction(async (queries) => {
    await queries.rows('select pg_advisory_xact_lock(12351)')
    // Behind a change that waits for a table everybody else waits for it too.
    await queries.script(`set local lock_timeout = '4s'`)
    await queries.script(
      'create table if not exists migrations (number int primary key, name text not null, run_at timestamptz not null default now())',
    )
    const done = await queries.rows<{ number: number }>('select number from migrations')
    const newest = Math.max(0, ...done.map((row) => row.number))
    const known = Math.max(0, ...migrations.map((migration) => migration.number))
    if (newest > known)
      throw new Error(
        `数据库由更新的程序建立（第 ${newest} 版，本程序只到第 ${known} 版），请升级本程序。数据未改动。`,
      )
    for (const migration of migrations) {
      if (done.some((row) => row.number === migration.number)) continue
      await queries.script(migration.sql)
      await queries.rows('insert into migrations (number, name) values ($1, $2)', [
        migration.number,
        migration.name,
      ])
    }
  })
}
