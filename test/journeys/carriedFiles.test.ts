// Attachments that wait on a computer go with the next person who works there, as their owner's, each once; whose they are
// comes back and finds them there.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeName } from '../../contract/journal.ts'
import type { Spoil } from '../fakes/httpRelay.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { filesAt, onlyHandedIn, type Work } from './filesLeft.ts'
import { handoverOf } from './seatHandover.ts'
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import { openSeatsAtCentre, pass } from './seatsAtCentre.ts'

let at: SeatsAtCentre
let files: ReturnType<typeof filesAt>
beforeEach(async () => {
  at = await openSeatsAtCentre()
  files = filesAt(at)
})
afterEach(() => at.close())
/** 1001 has gone home, and 1002 works at the same computer. */
const leftToNext = async () => {
  const work = await files.worked()
  await at.leave(work.seat)
  work.files.stop()
  const next = await files.otherSeat()
  return { work, next, handover: handoverOf(next, at.locks) }
}
const ownerFinds = async ({ call }: Work) => value(files.filesOf(await at.seatOf('1001')).of(call.id))

test('[HAND-4] [HAND-3] left on this computer they go behind the records, as their owner’s, on from where the line broke; the owner finds them sent', async () => {
  const { work, handover } = await leftToNext()
  let chunks = 0
  at.spoil = (path) => {
    if (path !== '/api/handover/chunk') return onlyHandedIn(path)
    chunks += 1
    return { how: chunks === 6 ? 'loseAnswer' : 'pass' }
  }
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 1, refused: 0 }])
  await handover.carry()
  expect(handover.left()).toEqual([])
  await files.areWhole(work)
  expect(files.chunksSent()).toBe(4 + 1 + 5)
  const carried = await at.centre.running.database.rows(
    `select subject from audit where what = 'handover.attachment' and account = '1002' order by subject`,
  )
  expect(carried).toEqual(work.heads.map(({ id }) => ({ subject: `1001 ${id}` })))
  at.spoil = pass
  expect((await ownerFinds(work)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  expect(files.chunksSent()).toBe(10)
})

test('[HAND-4] what the centre refuses waits for its owner, whose own seat asks again, and what it cannot take now for the next time', async () => {
  const { work, handover } = await leftToNext()
  let begun = 0
  const says = (status: number, code: string): Spoil => ({
    how: 'say',
    status,
    headers: { 'x-hotline-centre': at.centre.running.identity.id },
    body: JSON.stringify({ ok: false, problem: { code, text: '这份附件中心不收' } }),
  })
  at.spoil = (path) => {
    if (path !== '/api/handover/begin') return onlyHandedIn(path)
    begun += 1
    // The first one each time; the second one the first time.
    if (begun === 1 || begun === 4) return says(400, 'bad_input')
    return begun === 2 ? says(404, 'not_found') : { how: 'pass' }
  }
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 1, refused: 1 }])
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 0, refused: 1 }])
  at.spoil = pass
  const theirs = files.filesOf(await at.seatOf('1001'))
  const states = async () => (await value(theirs.of(work.call.id))).map(({ state }) => state)
  expect((await states()).slice(1)).toEqual(['sent', 'sent'])
  await until(async () => (await states())[0] === 'sent', 'the owner sends it', 20_000)
  await files.areWhole(work)
})

test.each(['3001', '4001'])(
  '[HAND-4] %s, who may carry nothing, works at this computer: all of it waits on, and goes with the next agent',
  async (account) => {
    const work = await files.worked()
    await at.leave(work.seat)
    work.files.stop()
    at.spoil = pass
    const other = await at.seatOf(account)
    const handover = handoverOf(other, at.locks)
    await handover.carry()
    expect(handover.left()).toEqual([{ account: '1001', waiting: 1, files: 3, refused: 0 }])
    await at.leave(other)
    const next = handoverOf(await at.seatOf('1002'), at.locks)
    await next.carry()
    expect(next.left()).toEqual([])
    await files.areWhole(work)
  },
)

test('[HAND-4] [ATTACH-3] a live call holds the attachments and not the records; who signs out lets go of the other’s store at once', async () => {
  const { work, next, handover } = await leftToNext()
  handover.lineIsBusy(true)
  const carrying = handover.carry()
  const centreId = next.session.centre() ?? ''
  const isHeld = (): boolean => at.locks.names().includes(`${storeName(centreId, '1001')}-seat`)
  await until(
    () => at.relay.seen.some(({ path }) => path === '/api/handover/push'),
    'the records are on their way',
  )
  await until(isHeld, 'its store is held')
  expect(at.relay.seen.filter(({ path }) => path === '/api/handover/begin')).toEqual([])
  // With the second chunk under way: whoever looks every few moments may come when all of them have gone.
  const isStillHeld = new Promise<boolean>((resolve) => {
    at.spoil = (path) => {
      if (path === '/api/handover/chunk' && files.chunksSent() === 2) {
        handover.stop()
        setImmediate(() => resolve(isHeld()))
      }
      return onlyHandedIn(path)
    }
  })
  handover.lineIsBusy(false)
  expect(await isStillHeld).toBe(false)
  await carrying
  const sent = files.chunksSent()
  expect(sent).toBeLessThan(10)
  at.spoil = pass
  await at.leave(next)
  const theirs = files.filesOf(await at.seatOf('1001'))
  await until(
    async () => (await value(theirs.of(work.call.id))).every(({ state }) => state === 'sent'),
    'the owner sends the rest',
    20_000,
  )
  expect(files.chunksSent()).toBeLessThanOrEqual(11)
  await files.areWhole(work)
})
