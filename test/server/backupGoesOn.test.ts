// A centre goes on while its backup is written, on both databases.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUp } from '../../server/backup.ts'
import { openDatabase, type Database, type Queries } from '../../server/database.ts'
import { checkBackup } from '../../server/restore.ts'
import { aCallOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, newEmbeddedFolder, newFolder, type Place } from './databases.ts'
import { until } from './until.ts'

const secret = 'sixteen letters or more'

describe.each(bothDatabases)('while a backup is written on %s', (_name, make) => {
  const kind = make()
  const folder = newFolder()
  const file = join(folder, 'goes-on.backup')
  let place: Place
  let centre: TestCentre
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    // Some megabytes that take a while to write down.
    await centre.running.database.rows(
      `insert into audit (at, account, what, subject, received_at)
       select 0, null, 'bulk', repeat(md5(n::text), 4), 0 from generate_series(1, 20000) n`,
    )
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  const push = (token: string) =>
    centre.get('sync.push', items({ call: aCallOf('1001') }), token).then(({ verdicts }) => verdicts)
  const setAside = () =>
    centre.running.database.rows(`select 1 from pg_cursors where is_holdable and name like 'backup%'`)

  const hasBegun = async () => {
    if (kind.name === 'embedded') return (await setAside()).length > 0
    const others = await centre.running.database.rows(
      `select 1 from pg_stat_activity where query ~ '^(declare|fetch) .*backup_' and pid <> pg_backend_pid()`,
    )
    return others.length > 0
  }

  test('[SERVER-33] pushes are answered one after the other, and what they bring or take away is not in it', async () => {
    const { token } = await centre.signIn('1001')
    await push(token)
    const { database } = centre.running
    let isWritten = false
    const isOver = () => isWritten
    let answered = 0
    let portions = 0
    // Its first portions wait for a push each: how many would be answered meanwhile is the computer's affair.
    const heldBack = <Q extends Queries>(queries: Q): Q => ({
      ...queries,
      rows: async <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> => {
        const found = await queries.rows<T>(sql, values)
        const before = answered
        if (sql.startsWith('fetch') && (portions += 1) <= 4)
          await until(() => answered > before, 'a push is answered while it is written')
        return found
      },
    })
    const slowly: Database = {
      ...heldBack(database),
      transaction: (work) => database.transaction((queries) => work(heldBack(queries))),
    }
    const writing = backUp(slowly, file, secret, 1).finally(() => {
      isWritten = true
    })
    await until(hasBegun, 'its instant is over')
    while (!isOver()) {
      expect(await push(token)).toMatchObject([{ verdict: 'stored' }])
      if (!isOver()) answered += 1
      if (answered === 1) await database.rows('delete from ticket_days')
    }
    const counts = await writing
    expect(answered).toBeGreaterThan(3)
    expect(counts['call_records']).toBe(1)
    expect(counts['audit']).toBeGreaterThan(20_000)
    expect((await checkBackup(file, secret)).end.counts).toEqual(counts)
    expect(await setAside()).toEqual([])
  })

  test('[SERVER-33] one that fails in the middle keeps no room, and the next is made', async () => {
    const nowhere = join(folder, 'nowhere', 'x.backup')
    await expect(backUp(centre.running.database, nowhere, secret, 1)).rejects.toThrow()
    expect(await setAside()).toEqual([])
    await backUp(centre.running.database, file, secret, 2)
    expect((await checkBackup(file, secret)).head.at).toBe(2)
  })
})

test('[SERVER-33] what a backup that was killed had set aside is gone with the next start', async () => {
  const folder = await newEmbeddedFolder()
  const aside = join(folder, 'database', 'base', 'pgsql_tmp')
  const open = () => openDatabase({ url: null, folder })
  const first = await open()
  await first.rows('begin')
  // More than it holds in memory.
  await first.script(
    `declare backup_x cursor with hold for select repeat(n::text, 20) from generate_series(1, 100000) n; commit`,
  )
  const left = fs.readdirSync(aside)
  expect(left).toHaveLength(1)
  await first.close()
  fs.mkdirSync(aside, { recursive: true })
  fs.writeFileSync(join(aside, left[0] ?? ''), 'left')
  const next = await open()
  expect(fs.existsSync(aside)).toBe(false)
  await next.close()
  fs.rmSync(folder, { recursive: true, force: true })
})
