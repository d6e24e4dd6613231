// What the centre has answered, and when it is written down: not while batches follow each other, and never later than
// somebody who looks on could wait for.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import type { OutboxFate } from '../../../core/ports.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import type { SyncLoop } from '../../../renderer/adapters/syncLoop.ts'
import { startSync } from '../../../renderer/adapters/syncLoop.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import type { MemorySeat } from '../../fakes/memoryRecords.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { pass } from '../../fakes/pass.ts'
import { scriptedUplink } from '../../fakes/scriptedUplink.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { value } from '../../suites/openedSeat.ts'

let clock: ReturnType<typeof manualClock>
let seat: MemorySeat
let scripted: ReturnType<typeof scriptedUplink>
let loop: SyncLoop
/** What was written down, one transaction each, and how much the centre had by then. */
let written: { readonly fates: readonly OutboxFate[]; readonly stored: number }[]
/** Each answer of the centre takes as long. */
let tookMs: number
/** The disk is at work on it until then. */
let disk: Promise<void>
let isBroken: boolean
/** So many counts fail from now on. */
let lostCounts: number
let runs = 0

beforeEach(() => {
  runs += 1
  clock = manualClock(morning)
  seat = memorySeat(clock)
  scripted = scriptedUplink(clock, () => 'none')
  written = []
  tookMs = 60
  disk = Promise.resolve()
  isBroken = false
  lostCounts = 0
})
afterEach(() => loop.stop())

const finish = async (first: number, last: number): Promise<void> => {
  for (let n = first; n <= last; n++) await value(seat.records.finish(aRecord(n)))
}

const open = (): void => {
  loop = startSync({
    name: `acknowledged-${runs}`,
    outbox: {
      ...seat.outbox,
      async counts() {
        lostCounts -= 1
        return lostCounts >= 0 ? failed('failed', '本机存储出错') : seat.outbox.counts()
      },
      async settle(fates) {
        written.push({ fates, stored: scripted.centre.stored.size })
        await disk
        return isBroken ? failed('failed', '本机存储出错') : seat.outbox.settle(fates)
      },
    },
    mirror: seat.mirror,
    uplink: {
      ...scripted.uplink,
      async push(texts) {
        await new Promise<void>((resolve) => {
          clock.after(tookMs, resolve)
        })
        return scripted.uplink.push(texts)
      },
    },
    clock: centreClock(clock),
    random: () => 0.5,
    locks: memoryLocks(),
  })
}

const many = 1_500

test('[SYNC-27] while batches follow each other nothing is taken off the disk; then all of it, and it says so at once', async () => {
  await finish(1, many)
  let letGo = (): void => undefined
  disk = new Promise<void>((resolve) => {
    letGo = resolve
  })
  open()
  await pass(clock, 1_000)
  expect(scripted.centre.requests.length).toBeGreaterThan(3)
  // The centre has it all, and that is what the badge tells; the disk is still at work.
  expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0, oldestPutAt: null })
  expect(written.map(({ stored }) => stored)).toEqual([many])
  expect(await value(seat.outbox.counts())).toMatchObject({ waiting: many })
  // Something put meanwhile waits, and is not taken for what is leaving.
  await finish(many + 1, many + 1)
  await pass(clock, 400)
  expect(loop.status().badge).toBe('waiting')
  expect(loop.status().waiting).toBeLessThanOrEqual(1)
  letGo()
  await pass(clock, 1_000)
  expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0 })
  expect(await value(seat.outbox.counts())).toMatchObject({ waiting: 0 })
  expect(written.flatMap(({ fates }) => fates)).toHaveLength(many + 1)
})

test('[SYNC-27] what was refused is on the disk at once, in the middle of a long upload too', async () => {
  await finish(1, many)
  scripted.centre.refuses.add(callId(1))
  open()
  await pass(clock, 90)
  expect(written[0]?.fates[0]).toMatchObject({ id: callId(1), fate: 'park' })
  expect(written[0]?.stored).toBeLessThan(many)
  await pass(clock, 1_000)
  expect(loop.status()).toMatchObject({ badge: 'refused', refused: 1, waiting: 0 })
})

test('[SYNC-27] on a slow link it does not wait for the end', async () => {
  await finish(1, 200)
  tookMs = 2_100
  open()
  await pass(clock, 60_000)
  expect(written[0]?.stored).toBeLessThan(200)
  expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0 })
})

test('[SYNC-27] a disk that does not take it: the rows wait again, are counted so, and go once more', async () => {
  await finish(1, 10)
  isBroken = true
  open()
  await pass(clock, 500)
  expect(loop.status()).toMatchObject({ badge: 'failing', waiting: 10 })
  isBroken = false
  await pass(clock, 120_000)
  expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0 })
  expect([...scripted.centre.stored.values()].every(({ changes }) => changes === 1)).toBe(true)
})

test('[SYNC-14] a count that fails is tried again by itself: what is at the centre does not go on waiting on the badge', async () => {
  open()
  await pass(clock, 500)
  lostCounts = 3
  await finish(1, 1)
  await pass(clock, 20_000)
  expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0 })
})
