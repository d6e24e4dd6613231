// A store and programs of different ages: a newer one takes it over, an older one keeps its hands off.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aRecord } from '../../makers/forms.ts'
import { morning } from '../../makers/stamps.ts'
import { aStoreKey } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const sealer = await openSealer([aStoreKey(1)], globalThis)

/** What a program of the next version does when it starts. */
const newerProgram = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 70)
    asked.onupgradeneeded = () => asked.result.createObjectStore('ofTheFuture')
    asked.onsuccess = () => resolve(asked.result)
    asked.onblocked = () => reject(new Error('the older window holds on to it'))
  })
const told = '本机数据已由更新版本的程序接管，内容未保存，请刷新页面或更新程序'

test('[STORE-17] [F53] an older window lets go when a newer program comes, says so, and writes no more', async () => {
  const store = openStore('hotline-older-window', clock)
  const records = openRecords(store, sealer, clock)
  const heard: string[] = []
  store.onTakenOver((text) => heard.push(text))
  await value(records.finish(aRecord(1)))
  const newer = await newerProgram(store.name)
  expect(heard).toEqual([told.replace('内容未保存', '已存内容不受影响')])
  expect(await records.finish(aRecord(2))).toEqual({ ok: false, problem: { code: 'too_old', text: told } })
  expect((await openOutbox(store, sealer, clock.now).counts()).ok).toBe(false)
  // What was saved is all there for the newer one.
  const waiting = newer.transaction('outbox').objectStore('outbox').count()
  await new Promise((resolve) => (waiting.onsuccess = resolve))
  expect(waiting.result).toBe(1)
  newer.close()
  store.close()
})

test('[STORE-17] [F54] [E25] an older program does not open the store of a newer one, and changes nothing in it', async () => {
  const before = openStore('hotline-downgrade', clock)
  await value(openRecords(before, sealer, clock).finish(aRecord(1)))
  before.close()
  const newer = await newerProgram(before.name)
  newer.close()
  const older = openStore(before.name, clock)
  expect(await openRecords(older, sealer, clock).finish(aRecord(2))).toMatchObject({
    problem: { code: 'too_old', text: told },
  })
  older.close()
  const [left] = (await indexedDB.databases()).filter(({ name }) => name === before.name)
  expect(left?.version).toBe(70)
  // What was unsent waits, whole, for the newer one to come back.
  const back = await newerProgram(before.name)
  const waiting = back.transaction('outbox').objectStore('outbox').getAllKeys()
  const calls = back.transaction('calls').objectStore('calls').getAllKeys()
  await new Promise((resolve) => (calls.onsuccess = resolve))
  expect([waiting.result.length, calls.result]).toEqual([1, [aRecord(1).id]])
  back.close()
})
