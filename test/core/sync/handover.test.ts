// The handover file: whole or refused.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { HandoverHead, type SealedRow } from '../../../contract/handover.ts'
import { handoverBody, handoverText, portions, readHandover } from '../../../core/sync/handover.ts'
import { callId, morning } from '../../makers/stamps.ts'

const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex')
const aRow = (n: number, bytes = 30): SealedRow => ({
  kind: 'call',
  id: callId(n),
  rev: 1,
  sealed: Buffer.alloc(bytes, n).toString('base64'),
})
const aFile = async (rows: readonly SealedRow[]) => {
  const body = handoverBody(rows)
  const head = HandoverHead.parse({
    handover: 1,
    centre: 'c',
    account: '1001',
    count: rows.length,
    madeAt: morning,
    sha256: await sha256(body),
  })
  return { head, text: handoverText(head, body) }
}

test('[HAND-1] a file is read as it was written', async () => {
  for (const count of [0, 1, 40]) {
    const rows = Array.from({ length: count }, (_, n) => aRow(n + 1))
    const { head, text } = await aFile(rows)
    expect(await readHandover(text, sha256)).toEqual([{ head, rows }])
  }
})

test('[HAND-1] several people’s parts are read one by one; without one of them, or in another order, none is', async () => {
  const [one, two] = [await aFile([aRow(1), aRow(2)]), await aFile([])]
  const first = { ...one.head, more: 1 }
  const parts = [
    handoverText(first, handoverBody([aRow(1), aRow(2)])),
    handoverText({ ...two.head, account: first.account }, ''),
  ] as const
  const found = await readHandover(parts.join(''), sha256)
  expect(found?.map(({ rows }) => rows.length)).toEqual([2, 0])
  for (const wrong of [parts[0], `${parts[1]}${parts[0]}`, parts.join('\n'), `${parts.join('')}${parts[1]}`])
    expect(await readHandover(wrong, sha256)).toBeNull()
})

test('[HAND-1] cut anywhere, changed in one letter, or something else: nothing of it is read', async () => {
  const { text } = await aFile([aRow(1), aRow(2), aRow(3)])
  for (let end = 0; end < text.length; end += 7)
    expect(await readHandover(text.slice(0, end), sha256)).toBeNull()
  const at = text.lastIndexOf('"rev":1') + 6
  expect(await readHandover(`${text.slice(0, at)}9${text.slice(at + 1)}`, sha256)).toBeNull()
  for (const other of ['', '{}', '\n', 'PK\u0003\u0004', '{"handover":1}\n', `${text}x`])
    expect(await readHandover(other, sha256)).toBeNull()
})

test('[HAND-2] rows travel in requests the centre takes, in order, none left out', () => {
  const rows = Array.from({ length: 450 }, (_, n) => aRow((n % 250) + 1))
  expect(portions(rows).map((each) => each.length)).toEqual([200, 200, 50])
  expect(portions(rows).flat()).toEqual(rows)
  const large = [aRow(1, 900_000), aRow(2, 900_000), aRow(3, 10)]
  expect(portions(large).map((each) => each.length)).toEqual([1, 2])
  expect(portions([])).toEqual([])
})
