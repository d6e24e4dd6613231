// What a running centre says of its daily backup when something beside it fails, on both databases.
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { keepBackups, nameOf } from '../../server/backupSchedule.ts'
import { openDatabase, type Database } from '../../server/database.ts'
import { startTestCentre } from './aCentre.ts'
import { bothDatabases, newFolder } from './databases.ts'
import { until } from './until.ts'

const day = 86_400_000
const at = Date.parse('2026-11-23T03:00:00+08:00')

describe.each(bothDatabases)('the daily backup on %s', (_name, make) => {
  const kind = make()
  afterAll(() => kind.stop())

  test('[SERVER-54] a good backup is none that failed, though its note and the removal of an old one did; both are done later', async () => {
    const place = await kind.newPlace()
    await (await startTestCentre(place)).stop()
    const database = await openDatabase({ url: place.databaseUrl, folder: place.folder })
    const folder = newFolder()
    // The oldest cannot be removed: it is no file.
    const old = Array.from({ length: 14 }, (_, n) => join(folder, nameOf(at - (n + 2) * day)))
    for (const [n, name] of old.entries()) {
      if (n < 13) fs.writeFileSync(name, '')
      else fs.mkdirSync(name)
    }
    const told: unknown[] = []
    const logged: string[] = []
    const look = async (over: Database): Promise<void> => {
      const stop = keepBackups({
        database: over,
        backups: { folder, secret: 'sixteen letters or more' },
        keeper: { backedUp: (error: unknown) => void told.push(error) } as never,
        now: () => at,
        log: (_level, what) => void logged.push(what),
      })
      await stop()
    }
    const lastAt = async () => {
      const [row] = await database.rows<{ at: number | null }>('select backed_up_at as at from keeping')
      return row?.at
    }
    await look({
      ...database,
      rows: (sql, values) =>
        sql.includes('update keeping')
          ? Promise.reject(new Error('the disk is full'))
          : database.rows(sql, values),
    })
    expect([told, logged]).toEqual([[null], ['backup made', 'backup not settled']])
    expect(await lastAt()).toBeNull()
    // The next look is not due: it notes the backup there is, and says neither that one was made nor that one failed.
    await look(database)
    expect([told, logged.slice(2)]).toEqual([[null], ['backup not settled']])
    expect(await lastAt()).toBe(at)
    fs.rmdirSync(old[13] ?? '')
    fs.writeFileSync(old[13] ?? '', '')
    await look(database)
    await until(() => fs.readdirSync(folder).length === 14, 'the old one is gone')
    expect(logged).toHaveLength(3)
    await database.close()
    await place.remove()
    fs.rmSync(folder, { recursive: true })
  })
})
