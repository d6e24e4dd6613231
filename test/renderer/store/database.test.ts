// A database that stalls, is full, is shared: what the seat makes of it.
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { OutboxNews } from '../../../core/ports.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { storeName } from '../../../contract/journal.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aFiled, aStoreKey } from '../../makers/traffic.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'

let made = 0
const clock = manualClock(morning)
let store: SeatStore
const sealer = await openSealer([aStoreKey(1)], globalThis)
const open = () => {
  made += 1
  store = openStore(`hotline-database-${made}`, clock)
  return openRecords(store, sealer, clock)
}
afterEach(() => {
  vi.restoreAllMocks()
  store.close()
})
const query = { text: '', category: null, from: null, to: null, before: null, limit: 50 }

describe('the database', () => {
  test('[STORE-8] [F41] a write that never comes back is answered after five seconds, and the next one works', async () => {
    const records = open()
    await value(records.finish(aRecord(1)))
    // What a full disk does in Chromium: the transaction neither completes nor fails.
    const stuck = vi.spyOn(IDBTransaction.prototype, 'addEventListener').mockImplementation(() => undefined)
    const saving = records.finish(aRecord(2))
    await until(() => stuck.mock.calls.length > 0, 'the transaction is under way')
    clock.advance(4_999)
    stuck.mockRestore()
    clock.advance(1)
    expect(await saving).toEqual({
      ok: false,
      problem: { code: 'failed', text: '本机存储 5 秒没有响应，内容未保存，请再试一次' },
    })
    await value(records.finish(aRecord(2)))
    expect((await value(records.page(query))).map((call) => call.id)).toEqual([callId(2), callId(1)])
  })

  test('[STORE-8] an answer after the limit changes nothing, and saving again is harmless', async () => {
    const records = open()
    await value(records.finish(aRecord(1)))
    const begin = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
      this: IDBDatabase,
      ...asked
    ) {
      const begun = begin.apply(this, asked)
      clock.advance(5_000)
      return begun
    })
    const heard: OutboxNews[] = []
    store.onOutbox((news) => heard.push(news))
    expect((await records.finish(aRecord(2))).ok).toBe(false)
    // [SYNC-30] It lands all the same, and nobody need save again for the uploader to find it.
    await until(() => heard.length === 1, 'the late row is told')
    expect(await value(openOutbox(store, sealer, clock.now).counts())).toMatchObject({ waiting: 2 })
    await value(records.finish(aRecord(2)))
    expect(await value(openOutbox(store, sealer, clock.now).counts())).toMatchObject({ waiting: 2 })
  })

  test('[STORE-8] a look that stalls is a Problem and not an empty list', async () => {
    const records = open()
    await value(records.finish(aRecord(1)))
    vi.spyOn(IDBObjectStore.prototype, 'index').mockImplementationOnce(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    const looking = records.page(query)
    clock.advance(5_000)
    expect(await looking).toMatchObject({
      ok: false,
      problem: { text: expect.stringContaining('已存内容不受影响') },
    })
    expect(await value(records.page(query))).toHaveLength(1)
  })

  test('[STORE-9] [F47] a full disk is said to be full, and nothing is half written', async () => {
    const records = open()
    await value(records.finish(aRecord(1)))
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(() => {
      throw new DOMException('no space', 'QuotaExceededError')
    })
    expect(await records.finish(aRecord(2))).toEqual({
      ok: false,
      problem: { code: 'failed', text: '本机磁盘已满，内容未保存，请清理磁盘后再试' },
    })
    // The second of two writes fails: the first is undone.
    const add = IDBObjectStore.prototype.add
    let adds = 0
    const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      value,
    ) {
      adds += 1
      if (adds === 2) throw new DOMException('no space', 'QuotaExceededError')
      return add.call(this, value)
    })
    expect((await records.finish(aRecord(2))).ok).toBe(false)
    spy.mockRestore()
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no space', 'QuotaExceededError')
    })
    expect(await records.file(aFiled(1), null)).toMatchObject({
      problem: { text: expect.stringContaining('磁盘已满') },
    })
    expect((await value(records.read(callId(1))))?.rev).toBe(1)
    expect(await value(records.read(callId(2)))).toBeNull()
    expect(await value(openOutbox(store, sealer, clock.now).counts())).toMatchObject({ waiting: 1 })
  })

  test('[STORE-1] [D07] every transaction that saves asks for strict durability', async () => {
    const asked: (string | undefined)[] = []
    const begin = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      names,
      mode,
      options,
    ) {
      if (mode === 'readwrite') asked.push(options?.durability)
      return begin.call(this, names, mode, options)
    })
    const records = open()
    await value(records.journal(aRecord(1)))
    await value(records.finish(aRecord(1)))
    await value(records.file(aFiled(1), null))
    await value(records.restore([aRecord(2)]))
    const draft = {
      callId: callId(3),
      form: aForm(),
      openedAt: 1,
      savedAt: 1,
      wrapupMs: 0,
    }
    await value(records.saveDraft(draft))
    expect(asked.length).toBeGreaterThanOrEqual(5)
    expect(new Set(asked)).toEqual(new Set(['strict']))

    // [SYNC-27] What the centre has may be forgotten and sent again; what it refused as well.
    asked.length = 0
    const outbox = openOutbox(store, sealer, clock.now)
    const [row] = await value(outbox.due(clock.now(), 10, 1e6, 0))
    const said = { epoch: 1, at: clock.now() }
    if (!row) throw new Error('nothing waits')
    await value(
      outbox.settle([{ seq: row.seq, id: row.id, kind: row.kind, fate: 'remove', number: null, said }]),
    )
    expect(asked).toEqual(['relaxed'])
  })

  test('[SYNC-9] another window hears of what is put here', async () => {
    const records = open()
    const other = openStore(store.name, clock)
    let heard = 0
    other.onOutbox(() => (heard += 1))
    await value(records.finish(aRecord(1)))
    await until(() => heard > 0, 'the other window hears')
    expect(await value(openOutbox(other, sealer, clock.now).counts())).toMatchObject({ waiting: 1 })
    other.close()
  })

  test('[STORE-10] centres and people have stores of their own', () => {
    open()
    const names = [storeName('real', '1001'), storeName('practice', '1001'), storeName('real', '1002')]
    expect(names).toEqual(['hotline-real-1001', 'hotline-practice-1001', 'hotline-real-1002'])
  })
})
