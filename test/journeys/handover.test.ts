// What one person left unsent on a computer goes as theirs when the next one works there; and as a file from another seat.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeName } from '../../contract/journal.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { handoverOf } from './seatHandover.ts'
import { aCallBy } from './syncSeat.ts'
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import { openSeatsAtCentre, pass } from './seatsAtCentre.ts'

let at: SeatsAtCentre
beforeEach(async () => {
  at = await openSeatsAtCentre()
})
afterEach(() => at.close())
const none = { stored: 0, duplicate: 0, refused: 0, later: 0 }
/** 1001 works while the centre takes nothing, and goes home. */
const leftBehind = async (count: number) => {
  const seat = await at.seatOf('1001')
  await until(() => seat.sync.status().badge === 'synced', 'it is in sync')
  at.spoil = (path) => ({ how: path === '/api/sync/push' ? 'loseRequest' : 'pass' })
  const calls = Array.from({ length: count }, () => aCallBy('1001'))
  for (const call of calls) await value(seat.records.finish(call))
  await at.leave(seat)
  return calls
}
const atCentre = (ids: readonly string[]) =>
  at.centre.running.database.rows(
    'select id, agent, body from call_records where id = any($1::uuid[]) order by id',
    [ids],
  )
const carriers = () =>
  at.centre.running.database.rows(
    `select account, subject from audit where what = 'handover.carried' order by seq`,
  )

test('[F69] [HAND-4] [HAND-3] [HAND-5] the next person’s seat carries what the last one left, as theirs, once, and reads none of it', async () => {
  const calls = await leftBehind(3)
  const next = await at.seatOf('1002')
  const handover = handoverOf(next, at.locks)
  // The answer gets lost: nothing leaves, and what is left is said to be there.
  let lost = 0
  at.spoil = (path) => {
    if (path === '/api/handover/push' && lost++ === 0) return { how: 'loseAnswer' }
    return { how: 'pass' }
  }
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 3, files: 0, refused: 0 }])
  await handover.carry()
  expect(handover.left()).toEqual([])
  expect(await atCentre(calls.map(({ id }) => id))).toEqual(
    calls
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((call) => ({ id: call.id, agent: '1001', body: call })),
  )
  expect(await carriers()).toEqual([
    { account: '1002', subject: '1001 3/3' },
    { account: '1002', subject: '1001 0/3' },
  ])
  const asked = at.relay.seen.length
  await handover.carry()
  expect(at.relay.seen.slice(asked).filter(({ path }) => path === '/api/handover/push')).toEqual([])
  await at.leave(next)
  // Its owner finds nothing waiting, and nothing gone.
  const back = await at.seatOf('1001')
  expect(await value(back.outbox.counts())).toMatchObject({ waiting: 0, parked: 0 })
  for (const call of calls) expect(await value(back.records.read(call.id))).toEqual(call)
})

test('[HAND-4] what the centre refuses waits at that seat for its owner, and nobody at work is carried for', async () => {
  const seat = await at.seatOf('1001')
  await until(() => seat.sync.status().badge === 'synced', 'it is in sync')
  at.spoil = (path) => ({ how: path === '/api/sync/push' ? 'loseRequest' : 'pass' })
  const wrong = aCallBy('1001', { practice: true })
  await value(seat.records.finish(wrong))
  const release = await new Promise<() => void>((resolve) => {
    void at.locks.request(
      `${storeName(at.centre.running.identity.id, '1001')}-seat`,
      () => new Promise<void>(resolve as never),
    )
  })
  const next = await at.seatOf('1002')
  const handover = handoverOf(next, at.locks)
  await handover.carry()
  expect(await carriers()).toEqual([])
  release()
  await at.leave(seat)
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 0, refused: 1 }])
  await at.leave(next)
  at.spoil = pass
  const back = await at.seatOf('1001')
  expect(await value(back.outbox.list(5))).toMatchObject([
    { id: wrong.id, state: 'parked', problem: { field: 'practice' } },
  ])
})

test('[HAND-1] [HAND-2] what earlier people left on the computer is in the file too, and comes in as each one’s own', async () => {
  const left = await leftBehind(2)
  const seat = await at.seatOf('1002')
  const own = aCallBy('1002')
  await value(seat.records.finish(own))
  const { content, told } = await value(handoverOf(seat, at.locks).exported())
  expect(told).toMatchObject({ count: 3, others: [{ account: '1001', waiting: 2 }], unread: [], files: 0 })
  await at.leave(seat)
  at.spoil = pass
  const lead = handoverOf(await at.seatOf('2001'), at.locks)
  const taken = (account: string, stored: number) => ({ account, things: { ...none, stored }, files: none })
  expect(await value(lead.imported(content))).toEqual({
    people: [taken('1002', 1), taken('1001', 2)],
    stopped: null,
  })
  // Without the second person's part it is no whole file.
  const text = await content.text()
  const cut = text.slice(0, text.indexOf('{"handover":1', 1))
  expect(await lead.imported(new Blob([cut]))).toMatchObject({ ok: false, problem: { code: 'bad_input' } })
  const rows = await atCentre([own, ...left].map(({ id }) => id))
  expect(
    new Set(rows.map((row) => JSON.stringify(row)).map((row) => /"agent":"(\d+)"/.exec(row)?.[1])),
  ).toEqual(new Set(['1001', '1002']))
  expect(rows).toHaveLength(3)
})

test('[HAND-1] [HAND-2] exported at one seat and imported at another: all of it is there once, and stays in the outbox until its own acknowledgement', async () => {
  const seat = await at.seatOf('1001')
  await until(() => seat.sync.status().badge === 'synced', 'it is in sync')
  at.spoil = (path) => ({ how: path === '/api/sync/push' ? 'loseRequest' : 'pass' })
  const calls = Array.from({ length: 4 }, () => aCallBy('1001', { name: '王建平' }))
  for (const call of calls) await value(seat.records.finish(call))
  const { content, told } = await value(handoverOf(seat, at.locks).exported())
  expect(told.count).toBe(4)
  for (const canary of ['王建平', '13800008000', calls[0]?.number ?? 'x'])
    expect(await content.text()).not.toContain(canary)
  expect((await value(seat.outbox.counts())).waiting).toBe(4)
  const other = handoverOf(await at.seatOf('1002'), at.locks)
  const imported = (things: object) => ({
    people: [{ account: '1001', things: { ...none, ...things }, files: none }],
    stopped: null,
  })
  expect(await value(other.imported(content))).toEqual(imported({ stored: 4 }))
  expect(await value(other.imported(content))).toEqual(imported({ duplicate: 4 }))
  expect(await other.imported(content.slice(0, -5))).toMatchObject({
    ok: false,
    problem: { code: 'bad_input' },
  })
  expect(await atCentre(calls.map(({ id }) => id))).toHaveLength(4)
  at.spoil = pass
  seat.sync.sendNow()
  await until(() => seat.sync.status().badge === 'synced', 'its own acknowledgement', 20_000)
  expect(await atCentre(calls.map(({ id }) => id))).toHaveLength(4)
})
