// What every window of a lead and of a department asks by itself, as the database would look for it.
import { describe, expect, test } from 'vitest'
import type { Asking, Centre } from '../../server/centre.ts'
import { openDatabase, type Database } from '../../server/database.ts'
import { listOutward } from '../../server/outward.ts'
import { startingReference, loadReference } from '../../server/reference.ts'
import { waitingTickets } from '../../server/tickets.ts'
import { bothDatabases } from './databases.ts'

describe.each(bothDatabases)('what is asked without being asked for in %s', (_name, make) => {
  test('[SERVER-62] it is looked up by what is open, and reads no table of what is done with', async () => {
    const kind = make()
    const place = await kind.newPlace()
    const database = await openDatabase({ url: place.databaseUrl, folder: place.folder })
    await loadReference(database, startingReference(), 'test', 0)
    const asked: [string, readonly unknown[]][] = []
    const heard: Database = {
      ...database,
      rows: (sql, values = []) => {
        asked.push([sql, values])
        return database.rows(sql, values)
      },
    }
    const centre = { database: heard, now: () => 0, hasGateway: true } as unknown as Centre
    const as = (role: string) =>
      ({ caller: { account: { id: '1', role, department: 'ZGFW' } } }) as unknown as Asking
    await waitingTickets({}, as('handler'), centre)
    await waitingTickets({}, as('lead'), centre)
    await listOutward({ limit: 50 }, as('lead'), centre)
    expect(asked.length).toBeGreaterThan(4)
    for (const [sql, values] of asked) {
      const plan = await database.transaction(async (queries) => {
        // An empty table is read whole unless it must not be.
        await queries.script('set local enable_seqscan = off')
        const lines = await queries.rows<{ 'QUERY PLAN': string }>(`explain ${sql}`, values)
        return lines.map((line) => line['QUERY PLAN']).join('\n')
      })
      const table = sql.includes('outward') ? 'outward' : 'tickets'
      expect(plan).toMatch(new RegExp(`${table}_(open|settled)`))
      expect(plan).not.toMatch(new RegExp(`(Seq Scan on|_pkey on) ${table}\\b`))
    }
    await database.close()
    await place.remove()
    await kind.stop()
  })
})
