// Attachments that wait on a seat go with its records: as a file through another seat, or carried by the next person at this
// one; broken off and begun again, to the real centre, each once; and whose they are comes back and finds them there.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failed } from '../../contract/answer.ts'
import { chunkBytes } from '../../contract/attachments.ts'
import { storeName } from '../../contract/journal.ts'
import { attachmentJournal } from '../../renderer/adapters/attachmentJournal.ts'
import { openAttachments } from '../../renderer/adapters/attachments.ts'
import type { Attachments } from '../../renderer/adapters/attachmentsPort.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import type { Spoil } from '../fakes/httpRelay.ts'
import { aFile, headOf } from '../makers/files.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import { handoverOf } from './seatHandover.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy } from './syncSeat.ts'
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import { openSeatsAtCentre, pass } from './seatsAtCentre.ts'

let at: SeatsAtCentre
/** As from a seat that has no centre. */
const away = (): Spoil => ({ how: 'loseRequest' })
beforeEach(async () => {
  at = await openSeatsAtCentre()
})
afterEach(() => at.close())
/** The centre is there for the seat that imports alone. */
const onlyHandedIn = (path: string): Spoil => ({
  how: /^\/api\/(handover|session)/.test(path) ? 'pass' : 'loseRequest',
})
const otherSeat = (): Promise<Seat> => {
  at.spoil = onlyHandedIn
  return at.seatOf('1002')
}
const noJournal = attachmentJournal(Promise.resolve(null), {
  'disk.read': async () => failed('unsupported', '没有'),
})
const filesOf = (seat: Seat): Attachments => {
  const signedIn = seat.session.read()
  if (!signedIn) throw new Error('nobody signed in')
  const { account, centre: of } = signedIn.session
  const files = openAttachments({
    name: storeName(of.id, account.id),
    sealer: signedIn.sealer,
    journal: noJournal,
    told: () => undefined,
    clock: centreClock(systemClock),
    random: () => 0,
    call: seat.client.call,
    epoch: () => 0,
  })
  at.open.push({ close: files.stop })
  return files
}
const sizes = [3 * chunkBytes + 5, 700, 5 * chunkBytes]
/** 1001 works while the centre is away: a call, and files of it. */
const worked = async () => {
  const seat = await at.seatOf('1001')
  await until(() => seat.sync.status().badge === 'synced', 'it is in sync')
  at.spoil = away
  const files = filesOf(seat)
  const call = aCallBy('1001')
  await value(seat.records.finish(call))
  const contents = sizes.map((bytes, place) => aFile(bytes, 71 + place))
  const heads = contents.map((content) => headOf(call.id, content, { name: '王建平的合同.jpg' }))
  for (const [place, head] of heads.entries())
    await value(files.add(head, contents[place] ?? new Uint8Array()))
  const { content, told } = await value(handoverOf(seat, at.locks).exported())
  expect(told).toMatchObject({ count: 1, files: 3, stay: 0, filesUnread: [] })
  const text = await content.text()
  for (const canary of ['王建平', '合同', '13800008000']) expect(text).not.toContain(canary)
  return { seat, files, call, contents, heads, file: content }
}
const atCentre = async (id: string) => {
  const rows = await at.centre.running.database.rows<{ data: string }>(
    `select c.data from attachments a join attachment_chunks c on c.attachment = a.content
     where a.id = $1 and a.agent = '1001' and a.whole_at is not null order by c.chunk`,
    [id],
  )
  return Buffer.concat(rows.map(({ data }) => Buffer.from(data, 'base64')))
}
const areWhole = async ({ heads, contents }: Awaited<ReturnType<typeof worked>>): Promise<void> => {
  for (const [place, { id }] of heads.entries())
    expect((await atCentre(id)).equals(contents[place] ?? new Uint8Array())).toBe(true)
}
const chunksSent = () =>
  at.relay.seen.filter(({ path }) => path === '/api/handover/chunk' || path === '/api/attachments/chunk')
    .length
const none = { stored: 0, duplicate: 0, refused: 0, later: 0 }

test('[HAND-1] [HAND-2] [ATTACH-2] imported at another seat they are whole there once; the seat they lie on settles its own without sending a byte', async () => {
  const work = await worked()
  const handover = handoverOf(await otherSeat(), at.locks)
  expect(await value(handover.imported(work.file))).toEqual({
    people: [{ account: '1001', things: { ...none, stored: 1 }, files: { ...none, stored: 3 } }],
    stopped: null,
  })
  await areWhole(work)
  const sent = chunksSent()
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
  expect(chunksSent()).toBe(sent)
  await areWhole(work)
  expect((await value(handoverOf(work.seat, at.locks).exported())).told).toMatchObject({ files: 0, stay: 0 })
})

test('[HAND-2] broken off anywhere, by the line or by who imports, it says what was left and goes on with the same file; or with its own seat', async () => {
  const work = await worked()
  const handover = handoverOf(await otherSeat(), at.locks)
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
  const before = chunksSent()
  at.spoil = pass
  await until(
    async () => {
      work.files.sendNow()
      return (await value(work.files.of(work.call.id))).every(({ state }) => state === 'sent')
    },
    'the rest goes by itself',
    20_000,
  )
  expect(chunksSent() - before).toBeLessThan(5)
  await areWhole(work)
  expect(await value(handover.imported(work.file))).toMatchObject({
    people: [{ things: { ...none, duplicate: 1 }, files: { ...none, duplicate: 3 } }],
    stopped: null,
  })
})

test('[HAND-7] [ATTACH-3] a live call at the importing seat pauses its attachments, not the file’s records', async () => {
  const work = await worked()
  const handover = handoverOf(await otherSeat(), at.locks)
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
  await areWhole(work)
})

test('[HAND-1] of a damaged file, or another centre’s, nothing is taken', async () => {
  const work = await worked()
  const handover = handoverOf(await otherSeat(), at.locks)
  const text = await work.file.text()
  const place = text.length - 1_000
  const changed = `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`
  const other = text.replaceAll(/"centre":"[^"]*"/g, '"centre":"another"')
  for (const wrong of [text.slice(0, -4), changed, other])
    expect(await handover.imported(new Blob([wrong]))).toMatchObject({ problem: { code: 'bad_input' } })
  expect(at.relay.seen.filter(({ path }) => path.startsWith('/api/handover'))).toEqual([])
})

/** 1001 has gone home, and 1002 works at the same computer. */
const leftToNext = async () => {
  const work = await worked()
  await at.leave(work.seat)
  work.files.stop()
  const next = await otherSeat()
  return { work, next, handover: handoverOf(next, at.locks) }
}
const ownerFinds = async ({ call }: Awaited<ReturnType<typeof worked>>) =>
  value(filesOf(await at.seatOf('1001')).of(call.id))

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
  await areWhole(work)
  expect(chunksSent()).toBe(4 + 1 + 5)
  const carried = await at.centre.running.database.rows(
    `select subject from audit where what = 'handover.attachment' and account = '1002' order by subject`,
  )
  expect(carried).toEqual(work.heads.map(({ id }) => ({ subject: `1001 ${id}` })))
  at.spoil = pass
  expect((await ownerFinds(work)).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  expect(chunksSent()).toBe(10)
})

test('[HAND-4] what the centre refuses waits for its owner with its words, and what it cannot take now for the next time', async () => {
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
    return begun === 1 ? says(403, 'forbidden') : begun === 2 ? says(503, 'busy') : { how: 'pass' }
  }
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 1, refused: 1 }])
  await handover.carry()
  expect(handover.left()).toEqual([{ account: '1001', waiting: 0, files: 0, refused: 1 }])
  at.spoil = pass
  expect(await ownerFinds(work)).toMatchObject([
    { state: 'refused', problem: '这份附件中心不收' },
    { state: 'sent' },
    { state: 'sent' },
  ])
})

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
  handover.lineIsBusy(false)
  await until(() => chunksSent() > 1, 'attachments go')
  handover.stop()
  await new Promise(setImmediate)
  expect(isHeld()).toBe(false)
  await carrying
  const sent = chunksSent()
  expect(sent).toBeLessThan(10)
  at.spoil = pass
  await at.leave(next)
  const files = filesOf(await at.seatOf('1001'))
  await until(
    async () => (await value(files.of(work.call.id))).every(({ state }) => state === 'sent'),
    'the owner sends the rest',
    20_000,
  )
  expect(chunksSent()).toBeLessThanOrEqual(11)
  await areWhole(work)
})
