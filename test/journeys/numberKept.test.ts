// A worker was sent the number of a work order; then the centre went back to a backup that does not have it. Real seat, real
// centre on both databases, real restore, real gateway.
import 'fake-indexeddb/auto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { TicketId } from '../../contract/ids.ts'
import { backUp } from '../../server/backup.ts'
import { openDatabase } from '../../server/database.ts'
import { restore } from '../../server/restore.ts'
import { aDispatchOf, startTestCentre, testPassword, type TestCentre } from '../server/aCentre.ts'
import { startGateway, type TestGateway } from '../server/aGateway.ts'
import { bothDatabases, newFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, filed, openSeat } from './syncSeat.ts'

const secret = 'sixteen letters or more'
const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(bothDatabases)('on %s', (_name, make) => {
  const kind = make()
  let centre: TestCentre
  let gateway: TestGateway
  let seat: Seat
  afterAll(() => kind.stop())
  afterEach(async () => {
    await seat.close()
    await centre.stop()
    await gateway.close()
  })
  const isSynced = () => until(() => seat.sync.status().badge === 'synced', 'it is in sync', 20_000)
  const listed = async () => (await value(seat.records.tickets(10)))[0]

  test('[SERVER-57] [SYNC-21] [F36] the number in the worker’s text message is the work order’s after the restore too', async () => {
    const place = await kind.newPlace()
    gateway = await startGateway()
    const configuration = { gateway: { url: gateway.url, secret: null } }
    centre = await startTestCentre(place, configuration)
    seat = await openSeat(centre.running.address, '1001', testPassword)
    const file = join(folder, `${kind.name}.backup`)
    await backUp(centre.running.database, file, secret, Date.now())
    const call = aCallBy('1001')
    const ticket = aDispatchOf('1001', 'ZGFW', { id: TicketId.parse(v7()), callId: call.id })
    await value(seat.records.file({ ...filed(call), ticketId: ticket.id }, ticket))
    await isSynced()
    await until(() => gateway.effects.some(({ kind: what }) => what === 'sms'), 'the worker is told', 15_000)
    // The worker is told by the centre; the seat pulls the number by itself.
    await until(async () => ((await listed())?.number ?? null) !== null, 'the seat is told too', 20_000)
    const told = (await listed())?.number ?? ''
    expect(gateway.effects.find(({ kind: what }) => what === 'sms')?.text).toContain(told)
    await seat.close()
    await centre.stop()

    const database = await openDatabase({ url: place.databaseUrl, folder: place.folder })
    await restore(database, file, secret, { replace: true, now: Date.now() })
    expect(await database.rows('select 1 from tickets')).toEqual([])
    await database.close()
    centre = await startTestCentre(place, configuration)
    seat = await openSeat(centre.running.address, '1001', testPassword)
    const rows = () => centre.running.database.rows<{ number: string }>('select number from tickets')
    await until(async () => (await rows()).length === 1, 'the work order is there again', 20_000)
    await isSynced()
    expect(await rows()).toEqual([{ number: told }])
    expect((await listed())?.number).toBe(told)
    // The gateway is asked again under the same keys, and with the same number.
    const owed = await centre.running.database.rows<{ ticket: string }>(
      `select body ->> 'ticket' as ticket from outward`,
    )
    expect(new Set(owed.map((row) => row.ticket))).toEqual(new Set([told]))
    expect(gateway.effects.filter(({ kind: what }) => what === 'sms')).toHaveLength(1)
    await place.remove()
  }, 60_000)
})
