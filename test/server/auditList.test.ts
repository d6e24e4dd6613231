// What stands in the audit, read on the command line, on both databases.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAudit } from '../../server/audit.ts'
import { listAudit } from '../../server/auditList.ts'
import { openDatabase, type Database } from '../../server/database.ts'
import { startTestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const day = (iso: string): number => Date.parse(`${iso}T12:00:00+08:00`)

describe.each(bothDatabases)('the audit in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let database: Database
  beforeAll(async () => {
    place = await kind.newPlace()
    await (await startTestCentre(place)).stop()
    database = await openDatabase({ url: place.databaseUrl, folder: place.folder, errand: true })
    for (const [at, account, what] of [
      [day('2026-10-31'), '1001', 'signIn.ok'],
      [day('2026-11-01'), '1001', 'number.shown'],
      [day('2026-11-30'), '1002', 'calls.exported'],
      [day('2026-12-01'), '1001', 'tickets.exported'],
    ] as const)
      await addAudit(database, { at, account, what, subject: 'x', address: '192.0.2.7' })
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
    await kind.stop()
  })

  test('[SERVER-69] newest first, by account, kind and days of the hotline, both inclusive', async () => {
    const list = async (wish: Parameters<typeof listAudit>[1]) =>
      (await listAudit(database, wish, day('2026-12-02'))).map(({ what }) => what)
    expect(await list({ account: '1001' })).toEqual(['tickets.exported', 'number.shown', 'signIn.ok'])
    expect(await list({ what: '%.exported' })).toEqual(['tickets.exported', 'calls.exported'])
    expect(await list({ account: '1001', since: '2026-11-01', until: '2026-11-30' })).toEqual([
      'number.shown',
    ])
  })

  test('[SERVER-69] a row says when, who, what and from where; that it was read stands there too', async () => {
    const [row] = await listAudit(database, { account: '1002' }, day('2026-12-02'))
    expect(row).toEqual({
      at: '2026-11-30 12:00:00',
      account: '1002',
      what: 'calls.exported',
      subject: 'x',
      address: '192.0.2.7',
    })
    expect((await listAudit(database, { what: 'audit.read' }, day('2026-12-03')))[0]).toMatchObject({
      at: '2026-12-02 12:00:00',
      account: null,
      subject: '1002',
    })
  })
})
