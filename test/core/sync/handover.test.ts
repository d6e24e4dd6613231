// The handover file: whole or refused.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { HandoverHead, type SealedFile, type SealedRow } from '../../../contract/handover.ts'
import { AttachmentId } from '../../../contract/ids.ts'
import {
  checkHandover,
  handoverBody,
  handoverText,
  portions,
  readHandover,
  type HandoverPiece,
  type Pieces,
} from '../../../core/sync/handover.ts'
import { callId, morning } from '../../makers/stamps.ts'

const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex')
const aRow = (n: number, bytes = 30): SealedRow => ({
  kind: 'call',
  id: callId(n),
  rev: 1,
  sealed: Buffer.alloc(bytes, n).toString('base64'),
})
type File = { readonly file: SealedFile; readonly chunks: readonly string[] }
const aFile = async (n: number, chunks: number): Promise<File> => {
  const lines = Array.from({ length: chunks }, (_, at) =>
    Buffer.alloc(90, n * 16 + at + 1).toString('base64'),
  )
  const id = AttachmentId.parse(callId(900 + n))
  return { file: { id, head: 'aGVhZA==', sums: await Promise.all(lines.map(sha256)) }, chunks: lines }
}
const aPart = async (rows: readonly SealedRow[], files: readonly File[] = [], more = 0) => {
  const body = handoverBody(
    rows,
    files.map(({ file }) => file),
  )
  const head = HandoverHead.parse({
    handover: files.length > 0 ? 2 : 1,
    centre: 'c',
    account: '1001',
    count: rows.length,
    files: files.length,
    madeAt: morning,
    more,
    sha256: await sha256(body),
  })
  const lines = files.flatMap(({ chunks }) => chunks).map((chunk) => `${chunk}\n`)
  return { head, text: handoverText(head, body) + lines.join('') }
}
/** All of it; null: it is not whole. */
const read = async (pieces: Pieces): Promise<HandoverPiece[] | null> => {
  const found: HandoverPiece[] = []
  for await (const piece of readHandover(pieces, sha256)) {
    if (!piece) return null
    found.push(piece)
  }
  return found
}

test('[HAND-1] a file is read as it was written', async () => {
  for (const count of [0, 1, 40]) {
    const rows = Array.from({ length: count }, (_, n) => aRow(n + 1))
    const { head, text } = await aPart(rows)
    expect(await read([text])).toEqual([{ head, rows, files: [] }])
  }
})

test('[HAND-1] attachments follow their rows chunk by chunk, however the text is cut into pieces', async () => {
  const [one, two] = [await aFile(1, 3), await aFile(2, 1)]
  const first = await aPart([aRow(1)], [one, two], 1)
  const second = await aPart([], [await aFile(3, 2)])
  const whole = first.text + second.text
  const found = await read([whole])
  expect(found?.slice(0, 5)).toEqual([
    { head: first.head, rows: [aRow(1)], files: [one.file, two.file] },
    ...one.chunks.map((sealed, chunk) => ({
      file: { id: one.file.id, head: one.file.head, chunks: 3 },
      chunk,
      sealed,
    })),
    { file: { id: two.file.id, head: two.file.head, chunks: 1 }, chunk: 0, sealed: two.chunks[0] },
  ])
  expect(found).toHaveLength(8)
  for (const size of [1, 7, 64, 1000]) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) =>
      whole.slice(n * size, (n + 1) * size),
    )
    expect(await read(pieces)).toEqual(found)
  }
  expect(await checkHandover([whole], sha256)).toEqual([first.head, second.head])
})

test('[HAND-1] a file of a program without attachments is read as ever', async () => {
  const { text } = await aPart([aRow(1)])
  const [line = '', ...body] = text.split('\n')
  const { files, ...older }: Record<string, unknown> = JSON.parse(line)
  expect(files).toBe(0)
  const found = await read([[JSON.stringify(older), ...body].join('\n')])
  expect(found).toMatchObject([{ head: { handover: 1, files: 0 }, rows: [aRow(1)], files: [] }])
})

test('[HAND-1] several people’s parts are read one by one; without one of them, or in another order, none is', async () => {
  const parts = [(await aPart([aRow(1), aRow(2)], [], 1)).text, (await aPart([])).text] as const
  const found = await read([parts.join('')])
  expect(found?.map((piece) => ('rows' in piece ? piece.rows.length : null))).toEqual([2, 0])
  for (const wrong of [parts[0], `${parts[1]}${parts[0]}`, parts.join('\n'), `${parts.join('')}${parts[1]}`])
    expect(await read([wrong])).toBeNull()
})

test('[HAND-1] cut anywhere, changed in one letter, or something else: it is no whole file', async () => {
  const { text } = await aPart([aRow(1), aRow(2), aRow(3)], [await aFile(1, 2)])
  for (let end = 0; end < text.length; end += 7)
    expect(await checkHandover([text.slice(0, end)], sha256)).toBeNull()
  const sealed = text.indexOf('\n') + 1
  for (const at of [
    text.lastIndexOf('"rev":1') + 6,
    text.length - 2,
    ...Array.from({ length: 40 }, (_, n) => sealed + n * 29),
  ]) {
    const changed = `${text.slice(0, at)}${text[at] === '9' ? '8' : '9'}${text.slice(at + 1)}`
    expect(await checkHandover([changed], sha256)).toBeNull()
  }
  for (const other of ['', '{}', '\n', 'PK\u0003\u0004', '{"handover":1}\n', `${text}x`, `${text}\n`])
    expect(await checkHandover([other], sha256)).toBeNull()
})

test('[HAND-7] nothing is read ahead: at each chunk the file has been read as far as that', async () => {
  const { text } = await aPart([aRow(1)], [await aFile(1, 4), await aFile(2, 4)])
  const lines = text.split(/(?<=\n)/)
  let given = 0
  function* lineByLine(): Generator<string> {
    for (const line of lines) {
      given += 1
      yield line
    }
  }
  const at: number[] = []
  for await (const piece of readHandover(lineByLine(), sha256)) if (piece) at.push(given)
  expect(at).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12])
})

test('[HAND-1] something else, however large, is given up at its first endless line', async () => {
  let given = 0
  function* endless(): Generator<string> {
    for (;;) {
      given += 1
      yield 'x'.repeat(1 << 16)
    }
  }
  expect(await checkHandover(endless(), sha256)).toBeNull()
  expect(given).toBeLessThan(40)
})

test('[HAND-2] rows travel in requests the centre takes, in order, none left out', () => {
  const rows = Array.from({ length: 450 }, (_, n) => aRow((n % 250) + 1))
  expect(portions(rows).map((each) => each.length)).toEqual([200, 200, 50])
  expect(portions(rows).flat()).toEqual(rows)
  const large = [aRow(1, 900_000), aRow(2, 900_000), aRow(3, 10)]
  expect(portions(large).map((each) => each.length)).toEqual([1, 2])
  expect(portions([])).toEqual([])
})
