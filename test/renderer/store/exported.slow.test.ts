// What the handover file of a seat holds when its store has more than usual, less than all, or does not answer.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import { AttachmentHead, chunkBytes } from '../../../contract/attachments.ts'
import type { AccountId } from '../../../contract/ids.ts'
import type { SecondJournal } from '../../../core/ports.ts'
import { attachmentStore, storeName } from '../../../contract/journal.ts'
import { readHandover } from '../../../core/sync/handover.ts'
import { sha256Of } from '../../../renderer/adapters/base64.ts'
import { attachmentJournal } from '../../../renderer/adapters/attachmentJournal.ts'
import { openAttachments } from '../../../renderer/adapters/attachments.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { openHandover, type Handover } from '../../../renderer/adapters/handover.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { othersHere } from '../../../renderer/adapters/storesHere.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import { memorySettings } from '../../fakes/memorySettings.ts'
import { aFile, headOf } from '../../makers/files.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId } from '../../makers/stamps.ts'
import { aFiled } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let made = 0
let settings = memorySettings()
let seat: SeatWithJournal
const open = () => {
  made += 1
  settings = memorySettings()
  seat = seatWithJournal(`hotline-exported-${made}`)
  return seat
}
afterEach(async () => {
  vi.restoreAllMocks()
  seat.close()
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})
const handover = (journal: SecondJournal | null = seat.journal): Handover =>
  openHandover({
    name: seat.name,
    account: '1001' as AccountId,
    centreId: 'a-centre',
    sealer: seatSealer,
    journal,
    journalOf: async (store) => deskJournal(seat.desk, store, seat.clock),
    others: () => othersHere('a-centre', '1001' as AccountId, settings),
    clock: seat.clock,
    random: () => 0,
    call: async () => failed('unreachable', '中心不在'),
    locks: memoryLocks(),
    epoch: () => 0,
  })
const sha256 = (body: string) => sha256Of(new TextEncoder().encode(body))
const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
/** What is in a file, opened: calls with their revisions by number, attachments with their content by name. */
const inFile = async (content: Blob) => {
  const calls: Record<string, number> = {}
  const names = new Map<string, string>()
  const files: Record<string, string> = {}
  for await (const piece of readHandover([await content.text()], sha256)) {
    if (!piece) throw new Error('it is not whole')
    if ('head' in piece) {
      for (const { kind, id, rev, sealed } of piece.rows) {
        expect(await seatSealer.open(kind, id, bytesOf(sealed))).not.toBeNull()
        calls[id] = rev
      }
      for (const { id, head } of piece.files) {
        const plain = await seatSealer.open('attachments', id, bytesOf(head))
        names.set(id, AttachmentHead.parse(JSON.parse(new TextDecoder().decode(plain ?? undefined))).name)
      }
    } else {
      const { id } = piece.file
      const plain = await seatSealer.open('attachmentChunks', `${id}/${piece.chunk}`, bytesOf(piece.sealed))
      const name = names.get(id) ?? ''
      files[name] = (files[name] ?? '') + Buffer.from(plain ?? []).toString('latin1')
    }
  }
  return { calls, files }
}
const exported = async (journal: SecondJournal | null = seat.journal): Promise<Record<string, number>> => {
  const { content, told } = await value(handover(journal).exported())
  const { calls } = await inFile(content)
  expect(Object.keys(calls)).toHaveLength(told.count)
  return calls
}
const refuseWrites = () => {
  for (const name of ['add', 'put'] as const)
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(() => {
      throw new DOMException('no space', 'QuotaExceededError')
    })
}

test('[HAND-1] [JRNL-12] what the full store could not take is in the file too, each thing once in its newest revision', async () => {
  const { records } = open()
  await value(records.finish(aRecord(1)))
  await value(records.finish(aRecord(2)))
  refuseWrites()
  await value(records.file(aFiled(2), null))
  await value(records.finish(aRecord(3)))
  expect(await exported(null)).toEqual({ [callId(1)]: 1, [callId(2)]: 1 })
  expect(await exported()).toEqual({ [callId(1)]: 1, [callId(2)]: 2, [callId(3)]: 1 })
})

test('[HAND-1] a store that cannot be read is no reason to keep from others what the second journal has', async () => {
  const { records } = open()
  await value(records.finish(aRecord(1)))
  const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('Internal error opening backing store', 'UnknownError')
  })
  expect(await exported()).toEqual({ [callId(1)]: 1 })
  expect(opening).toHaveBeenCalled()
})

test('[HAND-1] however much it is, the file holds all of it', async () => {
  const { records } = open()
  const calls = Array.from({ length: 2_300 }, (_, n) => aRecord(n + 1))
  await value(records.restore(calls))
  expect(Object.keys(await exported(null))).toHaveLength(2_300)
})

test('[HAND-1] what an earlier person’s store lost and their second journal holds is in the file too', async () => {
  const { disk, clock } = open()
  const earlier = seatWithJournal(storeName('a-centre', '1002'), disk, clock)
  await value(earlier.records.finish(aRecord(1)))
  await value(earlier.records.finish(aRecord(2)))
  await earlier.store.write(({ outbox }) => outbox.where('id').equals(callId(2)).delete())
  earlier.close()
  await value(seat.records.finish(aRecord(3)))
  expect(await exported()).toEqual({ [callId(1)]: 1, [callId(2)]: 1, [callId(3)]: 1 })
})

const noJournal = attachmentJournal(Promise.resolve(null), {
  'disk.read': async () => failed('unsupported', '没有'),
})
/** Adds files of these names and sizes to a call, as the page does; what it gives is their content by name. */
const added = async (store: string, sizes: Record<string, number>, over: readonly string[] = []) => {
  const files = openAttachments({
    name: store,
    sealer: seatSealer,
    journal: noJournal,
    told: () => undefined,
    clock: centreClock(seat.clock),
    random: () => 0,
    call: async () => failed('unreachable', '中心不在'),
    epoch: () => 0,
  })
  const contents: Record<string, string> = {}
  const ids: Record<string, string> = {}
  for (const [place, [name, bytes]] of Object.entries(sizes).entries()) {
    const content = aFile(bytes, place + 1)
    const head = headOf(callId(1), content, { name })
    await value(files.add(head, content))
    contents[name] = Buffer.from(content).toString('latin1')
    ids[name] = head.id
  }
  files.stop()
  const kept = new Dexie(attachmentStore(store))
  await kept.open()
  for (const [place, name] of over.entries())
    await kept.table('heads').update(ids[name], { state: place === 0 ? 'sent' : 'refused' })
  return { contents, ids, kept }
}

test('[HAND-1] waiting attachments are in the file whole, of earlier people too; what is at the centre is not, what was refused or broken is said', async () => {
  open()
  const earlier = seatWithJournal(storeName('a-centre', '1002'), seat.disk, seat.clock)
  await value(earlier.records.finish(aRecord(1)))
  earlier.close()
  const sizes = {
    'a.jpg': 2 * chunkBytes + 5,
    'b.jpg': 700,
    'sent.jpg': 90,
    'refused.jpg': 80,
    'broken.jpg': 70,
  }
  const own = await added(seat.name, sizes, ['sent.jpg', 'refused.jpg'])
  await own.kept.table<object, [string, number]>('chunks').delete([own.ids['broken.jpg'] ?? '', 0])
  own.kept.close()
  const theirs = await added(earlier.name, { 'c.jpg': chunkBytes })
  theirs.kept.close()
  const { content, told } = await value(handover().exported())
  expect(told).toEqual({
    count: 1,
    files: 3,
    others: [{ account: '1002', waiting: 1, files: 1 }],
    unread: [],
    filesUnread: [],
    stay: 2,
  })
  expect(await inFile(content)).toEqual({
    calls: { [callId(1)]: 1 },
    files: {
      'a.jpg': own.contents['a.jpg'],
      'b.jpg': own.contents['b.jpg'],
      'c.jpg': theirs.contents['c.jpg'],
    },
  })
  const [first = ''] = (await content.text()).split('\n')
  expect(JSON.parse(first)).toMatchObject({ handover: 2, files: 2 })
  // Nothing left the computer by it.
  expect((await value(handover().exported())).told).toEqual(told)
})

test('[HAND-1] of attachments that cannot be read the exporter is told; the records are in the file all the same', async () => {
  const { records } = open()
  await value(records.finish(aRecord(1)))
  const { kept } = await added(seat.name, { 'a.jpg': 100 })
  kept.close()
  const opening = indexedDB.open.bind(indexedDB)
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    if (name.endsWith('-attachments')) throw new DOMException('Internal error', 'UnknownError')
    return opening(name, version)
  })
  const { content, told } = await value(handover().exported())
  // An older program reads a file without attachments.
  expect(told).toMatchObject({ count: 1, files: 0, filesUnread: ['1001'] })
  expect(JSON.parse((await content.text()).split('\n')[0] ?? '')).toMatchObject({ handover: 1 })
})

test('[HAND-7] an export that takes longer says how far it is and can be stopped: then there is no file', async () => {
  open()
  const { kept } = await added(seat.name, { 'a.jpg': 3 * chunkBytes, 'b.jpg': chunkBytes })
  kept.close()
  const seen: (string | null)[] = []
  const at = handover()
  at.listen(() => {
    const errand = at.errand()
    seen.push(errand && `${errand.what} ${errand.percent}${errand.ending ? ' ending' : ''}`)
    // The first second is over when the first chunk is read.
    if (seen.length === 1) seat.clock.advance(1_000)
    if (errand?.percent === 50) at.end()
  })
  expect(await at.exported()).toMatchObject({ ok: false, problem: { text: '已停下，没有导出' } })
  expect(seen).toEqual([
    'exporting null',
    'exporting 0',
    'exporting 25',
    'exporting 50',
    'exporting 50 ending',
    null,
  ])
  expect(at.last()).toMatchObject({ exported: { ok: false } })
  const [whole, second] = await Promise.all([at.exported(), at.exported()])
  expect([whole.ok, second]).toMatchObject([true, { ok: false, problem: { code: 'busy' } }])
  expect(at.last()).toMatchObject({ exported: { ok: true, value: { files: 2 } } })
})

test('[DESK-33] [HAND-1] a file that did not get onto a disk is not called exported', async () => {
  const { records } = open()
  await value(records.finish(aRecord(1)))
  const here = handover()
  await value(here.exported())
  expect(here.last()).toMatchObject({ exported: { ok: true, value: { count: 1 } } })
  const told = vi.fn()
  here.listen(told)
  here.notSaved('“a.handover”没有存下来')
  expect(here.last()).toMatchObject({ exported: { ok: false, problem: { text: '“a.handover”没有存下来' } } })
  expect(told).toHaveBeenCalled()
})
