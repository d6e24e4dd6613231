// What the handover file of a seat holds when its store has more than usual, less than all, or does not answer.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { failed } from '../../../contract/answer.ts'
import type { AccountId } from '../../../contract/ids.ts'
import type { SecondJournal } from '../../../core/ports.ts'
import { attachmentStore, storeName } from '../../../contract/journal.ts'
import { readHandover } from '../../../core/sync/handover.ts'
import { sha256Of } from '../../../renderer/adapters/base64.ts'
import { openHandover } from '../../../renderer/adapters/handover.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { unsentFiles } from '../../../renderer/adapters/unsentFiles.ts'
import { memoryLocks } from '../../fakes/memoryLocks.ts'
import { aRecord } from '../../makers/forms.ts'
import { callId } from '../../makers/stamps.ts'
import { aFiled } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'
import type { SeatWithJournal } from './seatWithJournal.ts'
import { seatSealer, seatWithJournal } from './seatWithJournal.ts'

let made = 0
let seat: SeatWithJournal
const open = () => {
  made += 1
  seat = seatWithJournal(`hotline-exported-${made}`)
  return seat
}
afterEach(() => {
  vi.restoreAllMocks()
  seat.close()
})
/** Calls in the file, with their revisions, by number. */
const exported = async (journal: SecondJournal | null = seat.journal): Promise<Record<string, number>> => {
  const handover = openHandover({
    name: seat.name,
    account: '1001' as AccountId,
    centreId: 'a-centre',
    sealer: seatSealer,
    journal,
    journalOf: async (store) => deskJournal(seat.desk, store, seat.clock),
    clock: seat.clock,
    random: () => 0,
    call: async () => failed('unreachable', '中心不在'),
    locks: memoryLocks(),
  })
  const { text, count } = await value(handover.exported())
  const parts = await readHandover(text, (body) => sha256Of(new TextEncoder().encode(body)))
  const rows = (parts ?? []).flatMap((part) => part.rows)
  expect(rows).toHaveLength(count)
  const opened = await Promise.all(
    rows.map(({ kind, id, sealed }) =>
      seatSealer.open(
        kind,
        id,
        Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0)),
      ),
    ),
  )
  expect(opened).not.toContain(null)
  return Object.fromEntries(rows.map(({ id, rev }) => [id, rev]))
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

test('[HAND-1] [ATTACH-6] the exporter is told how many attachments stay on this computer', async () => {
  open()
  const files = new Dexie(attachmentStore(seat.name))
  files.version(1).stores({ heads: 'id, callId, state', chunks: '[attachment+chunk]' })
  await files.table('heads').bulkPut([
    { id: 'a', callId: 'x', state: 'waiting' },
    { id: 'b', callId: 'x', state: 'refused' },
    { id: 'c', callId: 'x', state: 'sent' },
  ])
  files.close()
  expect(await unsentFiles(seat.name)).toBe(2)
  expect(await unsentFiles('hotline-nobody')).toBe(0)
})
