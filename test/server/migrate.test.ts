// Numbered migrations, on both databases.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../server/database.ts'
import { migrate, readMigrations } from '../../server/migrate.ts'
import { openPostgres } from '../../server/postgres.ts'
import { bothDatabases, newCluster } from './databases.ts'

describe.each(bothDatabases)('migrations on %s', (_name, make) => {
  test('[SERVER-17] each runs once, and the database of a newer program is left alone', async () => {
    const kind = make()
    const place = await kind.newPlace()
    const where = { url: place.databaseUrl, folder: place.folder }
    const first = await openDatabase(where)
    const Done = z.array(z.object({ number: z.number(), run_at: z.date() }))
    const before = Done.parse(await first.rows('select * from migrations order by number'))
    expect(before.map((row) => row.number)).toEqual(readMigrations().map((migration) => migration.number))
    await first.close()

    const second = await openDatabase(where)
    expect(Done.parse(await second.rows('select * from migrations order by number'))).toEqual(before)
    const failing = [
      ...readMigrations(),
      { number: 9998, name: 'bad', sql: 'create table x (n int); select 1/0' },
    ]
    await expect(migrate((work) => second.transaction(work), failing)).rejects.toThrow()
    expect(await second.rows("select 1 from information_schema.tables where table_name = 'x'")).toEqual([])
    await second.rows("insert into migrations (number, name) values (9999, 'from the future')")
    await second.close()

    await expect(openDatabase(where)).rejects.toThrow('请升级本程序')
    await place.remove()
    await kind.stop()
  })
})

test('[SERVER-17] at PostgreSQL a migration takes longer than any request may, and a second server waits for it', async () => {
  const cluster = await newCluster()
  const url = await cluster.newDatabase()
  const slow = [...readMigrations(), { number: 9998, name: 'slow', sql: 'select pg_sleep(13)' }]
  const servers = [await openPostgres(url, false), await openPostgres(url, false)] as const
  await Promise.all(servers.map((server) => migrate((work) => server.unhurried(work), slow)))
  expect(await servers[0].rows('select name from migrations where number = 9998')).toEqual([{ name: 'slow' }])
  // A table that somebody else holds is not waited for.
  const held = [...slow, { number: 9999, name: 'held', sql: 'alter table accounts add column held int' }]
  await servers[0].once(async (queries) => {
    await queries.rows('lock table accounts in access share mode')
    const given = migrate((work) => servers[1].unhurried(work), held)
    await expect(given).rejects.toMatchObject({ code: '55P03' })
  })
  await Promise.all(servers.map((server) => server.close()))
  await cluster.stop()
})
