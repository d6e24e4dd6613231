// The calls of others a program before sealing left in clear: worked with at once, sealed behind the agent's back.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sealer } from '../../../core/seal/sealer.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { keepSealing, sealFirst, sealRest } from '../../../renderer/adapters/sealStore.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { storeInClear } from '../../makers/storeInClear.ts'
import { aFiled, aPage, aStoreKey, aSummary } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const first = await openSealer([aStoreKey(1)], globalThis)
const query = { text: '', category: null, from: null, to: null, before: null, limit: 50 }

let made = 0
let store: SeatStore
beforeEach(() => {
  made += 1
})
afterEach(() => store.close())
const name = () => `hotline-behind-${made}`
const open = (sealer: Sealer) => {
  store = openStore(name(), clock)
  return { records: openRecords(store, sealer, clock), mirror: openMirror(store, sealer) }
}

describe('a store of before with many calls', () => {
  const many = {
    own: [aFiled(1), aFiled(2)],
    others: Array.from({ length: 700 }, (_, at) => aSummary(at + 10, { offeredAt: morning + at })),
  }
  /** Of all calls those that still lie in clear, by their number. */
  const inClear = async (): Promise<number[]> => {
    const all = await value(store.read(({ calls }) => calls.toArray()))
    return all.flatMap((row) => (row.sealed === undefined ? [Number(row.id.slice(-12))] : []))
  }

  test('[STORE-15] is worked with as soon as what is one’s own is sealed; the calls of others are seen before that', async () => {
    await storeInClear(name(), many)
    const { records } = open(first)
    expect(await value(sealFirst(store, first))).toBe(702)
    expect((await inClear()).length).toBe(700)
    expect(await value(records.read(callId(1)))).toEqual(aFiled(1))
    const shown = await value(records.page({ ...query, limit: 5 }))
    expect(shown.map(({ id }) => id)).toEqual([709, 708, 707, 706, 705].map(callId))
    expect(shown[0]).toEqual({ ...aSummary(709), offeredAt: morning + 699 })
  })

  test('[STORE-15] then the others are sealed newest first, told how many are left, and half of the time is the agent’s', async () => {
    await storeInClear(name(), many)
    const { records } = open(first)
    await value(sealFirst(store, first))
    const told: number[] = []
    const stop = keepSealing(store, first, clock, (left) => told.push(left))
    clock.advance(3_000)
    const until = async (count: number) => {
      // Slowly: the store gives each use five seconds of this clock.
      for (let turn = 0; turn < 1_000 && told.length < count; turn += 1) {
        clock.advance(20)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    await until(1)
    expect(told).toEqual([452])
    const left = await inClear()
    expect(Math.max(...left)).toBe(459)
    // What the centre tells of meanwhile is not undone.
    await value(
      openMirror(store, first).take(
        aPage({ calls: [aSummary(20, { offeredAt: morning, callerName: '新名' })] }),
      ),
    )
    await until(3)
    stop()
    expect(told).toEqual([452, 202, 0])
    expect(await inClear()).toEqual([])
    expect(await value(records.count({ ...query, text: '新名' }))).toBe(1)
    expect(await value(records.count({ ...query, text: '王建平' }))).toBe(701)
    expect(await value(sealFirst(store, first))).toBe(0)
  })

  test('[STORE-15] what is changed or purged between look and write stays so', async () => {
    await storeInClear(name(), { others: [aSummary(10), aSummary(11)] })
    const { mirror, records } = open(first)
    await value(sealFirst(store, first))
    let isFirst = true
    const meddled: Sealer = {
      ...first,
      async seal(table, id, plain) {
        if (isFirst) {
          isFirst = false
          await value(mirror.take(aPage({ calls: [aSummary(10, { callerName: '新名' })] })))
          await value(store.write(({ calls }) => calls.delete(callId(11))))
        }
        return first.seal(table, id, plain)
      },
    }
    await value(sealRest(store, meddled, async () => true))
    const shown = await value(records.page(query))
    expect(shown.map(({ id, callerName }) => [id, callerName])).toEqual([[callId(10), '新名']])
  })

  test('[STORE-15] a sign-out in the middle stops it, and the next start goes on', async () => {
    await storeInClear(name(), many)
    open(first)
    await value(sealFirst(store, first))
    await value(sealRest(store, first, async () => false))
    expect((await inClear()).length).toBe(450)
    store.close()
    open(first)
    expect(await value(sealFirst(store, first))).toBe(702)
    await value(sealRest(store, first, async () => true))
    expect(await inClear()).toEqual([])
  })
})
