// A seat updated to the program that seals, with 500 unsent items of the one before: all of them land.
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storeName } from '../../contract/journal.ts'
import { storeInClear } from '../makers/storeInClear.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { aCallBy, filed, openSeat } from './syncSeat.ts'

let centre: TestCentre
beforeAll(async () => {
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
})
afterAll(() => centre.stop())

test('[STORE-15] [F53] 500 unsent items of the program before land at the centre, word for word', async () => {
  const records = Array.from({ length: 500 }, () => filed(aCallBy('1001')))
  const { id } = (await centre.signIn('1001')).centre
  const waiting = records.map((body) => ({ kind: 'call' as const, body }))
  await storeInClear(storeName(id, '1001'), { waiting, own: records })
  const seat = await openSeat(centre.running.address, '1001', testPassword)
  await until(() => seat.sync.status().badge === 'synced', 'all is sent', 30_000)
  const stored = await centre.running.database.rows<{ body: { id: string } }>('select body from call_records')
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  expect(stored.map(({ body }) => body).toSorted(byId)).toEqual(records.toSorted(byId))
  expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 0, parked: 0, newest: 0 })
  await seat.close()
})
