// What of somebody's files leaves a computer they do not work at.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { done, failed } from '../../../contract/answer.ts'
import type { AttachmentHead } from '../../../contract/attachments.ts'
import { attachmentStore } from '../../../contract/journal.ts'
import { attachmentJournal } from '../../../renderer/adapters/attachmentJournal.ts'
import { openAttachments } from '../../../renderer/adapters/attachments.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { wipe } from '../../../renderer/adapters/purge.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aFile, headOf } from '../../makers/files.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'
import { seatSealer } from './seatWithJournal.ts'

const name = 'hotline-wiped-files'

test('[STORE-23] [D05] of a closed account the files the centre has go with all else; what waits or was refused stays', async () => {
  const clock = manualClock(morning)
  const says = [
    done({ received: 21, whole: true }),
    failed('bad_input', '不收'),
    failed('not_found', '记录还没到'),
  ]
  const begin = async (_name: string, { bytes }: AttachmentHead) => says[bytes - 21]
  const open = () =>
    openAttachments({
      name,
      sealer: seatSealer,
      journal: attachmentJournal(Promise.resolve(null), {
        'disk.read': async () => failed('unsupported', '没有'),
      }),
      told: () => undefined,
      clock: centreClock(clock),
      random: () => 0,
      call: begin as unknown as Parameters<typeof openAttachments>[0]['call'],
      epoch: () => 0,
    })
  const first = open()
  for (const n of [1, 2, 3]) {
    const content = aFile(20 + n, n)
    await value(first.add(headOf(callId(n), content), content))
  }
  const left = async (files: typeof first) =>
    (await Promise.all([1, 2, 3].map((n) => value(files.of(callId(n)))))).flat()
  const states = async (files: typeof first) => (await left(files)).map(({ state }) => state)
  await until(async () => (await states(first)).join() === 'sent,refused,waiting', 'each has its answer')
  first.stop()
  await wipe(name, clock)
  const again = open()
  again.lineIsBusy(true)
  const kept = await left(again)
  expect(kept.map(({ state, head }) => [state, head.callId])).toEqual([
    ['refused', callId(2)],
    ['waiting', callId(3)],
  ])
  for (const { head } of kept) expect((await value(again.content(head.id)))?.length).toBe(head.bytes)
  const [sent] = await value(again.of(callId(1)))
  expect(sent).toBeUndefined()
  again.stop()
  // Where the account never worked nothing is made.
  await wipe('hotline-elsewhere-files', clock)
  const names = (await indexedDB.databases()).map((each) => each.name)
  expect(names).toContain(attachmentStore(name))
  expect(names).not.toContain(attachmentStore('hotline-elsewhere-files'))
})
