// A store and programs of different ages: a newer one takes it over, an older one keeps its hands off.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { expect, test, vi } from 'vitest'
import { storeName } from '../../../contract/journal.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { offlineDaysOf } from '../../../renderer/adapters/offlineDays.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { openSealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aRecord } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession, aStoreKey } from '../../makers/traffic.ts'
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

/** What the program before this one left. */
const olderProgram = async (name: string, reference?: unknown): Promise<void> => {
  const dexie = new Dexie(name)
  dexie.version(5).stores({ calls: 'id, offeredAt', kept: 'name' })
  await dexie.table('kept').put({ name: 'mark', value: true })
  if (reference) await dexie.table('kept').put({ name: 'reference', value: reference })
  dexie.close()
}
/** Building an index takes this long; `done` once the older store is at this program's version. */
const slowIndexes = (ms: number) => {
  const build = IDBObjectStore.prototype.createIndex
  return vi.spyOn(IDBObjectStore.prototype, 'createIndex').mockImplementationOnce(function (
    this: IDBObjectStore,
    ...asked
  ) {
    clock.advance(ms)
    return build.apply(this, asked)
  })
}

test('[STORE-25] the store of an older program is brought to this version however slowly, and who waits is told', async () => {
  await olderProgram('hotline-slow-upgrade')
  const store = openStore('hotline-slow-upgrade', clock)
  const told: boolean[] = []
  store.onUpgrade((isGoing) => told.push(isGoing))
  const slow = slowIndexes(600_000)
  expect(await store.read(({ kept }) => kept.count())).toEqual({ ok: true, value: 1 })
  expect(slow).toHaveBeenCalled()
  expect(told.slice(0, 2).concat(told.slice(-1))).toEqual([true, true, false])
  // From then on the five seconds of every use hold again.
  const stuck = vi.spyOn(IDBObjectStore.prototype, 'count').mockImplementationOnce(() => {
    clock.advance(5_000)
    throw new DOMException('gone', 'InvalidStateError')
  })
  expect(await store.read(({ kept }) => kept.count())).toMatchObject({
    problem: { text: '本机存储 5 秒没有响应，已存内容不受影响，请再试一次' },
  })
  stuck.mockRestore()
  store.close()
})

test('[STORE-25] one that never comes to its end is given up in words after a quarter of an hour', async () => {
  await olderProgram('hotline-stuck-upgrade')
  const store = openStore('hotline-stuck-upgrade', clock)
  const told: boolean[] = []
  store.onUpgrade((isGoing) => told.push(isGoing))
  slowIndexes(900_000)
  expect(await store.read(({ kept }) => kept.count())).toMatchObject({
    problem: { text: '本机存储一直没有整理好，已存内容不受影响，请再试一次' },
  })
  expect(told.at(-1)).toBe(false)
  // Nothing of it was lost, and the next try has all its time.
  slowIndexes(600_000)
  expect(await store.read(({ kept }) => kept.count())).toEqual({ ok: true, value: 1 })
  store.close()
})

test('[STORE-25] [STORE-22] whether a colleague’s seal is too old is read from the store an older program left, which stays as it is', async () => {
  const url = 'https://centre.example.invalid'
  const session = aSession({ serverNow: clock.now() })
  const name = storeName(session.centre.id, session.account.id)
  const reference = aReference()
  await olderProgram(name, { ...reference, policy: { ...reference.policy, offlineSignInDays: 40 } })
  const seals = openSealedSessions(clock, offlineDaysOf(clock))
  await seals.seal(url, session, '口令-made-up')
  const days = 86_400_000
  await seals.destroyOld(clock.now() + 40 * days)
  expect((await seals.open(url, session.account.id, '口令-made-up')).ok).toBe(true)
  expect((await indexedDB.databases()).find((each) => each.name === name)?.version).toBe(50)
  // Its owner, whose store is opened meanwhile, is not in the way.
  const store = openStore(name, clock)
  const [opened] = await Promise.all([
    store.read(({ kept }) => kept.count()),
    seals.destroyOld(clock.now() + 40 * days + 1),
  ])
  expect(opened).toEqual({ ok: true, value: 2 })
  expect(await seals.open(url, session.account.id, '口令-made-up')).toMatchObject({
    problem: { code: 'not_found' },
  })
  store.close()
})
