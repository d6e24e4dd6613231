// The centre is killed in the middle of an upload, the seat dies in the middle of one, two windows share a store:
// everything arrives once. The centre is the real program, ended by kill -9.
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Relay } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import { memoryLocks } from '../fakes/memoryLocks.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import type { Program } from '../server/program.ts'
import { startProgram } from '../server/program.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, openSeat } from './syncSeat.ts'

const folder = await newEmbeddedFolder()
let program: Program
let relay: Relay
beforeAll(async () => {
  program = await startProgram(['--demo', '--data', folder])
  relay = await startRelay(program.started.address)
})
afterAll(async () => {
  await relay.close()
  await program.stop()
})
const open = (locks?: LockManager) => openSeat(relay.url, '1001', program.passwordOf('1001'), locks)
/** By the store itself: a window hears a moment later what the other one put, and that it is its own turn to send. */
const allSent = (seat: Seat) =>
  until(async () => (await value(seat.outbox.counts())).waiting === 0, 'nothing waits', 40_000)
const synced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'all is sent', 40_000)

/** How often each call of 1001 is in the list that another seat pulls: what the centre truly has. */
const atCentre = async (): Promise<Map<string, number>> => {
  const seat = await openSeat(relay.url, '1002', program.passwordOf('1002'))
  await synced(seat)
  const times = new Map<string, number>()
  let cursor = 0
  for (;;) {
    const page = await value(seat.client.call('sync.pull', { cursor, reference: 1_000_000, limit: 1000 }))
    for (const call of page.calls) times.set(call.id, (times.get(call.id) ?? 0) + 1)
    cursor = page.cursor
    if (!page.more) break
  }
  await seat.close()
  return times
}
const lostOrDoubled = async (records: readonly CallRecord[]): Promise<string[]> => {
  const times = await atCentre()
  return records.filter((record) => times.get(record.id) !== 1).map((record) => record.id)
}

describe('in the middle of an upload', () => {
  test('[SYNC-3] [F33] the centre is killed twice and started again: every record arrives once', async () => {
    const records = Array.from({ length: 3000 }, () => aCallBy('1001'))
    const seat = await open()
    await synced(seat)
    await value(seat.records.restore(records))
    let left = 3000
    for (const stopAt of [2000, 500]) {
      await until(
        async () => {
          left = (await value(seat.outbox.counts())).waiting
          return left <= stopAt
        },
        `fewer than ${stopAt} wait`,
        60_000,
      )
      await program.kill()
      program = await startProgram(['--demo', '--data', folder])
      relay.aimAt(program.started.address)
    }
    await synced(seat)
    await seat.close()
    expect(await lostOrDoubled(records)).toEqual([])
  }, 180_000)

  test('[SYNC-9] [F51] the seat dies with a batch under way: the next start sends the rest, once', async () => {
    const locks = memoryLocks()
    const dying = await open(locks)
    const records = Array.from({ length: 400 }, () => aCallBy('1001'))
    await synced(dying)
    await value(dying.records.restore(records))
    const before = relay.seen.length
    await until(() => relay.seen.slice(before).some(({ items }) => items > 0), 'a batch is under way')
    // Nothing is closed: the window is gone, and the browser lets go of its lock.
    for (const name of locks.names()) locks.crash(name)
    const seat = await open(locks)
    await synced(seat)
    await seat.close()
    await dying.close()
    expect(await lostOrDoubled(records)).toEqual([])
  })
})

describe('two windows of one seat', () => {
  test('[SYNC-9] [F52] one sends, both show it, and the other takes over when it closes', async () => {
    const first = await open()
    const second = await open()
    await synced(first)
    await synced(second)
    const before = relay.seen.length
    const byBoth = Array.from({ length: 40 }, () => aCallBy('1001'))
    for (const [at, record] of byBoth.entries())
      await value((at % 2 === 0 ? first : second).records.finish(record))
    await allSent(first)
    await synced(first)
    await until(() => second.sync.status().badge === 'synced', 'the other window shows it too')
    const sent = relay.seen.slice(before).reduce((sum, { items }) => sum + items, 0)
    expect(sent).toBe(40)
    await first.close()
    const byHeir = Array.from({ length: 5 }, () => aCallBy('1001'))
    for (const record of byHeir) await value(second.records.finish(record))
    await allSent(second)
    await synced(second)
    await second.close()
    expect(await lostOrDoubled([...byBoth, ...byHeir])).toEqual([])
  })
})
