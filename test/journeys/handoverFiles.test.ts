// Attachments that wait on a seat go with its records as a file: through another seat, broken off and begun again, to the
// real centre, each once; and the seat they lie on comes back and finds them there.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { filesAt, onlyHandedIn } from './filesLeft.ts'
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
const none = { stored: 0, duplicate: 0, refused: 0, later: 0 }

test('[HAND-1] [HAND-2] [ATTACH-2] imported at another seat they are whole there once; the seat they lie on settles its own without sending a byte', async () => {
  const work = await files.worked()
  const handover = handoverOf(await files.otherSeat(), at.locks)
  expect(await value(handover.imported(work.file))).toEqual({
    people: [{ account: '1001', things: { ...none, stored: 1 }, files: { ...none, stored: 3 } }],
    stopped: null,
  })
  await files.areWhole(work)
  const sent = files.chunksSent()
  expect(sent).toBe(4 + 1 + 5)
  expect(await value(handover.imported(work.file))).toEqual({
    people: [{ account: '1001', things: { ...none, duplicate: 1 }, files: { ...none, duplicate: 3 } }],
    stopped: null,
  })
  at.spoil = pass
  work.seat.sync.sendNow()
  work.files.sendNow()
  await until(
    async () => {
      work.files.sendNow()
      return (await value(work.files.of(work.call.id))).every(({ state }) => state === 'sent')
    },
    'its own are settled',
    20_000,
  )
  expect(files.chunksSent()).toBe(sent)
  await files.areWhole(work)
  expect((await value(handoverOf(work.seat, at.locks).exported())).told).toMatchObject({ files: 0, stay: 0 })
})

test('[HAND-2] broken off anywhere, by the line or by who imports, it says what was left and goes on with the same file; or with its own seat', async () => {
  const work = await files.worked()
  const handover = handoverOf(await files.otherSeat(), at.locks)
  let chunks = 0
  at.spoil = (path) => {
    if (path !== '/api/handover/chunk') return onlyHandedIn(path)
    chunks += 1
    return { how: chunks === 3 ? 'loseAnswer' : 'pass' }
  }
  expect(await value(handover.imported(work.file))).toMatchObject({
    people: [{ things: { ...none, stored: 1 }, files: { ...none, later: 1 } }],
    stopped: { code: 'unreachable' },
  })
  // Once more, ended in the third file by whoever imports.
  at.spoil = (path) => {
    if (path !== '/api/handover/chunk') return onlyHandedIn(path)
    chunks += 1
    if (chunks === 7) handover.end()
    return { how: 'pass' }
  }
  expect(await value(handover.imported(work.file))).toMatchObject({
    people: [{ things: { ...none, duplicate: 1 }, files: { ...none, stored: 2, later: 1 } }],
    stopped: 'cancelled',
  })
  // The third comes from the seat it lies on, from where the file left off.
  const before = files.chunksSent()
  at.spoil = pass
  await until(
    async () => {
      work.files.sendNow()
      return (await value(work.files.of(work.call.id))).every(({ state }) => state === 'sent')
    },
    'the rest goes by itself',
    20_000,
  )
  expect(files.chunksSent() - before).toBeLessThan(5)
  await files.areWhole(work)
  expect(await value(handover.imported(work.file))).toMatchObject({
    people: [{ things: { ...none, duplicate: 1 }, files: { ...none, duplicate: 3 } }],
    stopped: null,
  })
})

test('[HAND-7] [ATTACH-3] a live call at the importing seat pauses its attachments, not the file’s records', async () => {
  const work = await files.worked()
  const handover = handoverOf(await files.otherSeat(), at.locks)
  handover.lineIsBusy(true)
  const taking = handover.imported(work.file)
  await until(() => handover.errand()?.paused === true, 'it is paused')
  const rows = await at.centre.running.database.rows('select id from call_records where id = $1', [
    work.call.id,
  ])
  expect(rows).toHaveLength(1)
  expect(at.relay.seen.filter(({ path }) => path === '/api/handover/begin')).toEqual([])
  handover.lineIsBusy(false)
  expect(await value(taking)).toMatchObject({ people: [{ files: { ...none, stored: 3 } }], stopped: null })
  await files.areWhole(work)
})

test('[HAND-1] of a damaged file, or another centre’s, nothing is taken', async () => {
  const work = await files.worked()
  const handover = handoverOf(await files.otherSeat(), at.locks)
  const text = await work.file.text()
  const place = text.length - 1_000
  const changed = `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`
  const other = text.replaceAll(/"centre":"[^"]*"/g, '"centre":"another"')
  for (const wrong of [text.slice(0, -4), changed, other])
    expect(await handover.imported(new Blob([wrong]))).toMatchObject({ problem: { code: 'bad_input' } })
  expect(at.relay.seen.filter(({ path }) => path.startsWith('/api/handover'))).toEqual([])
})
