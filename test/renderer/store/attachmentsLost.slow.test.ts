// Files that were said to be added, in a store that is wiped, halved or full: the second journal has them until the centre does.
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { AttachmentState } from '../../../contract/attachments.ts'
import { chunkBytes } from '../../../contract/attachments.ts'
import type { DiskShown } from '../../../contract/ipc.ts'
import { attachmentStore } from '../../../contract/journal.ts'
import { attachmentJournal } from '../../../renderer/adapters/attachmentJournal.ts'
import type { Attachments } from '../../../renderer/adapters/attachmentsPort.ts'
import { openAttachments } from '../../../renderer/adapters/attachments.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import { systemClock } from '../../../renderer/adapters/systemClock.ts'
import type { MemoryDisk } from '../../fakes/memoryDisk.ts'
import { memoryDisk } from '../../fakes/memoryDisk.ts'
import { aFile, headOf } from '../../makers/files.ts'
import { callId } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'
import { mainProcess, seatSealer } from './seatWithJournal.ts'

let made = 0
let disk: MemoryDisk
let level: DiskShown['level']
let centre: () => Promise<Answer<AttachmentState>>
let files: Attachments
let back: number[]
const name = () => `hotline-files-${made}`
/** As at a start. */
const open = () => {
  back = []
  const store = attachmentStore(name())
  const shown: DiskShown = { level, freeBytes: 0, toFreeBytes: 0, copied: false }
  files = openAttachments({
    name: name(),
    sealer: seatSealer,
    journal: attachmentJournal(Promise.resolve(deskJournal(mainProcess(disk), store, systemClock)), {
      'disk.read': async () => done(shown),
    }),
    told: (count) => back.push(count),
    clock: centreClock(systemClock),
    random: () => 0,
    call: (async () => centre()) as Parameters<typeof openAttachments>[0]['call'],
    epoch: () => 0,
  })
}
beforeEach(() => {
  made += 1
  disk = memoryDisk()
  level = 'ok'
  centre = async () => failed('unreachable', '中心不在')
  open()
})
afterEach(() => files.stop())

const added = async (n: number, bytes: number) => {
  const content = aFile(bytes, n)
  const head = headOf(callId(n), content)
  await value(files.add(head, content))
  return { head, content }
}
const store = async (change: (dexie: Dexie) => Promise<unknown>): Promise<void> => {
  files.stop()
  const dexie = await new Dexie(attachmentStore(name())).open()
  await change(dexie)
  dexie.close()
}
const here = async (n: number) => (await value(files.of(callId(n)))).map(({ state }) => state)

test('[ATTACH-7] [F43] a store that was wiped or halved has every file again, whole, and the agent is told how many', async () => {
  const one = await added(1, chunkBytes * 2 + 5)
  const two = await added(2, 20)
  const three = await added(3, chunkBytes + 1)
  await store(async (dexie) => {
    await dexie.table('heads').delete(one.head.id)
    await dexie.table('chunks').delete([three.head.id, 1])
  })
  open()
  await until(() => back.length > 0, 'they are back')
  expect(back).toEqual([2])
  for (const { head, content } of [one, two, three])
    expect(await value(files.content(head.id))).toEqual(content)
  await store((dexie) => dexie.delete())
  open()
  await until(() => back.length > 0, 'all are back')
  expect(back).toEqual([3])
  expect(await here(1)).toEqual(['waiting'])
  expect(await value(files.content(one.head.id))).toEqual(one.content)
})

test('[ATTACH-7] what the centre has, or the agent took away, does not come back', async () => {
  const { head } = await added(1, 20)
  await value(files.remove(head.id))
  centre = async () => done({ received: 20, whole: true })
  await added(2, 20)
  await until(async () => (await here(2))[0] === 'sent', 'the centre has it')
  await store((dexie) => dexie.delete())
  centre = async () => failed('unreachable', '中心不在')
  open()
  const last = await added(3, 20)
  await until(async () => (await here(3))[0] === 'waiting', 'it works on')
  expect([await here(1), await here(2), back]).toEqual([[], [], []])
  expect(await value(files.content(last.head.id))).toEqual(last.content)
})

test('[ATTACH-7] [HAND-4] what the next person’s seat carried does not come back either', async () => {
  const { head } = await added(1, 20)
  const sent = { state: 'sent', sent: { epoch: 0, at: Date.now() } }
  await store((dexie) => dexie.table('heads').update(head.id, sent))
  open()
  await added(2, 20)
  await store((dexie) => dexie.delete())
  open()
  await until(() => back.length > 0, 'the other is back')
  expect([await here(1), await here(2), back]).toEqual([[], ['waiting'], [1]])
})

test('[ATTACH-7] [F41] on a disk that fills up files leave the room to records', async () => {
  level = 'low'
  files.stop()
  open()
  await added(1, 20)
  await store((dexie) => dexie.delete())
  open()
  await added(2, 20)
  expect([await here(1), back]).toEqual([[], []])
})

test('[STORE-17] [E25] an older program leaves the files of a newer one alone, and says that nothing was kept', async () => {
  const { head } = await added(1, 10)
  // What the next version's program does when it starts.
  await store(async (dexie) => {
    const { name: database } = dexie
    dexie.close()
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(database, 20)
      asked.addEventListener('success', () => resolve(asked.result))
      asked.addEventListener('error', () => reject(new Error(database)))
    })
    opened.close()
  })
  open()
  const content = aFile(10, 2)
  expect(await files.add(headOf(callId(2), content), content)).toMatchObject({ ok: false })
  expect(await files.content(head.id)).toMatchObject({ ok: false })
  expect(await files.remove(head.id)).toMatchObject({ ok: false })
  files.stop()
  const left = await new Dexie(attachmentStore(name())).open()
  expect([left.verno, await left.table('heads').toCollection().primaryKeys()]).toEqual([2, [head.id]])
  left.close()
})
