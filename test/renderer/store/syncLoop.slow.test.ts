// The sync loop over days and windows, on a clock that runs as the test says.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import type { Clock } from '../../../core/ports.ts'
import { lagMs } from '../../../core/sync/status.ts'
import type { SyncLoop } from '../../../renderer/adapters/syncLoop.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { startSync } from '../../../renderer/adapters/syncLoop.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import type { MemoryLocks } from '../../fakes/memoryLocks.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import type { MemorySeat } from '../../fakes/memoryRecords.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { calm, pass } from '../../fakes/pass.ts'
import type { Fault, ScriptedCentre } from '../../fakes/scriptedUplink.ts'
import { scriptedUplink } from '../../fakes/scriptedUplink.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'

const hour = 3_600_000
let clock: ReturnType<typeof manualClock>
let seat: MemorySeat
let centre: ScriptedCentre
let locks: MemoryLocks
let loops: SyncLoop[]
let runs = 0
let script: Fault[]

const open = (own: Clock = clock): SyncLoop => {
  const loop = startSync({
    name: `loop-${runs}`,
    outbox: seat.outbox,
    mirror: seat.mirror,
    uplink,
    clock: centreClock(own),
    random: () => 0.5,
    locks,
  })
  loops.push(loop)
  return loop
}
let uplink: ReturnType<typeof scriptedUplink>['uplink']
beforeEach(() => {
  runs += 1
  clock = manualClock(morning)
  seat = memorySeat(clock)
  locks = memoryLocks()
  loops = []
  script = []
  ;({ uplink, centre } = scriptedUplink(clock, () => script.shift() ?? 'none'))
})
afterEach(async () => {
  for (const loop of loops) await loop.stop()
})

describe('three days without the centre', () => {
  test('[SYNC-2] [SYNC-5] [SYNC-14] [F30] all is kept and counted, little is asked, and all goes once it is back', async () => {
    const loop = open()
    await pass(clock, 1000)
    expect(loop.status().badge).toBe('synced')
    centre.away = true
    const calls = 72 * 6
    for (let n = 1; n <= calls; n++) {
      await value(seat.records.finish(aRecord(n)))
      await pass(clock, 600_000)
    }
    expect(loop.status()).toMatchObject({ badge: 'offline', waiting: calls, refused: 0 })
    expect(lagMs(loop.status(), clock.now())).toBeGreaterThanOrEqual(72 * hour)
    expect(loop.status().troubleSince).toBeLessThan(morning + 60_000)
    // One batch was tried; then a tiny question at most about twice a minute, never the batch again.
    expect(centre.requests.filter((items) => items > 0)).toEqual([1])
    expect(centre.requests.length).toBeLessThan(72 * 60 * 2)
    centre.away = false
    await pass(clock, 10 * 60_000)
    expect(loop.status()).toMatchObject({ badge: 'synced', waiting: 0, refused: 0 })
    expect(centre.stored.size).toBe(calls)
    expect([...centre.stored.values()].every(({ changes }) => changes === 1)).toBe(true)
  })
})

describe('the windows of one seat', () => {
  test('[SYNC-9] [F52] only one sends; a window that dies is replaced at once', async () => {
    const first = open()
    const second = open()
    await value(seat.records.finish(aRecord(1)))
    await pass(clock, 1000)
    expect(centre.requests).toEqual([1])
    await until(() => second.status().badge === 'synced', 'the other window shows it')
    locks.crash(`loop-${runs}-sender`)
    await calm()
    // What is left of the first window no longer counts; the second one is at work.
    await first.stop()
    await value(seat.records.finish(aRecord(2)))
    await pass(clock, 1000)
    expect([...centre.stored.keys()]).toEqual([callId(1), callId(2)])
    expect(second.status().badge).toBe('synced')
  })

  test('the status is the same value until something changes', async () => {
    const loop = open()
    await pass(clock, 1000)
    const before = loop.status()
    expect(loop.status()).toBe(before)
    let told = 0
    const leave = loop.subscribe(() => (told += 1))
    await value(seat.records.finish(aRecord(1)))
    await pass(clock, 1000)
    expect(told).toBeGreaterThan(0)
    expect(loop.status()).not.toBe(before)
    leave()
  })
})

describe('a person', () => {
  test('[SYNC-4] has a refused item tried again, and sees it go', async () => {
    const loop = open()
    centre.refuses.add(callId(1))
    await value(seat.records.finish(aRecord(1)))
    await pass(clock, 1000)
    expect(loop.status()).toMatchObject({ badge: 'refused', refused: 1, waiting: 0 })
    centre.refuses.clear()
    const [row] = await value(seat.outbox.list(1))
    await value(loop.retry([row?.seq ?? 0]))
    await pass(clock, 1000)
    expect(loop.status()).toMatchObject({ badge: 'synced', refused: 0 })
  })

  test('[SYNC-5] who presses "send now" ends the wait', async () => {
    const loop = open()
    await pass(clock, 1000)
    script.push('busy')
    await value(seat.records.finish(aRecord(1)))
    await pass(clock, 100)
    expect(loop.status()).toMatchObject({ badge: 'failing', waiting: 1 })
    expect(loop.status().nextTryAt).toBeGreaterThanOrEqual(clock.now() + 1500)
    loop.sendNow()
    await pass(clock, 200)
    expect(loop.status().badge).toBe('synced')
  })
})

test('[SYNC-24] what a batch stood in line at the centre is no slowness of the link: nothing is held back for a voice', async () => {
  const plain = uplink
  const inLineMs = 20_000
  uplink = {
    ...plain,
    async push(texts) {
      await new Promise<void>((resolve) => {
        clock.after(inLineMs, resolve)
      })
      const answer = await plain.push(texts)
      return answer.ok ? { ok: true, value: { ...answer.value, waitedMs: inLineMs } } : answer
    },
  }
  for (let n = 1; n <= 100; n++) await value(seat.records.finish(aRecord(n)))
  const loop = open()
  loop.lineIsBusy(true)
  await pass(clock, 3 * inLineMs)
  expect([loop.status().waiting, Math.min(...centre.requests)]).toEqual([0, 36])
})

test('[SYNC-24] sent away after a long time in line, a batch goes again as large as it was', async () => {
  const plain = uplink
  const inLineMs = 20_000
  const sizes: number[] = []
  uplink = {
    ...plain,
    async push(texts) {
      sizes.push(texts.length)
      if (sizes.length !== 2) return plain.push(texts)
      await new Promise<void>((resolve) => {
        clock.after(inLineMs, resolve)
      })
      return failed('busy', '试验', { retryAfterMs: 5_000, waitedMs: inLineMs })
    },
  }
  for (let n = 1; n <= 200; n++) await value(seat.records.finish(aRecord(n)))
  const loop = open()
  loop.lineIsBusy(true)
  await pass(clock, 2 * inLineMs)
  // One more was on its way behind it; then all that is left goes together.
  expect([loop.status().waiting, sizes]).toEqual([0, [64, 64, 72, 136]])
})
