// What leaves the stores of those who worked at a computer before, while somebody else does.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openSealer } from '../../../core/seal/sealer.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { keepPurging } from '../../../renderer/adapters/purge.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aFiled, aStoreKey } from '../../makers/traffic.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'

const day = 86_400_000
const sealer = await openSealer([aStoreKey(1)], globalThis)

/** The store of somebody with calls of so many days ago: the centre has them all but the last. */
const storeWith = async (name: string, clock: ReturnType<typeof manualClock>, ...days: number[]) => {
  const store = openStore(name, clock)
  const records = openRecords(store, sealer, clock)
  const outbox = openOutbox(store, sealer, clock.now)
  for (const [n, ago] of days.entries()) {
    await value(records.file(aFiled(n, { offeredAt: morning - ago * day }), null))
    const rows = await value(outbox.due(morning, 9, 1e9, 0))
    const said = { at: morning - ago * day, epoch: 0 }
    if (n < days.length - 1)
      await value(outbox.settle(rows.map((row) => ({ ...row, fate: 'remove', number: null, said }))))
  }
  store.close()
}
const callsIn = async (name: string, clock: ReturnType<typeof manualClock>) => {
  const store = openStore(name, clock)
  const ids = await value(store.read(({ calls }) => calls.toCollection().primaryKeys()))
  store.close()
  return ids
}

test.each([
  ['by the same days', 10, [callId(1), callId(2), callId(3)]],
  ['after a day where room is short', 80, [callId(2), callId(3)]],
])(
  '[STORE-18] [STORE-19] [D05] of others here what the centre has leaves %s, once the centre has told the time; what is unsent stays',
  async (_, used, left) => {
    const clock = manualClock(morning)
    const [own, other, nobody] = ['own', 'other', 'nobody'].map((who) => `hotline-others-${used}-${who}`)
    if (own === undefined || other === undefined || nobody === undefined) throw new Error('three names')
    await storeWith(other, clock, 9, 3, 0.1, 20)
    const store = openStore(own, clock)
    const timed = centreClock(clock)
    const storage = { estimate: async () => ({ usage: used, quota: 100 }), persist: async () => true }
    let asked = 0
    const others = async () => {
      asked += 1
      return [nobody, other]
    }
    const stop = keepPurging(store, others, timed, storage, () => undefined)
    clock.advance(30_000)
    await value(store.read(({ calls }) => calls.count()))
    expect([asked, (await callsIn(other, clock)).length]).toEqual([0, 4])
    timed.heard(morning + 30_000, 10)
    clock.advance(3_600_000)
    await until(async () => (await callsIn(other, clock)).length === left.length, 'what is old is gone')
    expect(await callsIn(other, clock)).toEqual(left)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(nobody)
    stop()
    store.close()
  },
)
