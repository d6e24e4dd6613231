// A store as version 5 of the schema left it: its calls bear none of the marks by which those that are owed are found.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AccountId } from '../../../contract/ids.ts'
import type { CallSummary } from '../../../contract/softphone.ts'
import type { Sealer } from '../../../core/seal/sealer.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { markFirst, sealFirst, sealRest } from '../../../renderer/adapters/sealStore.ts'
import { otherRow, ownRows } from '../../../renderer/adapters/sealedRows.ts'
import type { CallRow } from '../../../renderer/adapters/storedRows.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aPage, aStoreKey, aSummary } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

const clock = manualClock(morning)
const sealer = await openSealer([aStoreKey(1)], globalThis)
const me = '1001' as AccountId

const withoutMarks = ({ agent: _a, left: _l, spoken: _s, employer: _e, ...row }: CallRow): CallRow => row

const storeOfBefore = async (name: string, rows: readonly CallRow[]): Promise<void> => {
  const dexie = new Dexie(name)
  const calls = 'id, offeredAt, [caller+offeredAt], end, [category+offeredAt], *names, agreed'
  const others = { journal: 'id', drafts: 'callId', tickets: 'id, dispatchedAt', warnings: 'id, raisedAt' }
  const outbox = '++seq, &key, later, parked, since, urgent'
  dexie.version(5).stores({ calls, ...others, outbox, sent: '[at+first]', kept: 'name' })
  await dexie.table('calls').bulkAdd(rows.map(withoutMarks))
  await dexie.table('kept').put({ name: 'sealedUnder', value: sealer.keyId })
  dexie.close()
}

let made = 0
let store: SeatStore
const name = () => `hotline-marks-${made}`
beforeEach(() => {
  made += 1
})
afterEach(() => store.close())
const open = () => {
  store = openStore(name(), clock)
  return { records: openRecords(store, sealer, clock), mirror: openMirror(store, sealer) }
}
type Opened = ReturnType<typeof open>

const other = (n: number, over: Partial<CallSummary> = {}): Promise<CallRow> =>
  otherRow(sealer, aSummary(n, { callerName: null, number: `137${String(n).padStart(8, '0')}`, ...over }))
const cut = async (n: number): Promise<CallRow> =>
  (await ownRows(sealer, aRecord(n, { endedBy: 'system', number: `1380000${1_000 + n}` }), morning)).row
const waits = async ({ records }: Opened) => {
  const query = { from: 0, agreedFrom: Infinity, promising: ['callback'] }
  return (await value(records.waiting(query))).map(({ id }) => id).toSorted()
}

test('[STORE-24] [WRAP-27] the newest thousand are marked before anybody works, the others behind the agent’s back', async () => {
  const many = Array.from({ length: 1_200 }, (_, at) => other(at + 10))
  await storeOfBefore(name(), await Promise.all([cut(1), ...many, cut(2_000)]))
  const seat = open()
  const lay = await value(store.read(({ calls }) => calls.get(callId(1))))
  expect(await waits(seat)).toEqual([])
  expect(await value(sealFirst(store, sealer))).toBe(0)
  expect(await value(markFirst(store, sealer))).toBe(202)
  expect(await waits(seat)).toEqual([callId(2_000)])
  expect(await value(sealRest(store, sealer, async () => true))).toBe(0)
  expect(await waits(seat)).toEqual([1, 2_000].map(callId))
  expect((await value(seat.records.ofAgent(me, 0))).length).toBe(2)
  expect(await value(seat.records.countAbout('恒泽电子', 0, callId(9)))).toBe(1_200)
  // Found by more, sealed as it was.
  expect(await value(store.read(({ calls }) => calls.get(callId(1))))).toMatchObject({ ...lay, agent: me })
  expect(await value(markFirst(store, sealer))).toBe(0)
})

test('[STORE-24] what the centre tells between look and write is not undone', async () => {
  await storeOfBefore(name(), [await other(1, { disposition: 'callback' })])
  const seat = open()
  let isFirst = true
  const meddled: Sealer = {
    ...sealer,
    async blind(text) {
      if (isFirst) {
        isFirst = false
        await value(seat.mirror.take(aPage({ calls: [aSummary(1, { disposition: 'answered' })] })))
      }
      return sealer.blind(text)
    },
  }
  await value(markFirst(store, meddled))
  expect(await waits(seat)).toEqual([])
})

test('[STORE-24] a new store has nothing to mark', async () => {
  const { records } = open()
  expect(await value(sealFirst(store, sealer))).toBe(0)
  expect(await value(markFirst(store, sealer))).toBe(0)
  await value(records.finish(aRecord(1)))
  expect((await value(records.ofAgent(me, 0))).length).toBe(1)
})
