// A handover file handed in by a seat, to a centre that asks for patience.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { failed, type ProblemCode } from '../../../contract/answer.ts'
import { HandoverHead, type SealedFile } from '../../../contract/handover.ts'
import { AccountId, AttachmentId } from '../../../contract/ids.ts'
import { handoverBody, handoverText } from '../../../core/sync/handover.ts'
import { sha256OfText } from '../../../renderer/adapters/base64.ts'
import type { CentreClient } from '../../../renderer/adapters/centreClient.ts'
import { openHandoverFiles } from '../../../renderer/adapters/handoverFile.ts'
import { systemClock } from '../../../renderer/adapters/systemClock.ts'
import { chunkBytes } from '../../../contract/attachments.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { value } from '../../suites/openedSeat.ts'

/** So many files of two chunks each. */
const aFile = async (count: number): Promise<Blob> => {
  const lines = ['Zmlyc3Q=', 'c2Vjb25k']
  const sums = await Promise.all(lines.map(sha256OfText))
  const files = Array.from({ length: count }, (_, n): SealedFile => {
    const id = AttachmentId.parse(callId(n + 1))
    return { id, head: 'aGVhZA==', sums }
  })
  const body = handoverBody([], files)
  const head = HandoverHead.parse({
    handover: 2,
    centre: 'a-centre',
    account: '1001',
    count: 0,
    files: count,
    madeAt: morning,
    sha256: await sha256OfText(body),
  })
  return new Blob([handoverText(head, body), ...files.flatMap(() => lines.map((line) => `${line}\n`))])
}
/** `says`: what the centre answers at the n-th asking of this, if it does not do it. */
const handed = async (
  count: number,
  says: (what: 'begin' | 'chunk', asked: number) => ProblemCode | null,
) => {
  const asked = { begin: 0, chunk: 0 }
  const call = async (name: string, input: { chunk?: number }) => {
    const what = name === 'handover.begin' ? 'begin' : 'chunk'
    asked[what] += 1
    const code = says(what, asked[what])
    if (code !== null) return failed(code, code, { retryAfterMs: 1 })
    const received = what === 'begin' ? 0 : ((input.chunk ?? 0) + 1) * chunkBytes
    return { ok: true, value: { received, whole: received === 2 * chunkBytes, had: false } }
  }
  const handover = openHandoverFiles(
    {
      name: 'hotline-imported',
      account: AccountId.parse('1002'),
      centreId: 'a-centre',
      journal: null,
      journalOf: async () => null,
      others: async () => [],
      clock: systemClock,
      call: call as CentreClient['call'],
    },
    () => undefined,
  )
  const { people, stopped } = await value(handover.imported(await aFile(count)))
  return { files: people[0]?.files, stopped, asked }
}
const none = { stored: 0, duplicate: 0, refused: 0, later: 0 }

test('[HAND-2] told to slow down, at a beginning or on the way and however often, it waits and hands in all of it', async () => {
  const { files, stopped, asked } = await handed(4, (_, n) => (n % 3 === 0 ? null : 'too_many'))
  expect({ files, stopped }).toEqual({ files: { ...none, stored: 4 }, stopped: null })
  expect(asked).toEqual({ begin: 12, chunk: 24 })
})

test('[HAND-2] a centre that is busy is asked again, and given up in the end; one that lacks the record is not, and the next file goes on', async () => {
  const busy = await handed(2, (_, n) => (n < 4 ? 'busy' : null))
  expect(busy).toMatchObject({ files: { ...none, stored: 2 }, stopped: null })
  const lacking = await handed(2, (what, n) => (what === 'begin' && n === 1 ? 'not_found' : null))
  expect(lacking).toMatchObject({ files: { ...none, stored: 1, later: 1 }, asked: { begin: 2 } })
  const always = await handed(2, (what) => (what === 'chunk' ? 'busy' : null))
  expect(always).toMatchObject({ files: { ...none, later: 1 }, stopped: { code: 'busy' } })
  expect(always.asked).toEqual({ begin: 1, chunk: 5 })
})
