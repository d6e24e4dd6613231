// A file the centre does not take now holds up no other call's, and is asked for again.
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, failed, type Problem } from '../../../contract/answer.ts'
import type { AttachmentHead } from '../../../contract/attachments.ts'
import type { CallId } from '../../../contract/ids.ts'
import { attachmentJournal } from '../../../renderer/adapters/attachmentJournal.ts'
import { openAttachments } from '../../../renderer/adapters/attachments.ts'
import type { Attachments } from '../../../renderer/adapters/attachmentsPort.ts'
import { centreClock } from '../../../renderer/adapters/centreClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { aFile, headOf } from '../../makers/files.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { until } from '../../server/until.ts'
import { value } from '../../suites/openedSeat.ts'
import { seatSealer } from './seatWithJournal.ts'

let made = 0
let clock = manualClock(morning)
let files: Attachments
/** What the centre says of the files of these calls instead of taking them. */
let says: Map<CallId, Problem>
let asked: CallId[]
let random: number
const begin = async (_name: string, { callId: call, bytes }: AttachmentHead) => {
  asked.push(call)
  const problem = says.get(call)
  return problem ? { ok: false, problem } : done({ received: bytes, whole: true })
}
const recordFirst: Problem = { code: 'not_found', text: '记录还没到', retryAfterMs: 5_000 }

beforeEach(async () => {
  clock = manualClock(morning)
  asked = []
  says = new Map()
  random = 0
  files = openAttachments({
    name: `hotline-passed-${(made += 1)}`,
    sealer: seatSealer,
    journal: attachmentJournal(Promise.resolve(null), {
      'disk.read': async () => failed('unsupported', '没有'),
    }),
    told: () => undefined,
    clock: centreClock(clock),
    random: () => random,
    call: begin as unknown as Parameters<typeof openAttachments>[0]['call'],
    epoch: () => 0,
  })
  // All are there before the first is sent.
  files.lineIsBusy(true)
  clock.advance(0)
  for (const n of [1, 1, 2, 3]) {
    const content = aFile(20 + n, n)
    await value(files.add(headOf(callId(n), content), content))
  }
})
afterEach(() => files.stop())
const states = async () =>
  Promise.all(
    [1, 2, 3].map(async (n) => (await value(files.of(callId(n)))).map(({ state }) => state).join(' ')),
  )
const isSettled = () => until(() => clock.nextTimerMs() !== null, 'it is to be asked again')

test.each(['not_found', 'forbidden'] as const)(
  '[ATTACH-3] [ATTACH-6] %s about one call: its files wait, those of later calls go, and it is asked for again, once for all its files',
  async (code) => {
    says.set(callId(1), { ...recordFirst, code })
    files.lineIsBusy(false)
    await isSettled()
    expect(await states()).toEqual(['waiting waiting', 'sent', 'sent'])
    expect(asked).toEqual([1, 2, 3].map(callId))
    expect(clock.nextTimerMs()).toBe(5_000)
    says.clear()
    clock.advance(5_000)
    await until(async () => (await states())[0] === 'sent sent', 'the first call’s too')
    expect(clock.nextTimerMs()).toBeNull()
  },
)

test('[ATTACH-3] two calls without their record: one timer, and what goes between them goes', async () => {
  says.set(callId(1), recordFirst).set(callId(3), recordFirst)
  files.lineIsBusy(false)
  await until(async () => (await states())[1] === 'sent', 'the one between')
  await until(() => asked.length >= 3, 'all were asked for')
  asked = []
  await isSettled()
  clock.advance(5_000)
  await until(() => asked.length === 2, 'both again')
  expect(asked).toEqual([1, 3].map(callId))
})

test('[ATTACH-3] when nothing gets through, the later ones are not tried in vain', async () => {
  says.set(callId(1), { code: 'unreachable', text: '中心不在' })
  files.lineIsBusy(false)
  await isSettled()
  expect(asked).toEqual([callId(1)])
  expect(await states()).toEqual(['waiting waiting', 'waiting', 'waiting'])
})

test('[ATTACH-3] a centre that cannot store is asked with one file, less often each time, whatever else it answers', async () => {
  for (const n of [1, 2, 3]) says.set(callId(n), { code: 'busy', text: '存不进去', retryAfterMs: 2_000 })
  random = 1
  files.lineIsBusy(false)
  const waits: (number | null)[] = []
  for (let times = 1; times <= 6; times += 1) {
    await until(() => asked.length === times, 'it is asked')
    await isSettled()
    const wait = clock.nextTimerMs() ?? 0
    waits.push(wait)
    clock.advance(wait - 1)
    // A pull came to its end, somebody hung up.
    files.sendNow()
    files.lineIsBusy(false)
    expect(asked).toHaveLength(times)
    says.delete(times === 6 ? callId(1) : callId(9))
    clock.advance(1)
  }
  expect(waits).toEqual([3_000, 3_000, 4_000, 8_000, 16_000, 32_000])
  await until(async () => (await states())[0] === 'sent sent', 'the first call’s, once it can store')
})

test('[ATTACH-3] what only lacks its record goes as soon as that may be there', async () => {
  says.set(callId(1), recordFirst)
  files.lineIsBusy(false)
  await isSettled()
  says.clear()
  files.sendNow()
  await until(async () => (await states())[0] === 'sent sent', 'at once')
})
