// Attachments added at a seat whose centre is away, and what became of them at the real centre.
import { expect } from 'vitest'
import { failed } from '../../contract/answer.ts'
import { chunkBytes, type AttachmentHead } from '../../contract/attachments.ts'
import type { CallRecord } from '../../contract/softphone.ts'
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
import type { SeatsAtCentre } from './seatsAtCentre.ts'
import type { Seat } from './syncSeat.ts'
import { aCallBy } from './syncSeat.ts'

/** As from a seat that has no centre. */
const away = (): Spoil => ({ how: 'loseRequest' })
/** The centre is there for the seat that imports alone. */
export const onlyHandedIn = (path: string): Spoil => ({
  how: /^\/api\/(handover|session)/.test(path) ? 'pass' : 'loseRequest',
})
const noJournal = attachmentJournal(Promise.resolve(null), {
  'disk.read': async () => failed('unsupported', '没有'),
})
const sizes = [3 * chunkBytes + 5, 700, 5 * chunkBytes]

/** A seat, a call of it, and its attachments. */
export type Work = {
  readonly seat: Seat
  readonly files: Attachments
  readonly call: CallRecord
  readonly contents: readonly Uint8Array[]
  readonly heads: readonly AttachmentHead[]
  /** All of it as it was exported. */
  readonly file: Blob
}

/** What a test does with them; `at` is asked each time, for each test has a centre of its own. */
export const filesAt = (at: SeatsAtCentre) => {
  const otherSeat = (): Promise<Seat> => {
    at.spoil = onlyHandedIn
    return at.seatOf('1002')
  }
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
  /** 1001 works while the centre is away: a call, and files of it. */
  const worked = async (): Promise<Work> => {
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
  const areWhole = async ({ heads, contents }: Work): Promise<void> => {
    for (const [place, { id }] of heads.entries())
      expect((await atCentre(id)).equals(contents[place] ?? new Uint8Array())).toBe(true)
  }
  const chunksSent = () =>
    at.relay.seen.filter(({ path }) => path === '/api/handover/chunk' || path === '/api/attachments/chunk')
      .length

  return { otherSeat, filesOf, worked, areWhole, chunksSent }
}
