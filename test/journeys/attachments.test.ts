// An attachment from the seat's disk to the real centre: cut at every chunk, paused under a live call, sent again to a
// centre that came back from a backup, and unreadable to whoever takes the disk.
import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { failed } from '../../contract/answer.ts'
import { chunkBytes } from '../../contract/attachments.ts'
import { openAttachments } from '../../renderer/adapters/attachments.ts'
import type { Attachments } from '../../renderer/adapters/attachmentsPort.ts'
import { attachmentJournal } from '../../renderer/adapters/attachmentJournal.ts'
import { centreClock } from '../../renderer/adapters/centreClock.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import type { Relay, Spoil } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import { aFile, headOf } from '../makers/files.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { value } from '../suites/openedSeat.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy, openSeat } from './syncSeat.ts'

let centre: TestCentre
let relay: Relay
let seat: Seat
let files: Attachments
let epoch = 0
let spoil: (path: string) => Spoil
const pass = (): Spoil => ({ how: 'pass' })
let count = 0
const noJournal = attachmentJournal(Promise.resolve(null), {
  'disk.read': async () => failed('unsupported', '没有'),
})
const open = (): Attachments => {
  const signedIn = seat.session.read()
  if (!signedIn) throw new Error('nobody signed in')
  return openAttachments({
    name: `seat-${count}`,
    sealer: signedIn.sealer,
    journal: noJournal,
    told: () => undefined,
    clock: centreClock(systemClock),
    random: () => 0,
    call: seat.client.call,
    epoch: () => epoch,
  })
}
beforeAll(async () => {
  centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
})
afterAll(() => centre.stop())
beforeEach(async () => {
  count += 1
  epoch = 0
  spoil = pass
  relay = await startRelay(centre.running.address, (path) => spoil(path))
  seat = await openSeat(relay.url, '1001', testPassword)
  files = open()
})
afterEach(async () => {
  files.stop()
  await seat.close()
  await relay.close()
})
const added = async (bytes: number, seed: number) => {
  const call = aCallBy('1001')
  const content = aFile(bytes, seed)
  const head = headOf(call.id, content)
  await value(files.add(head, content))
  return { call, content, head }
}
const stateOf = async (callId: Parameters<Attachments['of']>[0]) => (await value(files.of(callId)))[0]?.state
const isSent = (callId: Parameters<Attachments['of']>[0]) =>
  until(async () => (await stateOf(callId)) === 'sent', 'the centre has it', 20_000)
const atCentre = async (id: string) => {
  const rows = await centre.running.database.rows<{ data: string }>(
    'select data from attachment_chunks where attachment = $1 order by chunk',
    [id],
  )
  return Buffer.concat(rows.map(({ data }) => Buffer.from(data, 'base64')))
}
const pushedChunks = () => relay.seen.filter(({ path }) => path === '/api/attachments/chunk').length

test('[ATTACH-2] [ATTACH-3] added in the call it waits for the record, is whole here meanwhile, and then goes by itself', async () => {
  const { call, content, head } = await added(3 * chunkBytes + 5, 11)
  await until(() => relay.seen.some(({ path }) => path === '/api/attachments/begin'), 'it was announced')
  expect(await value(files.of(call.id))).toMatchObject([{ head, state: 'waiting', problem: null }])
  expect(Buffer.from((await value(files.content(head.id))) ?? []).equals(content)).toBe(true)
  expect(pushedChunks()).toBe(0)
  await value(seat.records.finish(call))
  await until(() => seat.sync.status().badge === 'synced', 'the record is there')
  files.sendNow()
  await isSent(call.id)
  expect((await atCentre(head.id)).equals(content)).toBe(true)
  expect(pushedChunks()).toBe(4)
})

test.each([0, 1, 2, 3])(
  '[ATTACH-3] cut at chunk %i, its answer lost, the window closed: it goes on and arrives once',
  async (at) => {
    let seen = 0
    spoil = (path) => {
      if (path !== '/api/attachments/chunk') return { how: 'pass' }
      seen += 1
      // The chunk dies on its way; the next time only its answer does; then the window is closed.
      if (seen === at + 1) return { how: 'loseRequest' }
      return seen === at + 2 ? { how: 'loseAnswer' } : { how: 'pass' }
    }
    const { call, content, head } = await added(3 * chunkBytes + 5, 20 + at)
    await value(seat.records.finish(call))
    await until(() => seat.sync.status().badge === 'synced', 'the record is there')
    files.sendNow()
    await until(() => seen >= at + 1, 'the cut', 20_000)
    files.stop()
    files = open()
    files.sendNow()
    await until(
      async () => {
        files.sendNow()
        return (await stateOf(call.id)) === 'sent'
      },
      'the centre has it',
      20_000,
    )
    expect((await atCentre(head.id)).equals(content)).toBe(true)
    // Each chunk once, and once more for each that was lost or whose answer was.
    expect(pushedChunks()).toBeLessThanOrEqual(4 + 2)
  },
)

test('[ATTACH-3] a live call pauses it between two chunks, and it goes on afterwards', async () => {
  spoil = (path) => {
    if (path === '/api/attachments/chunk' && pushedChunks() === 2) files.lineIsBusy(true)
    return { how: 'pass' }
  }
  const { call } = await added(5 * chunkBytes, 31)
  await value(seat.records.finish(call))
  await until(() => seat.sync.status().badge === 'synced', 'the record is there')
  files.sendNow()
  await until(() => pushedChunks() === 2, 'two chunks are under way')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(pushedChunks()).toBe(2)
  expect(await stateOf(call.id)).toBe('waiting')
  spoil = pass
  files.lineIsBusy(false)
  await isSent(call.id)
  expect(pushedChunks()).toBe(5)
})

test('[ATTACH-2] goes again to a centre that came back from a backup; [ATTACH-6] what it will never take stays, in words', async () => {
  const { call, content, head } = await added(chunkBytes + 7, 41)
  await value(seat.records.finish(call))
  await until(() => seat.sync.status().badge === 'synced', 'the record is there')
  files.sendNow()
  await isSent(call.id)
  await centre.running.database.rows('delete from attachment_chunks where attachment = $1', [head.id])
  await centre.running.database.rows('delete from attachments where id = $1', [head.id])
  epoch = 1
  files.sendNow()
  await until(async () => (await atCentre(head.id)).equals(content), 'it is there again')
  await isSent(call.id)

  const page = new TextEncoder().encode('<html>no photo</html>')
  const wrong = headOf(call.id, page)
  await value(files.add(wrong, page))
  await until(async () => (await value(files.of(call.id)))[1]?.state === 'refused', 'it is refused')
  expect((await value(files.of(call.id)))[1]?.problem).toContain('中心不收')
  await value(files.remove(wrong.id))
  expect(await value(files.of(call.id))).toHaveLength(1)
  await value(files.remove(head.id))
  expect(await value(files.of(call.id))).toHaveLength(1)
})

test('[ATTACH-2] [D01] on the disk neither name nor content can be read', async () => {
  const content = new TextEncoder().encode(`%PDF-1.7 ${'KANARIENVOGEL'.repeat(50)}`)
  const call = aCallBy('1001')
  const head = headOf(call.id, content, { name: '王建平的合同.pdf', type: 'application/pdf' })
  await value(files.add(head, content))
  const request = indexedDB.open(`seat-${count}-attachments`)
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('open')))
  })
  const all = await Promise.all(
    ['heads', 'chunks'].map(
      (name) =>
        new Promise<unknown[]>((resolve) => {
          const reading = database.transaction(name).objectStore(name).getAll()
          reading.addEventListener('success', () => resolve(reading.result as unknown[]))
        }),
    ),
  )
  database.close()
  const bytes = all
    .flat()
    .flatMap((row) => Object.values(row as object).filter((part) => part instanceof Uint8Array))
  expect(bytes.length).toBe(2)
  const text = JSON.stringify(all) + bytes.map((part) => Buffer.from(part).toString('latin1')).join('')
  for (const canary of ['KANARIENVOGEL', '王建平', '合同', 'PDF']) expect(text).not.toContain(canary)
})
