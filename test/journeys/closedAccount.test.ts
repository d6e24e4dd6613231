// A person leaves the hotline: what is on the computers they used, before and after these hear of it. Everything is looked
// for in the raw database: what is unsent is there and reaches the centre as theirs, and nothing opens here any more.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AccountId } from '../../contract/ids.ts'
import { storeName } from '../../contract/journal.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Clock } from '../../core/ports.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { disableAccount, putAccount } from '../../server/accounts.ts'
import type { Relay, Spoil } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import { memoryLocks } from '../fakes/memoryLocks.ts'
import { aForm } from '../makers/forms.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { handoverOf } from './seatHandover.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, filed, openSeat } from './syncSeat.ts'

const day = 86_400_000
let centre: TestCentre
let relay: Relay
let spoil: (path: string) => Spoil
let locks: LockManager
let ahead = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead }
const open: Seat[] = []
beforeEach(async () => {
  ahead = 0
  spoil = () => ({ how: 'pass' })
  locks = memoryLocks()
  const folder = await newEmbeddedFolder()
  centre = await startTestCentre({ folder, databaseUrl: null, remove: async () => undefined })
  relay = await startRelay(centre.running.address, (path) => spoil(path))
})
afterEach(async () => {
  for (const seat of open.splice(0)) await seat.close()
  await relay.close()
  await centre.stop()
})
const away = (): Spoil => ({ how: 'loseRequest' })
const seatOf = async (account: string): Promise<Seat> => {
  const seat = await openSeat(relay.url, account, testPassword, locks, clock)
  open.push(seat)
  return seat
}
const leave = async (seat: Seat): Promise<void> => {
  open.splice(open.indexOf(seat), 1)
  await seat.session.signOut()
  await seat.close()
}
const isSynced = (seat: Seat) => until(() => seat.sync.status().badge === 'synced', 'it is in sync')

/** Every row of a database of this computer. */
const rowsIn = async (name: string, table: string): Promise<Record<string, unknown>[]> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(name)
    asked.onerror = () => reject(asked.error ?? new Error(name))
    asked.onsuccess = () => {
      const all = asked.result.transaction(table).objectStore(table).getAll()
      all.onsuccess = () => resolve(all.result)
      asked.result.close()
    }
  })
const sealedFor = async () => (await rowsIn('hotline-door', 'seals')).map(({ account }) => account)
const idsIn = async (table: string): Promise<unknown[]> =>
  (await rowsIn(storeName(centre.running.identity.id, '1001'), table)).map(
    (row) => row['id'] ?? row['callId'],
  )

/** A day of 1001: a colleague's call and an own one the centre has, one that is unsent, one half written. */
const aDay = async () => {
  const colleague = await seatOf('1002')
  await value(colleague.records.file(filed(aCallBy('1002')), null))
  await isSynced(colleague)
  await leave(colleague)
  const seat = await seatOf('1001')
  const sent = filed(aCallBy('1001'))
  await value(seat.records.file(sent, null))
  await isSynced(seat)
  await until(async () => (await idsIn('calls')).length === 2, 'both are here')
  spoil = (path) => ({ how: path === '/api/sync/push' ? 'loseRequest' : 'pass' })
  const unsent = filed(aCallBy('1001'))
  await value(seat.records.file(unsent, null))
  const begun = aCallBy('1001')
  await value(seat.records.finish(begun))
  const form = aForm({ cause: '公司口头通知裁员' })
  await value(
    seat.records.saveDraft({
      callId: begun.id,
      form,
      openedAt: clock.now(),
      savedAt: clock.now(),
      wrapupMs: 0,
    }),
  )
  return { seat, sent, unsent, begun }
}
const close = () => disableAccount(centre.running.database, '1001', centre.clock.now())
const openAgain = () => {
  const account = { id: AccountId.parse('1001'), name: '测试', role: 'agent' as const, department: null }
  const given = { account, extension: '1001', password: testPassword }
  return putAccount(centre.running.database, given, centre.clock.now())
}
const agentAtCentre = ({ id }: CallRecord) =>
  centre.running.database.rows('select agent from call_records where id = $1', [id])

test('[SESSION-14] [STORE-23] [HAND-4] [D05] closed at work: nothing unsent is lost, nothing is left that opens', async () => {
  const { seat, sent, unsent, begun } = await aDay()
  expect(await sealedFor()).toContain('1001')
  await close()
  await seat.client.call('tickets.list', { states: [], before: null, limit: 1 })
  expect(seat.session.read()?.closed?.text).toContain('账号已停用，请联系管理员')
  expect(await sealedFor()).toEqual(['1002'])
  // Whoever is on the line writes on, and it is saved.
  const last = filed(aCallBy('1001'))
  await value(seat.records.file(last, null))
  await leave(seat)

  const kept = new Set([unsent.id, begun.id, last.id])
  expect(new Set(await idsIn('calls'))).toEqual(kept)
  expect(new Set(await idsIn('outbox'))).toEqual(kept)
  expect(await idsIn('drafts')).toEqual([begun.id])
  expect(await idsIn('sent')).toEqual([])
  spoil = away
  await expect(seatOf('1001')).rejects.toThrow('not_found')
  spoil = () => ({ how: 'pass' })
  await expect(seatOf('1001')).rejects.toThrow('账号已停用，请联系管理员')

  // The next person carries it, as theirs.
  const next = await seatOf('1002')
  const handover = handoverOf(next, locks)
  expect(await value(handover.exported())).toMatchObject({
    told: { others: [{ account: '1001', waiting: 3 }] },
  })
  await handover.carry()
  expect(handover.left()).toEqual([])
  for (const call of [unsent, begun, last]) expect(await agentAtCentre(call)).toEqual([{ agent: '1001' }])
  await leave(next)

  // Opened again: what was half written is there, and what went comes back from the centre.
  await openAgain()
  const back = await seatOf('1001')
  expect(await value(back.records.drafts())).toMatchObject([{ callId: begun.id }])
  expect(await value(back.records.read(unsent.id))).toEqual(unsent)
  await isSynced(back)
  expect(await agentAtCentre(sent)).toEqual([{ agent: '1001' }])
})

test('[STORE-22] [HAND-4] [SYNC-19] [D05] days without the centre: the right password opens nothing, the next person’s sign-in ends the seal, and what is unsent goes as its owner’s', async () => {
  const { seat, unsent, begun } = await aDay()
  await leave(seat)
  spoil = away
  ahead = 4 * day + 60_000
  centre.clock.advance(ahead)
  await expect(seatOf('1001')).rejects.toThrow('离线签入已过期')
  spoil = () => ({ how: 'pass' })
  const next = await seatOf('1002')
  await until(async () => !(await sealedFor()).includes('1001'), 'the seal is gone')
  await handoverOf(next, locks).carry()
  for (const call of [unsent, begun]) expect(await agentAtCentre(call)).toEqual([{ agent: '1001' }])
  await leave(next)
  // Back at work their keys come from the centre again.
  const back = await seatOf('1001')
  expect(await value(back.records.read(unsent.id))).toEqual(unsent)
  expect(await value(back.records.drafts())).toMatchObject([{ callId: begun.id }])
})
