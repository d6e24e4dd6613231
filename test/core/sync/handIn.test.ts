// What becomes of a handover file's attachments as they are handed in: each whole once, wherever the centre stands.
import { expect, test } from 'vitest'
import fc from 'fast-check'
import { done, failed, type Answer, type ProblemCode } from '../../../contract/answer.ts'
import { chunkBytes, type AttachmentState } from '../../../contract/attachments.ts'
import type { HandedFile } from '../../../contract/handover.ts'
import { AccountId, AttachmentId } from '../../../contract/ids.ts'
import { handIn, type HandedPiece, type HandoverDoor } from '../../../core/sync/handIn.ts'
import { callId } from '../../makers/stamps.ts'

const aFile = (n: number, chunks: number): HandedFile => ({
  id: AttachmentId.parse(callId(n)),
  head: 'aGVhZA==',
  chunks,
})
async function* fileOf(files: readonly HandedFile[]): AsyncGenerator<HandedPiece | null> {
  yield { head: { account: AccountId.parse('1001') }, rows: [] }
  for (const file of files)
    for (let chunk = 0; chunk < file.chunks; chunk += 1) yield { file, chunk, sealed: `${file.id}/${chunk}` }
}
/** A centre that takes chunks in their turn only, as the real one does. `says`: what goes wrong at the n-th asking. */
const aCentre = (sizes: ReadonlyMap<string, number>, says: (asked: number) => ProblemCode | null) => {
  const has = new Map<string, string[]>()
  let asked = 0
  let ended = false
  const stateOf = (id: string): AttachmentState => {
    const received = has.get(id)?.length ?? 0
    return { received: received * chunkBytes, whole: received === sizes.get(id) }
  }
  const answer = <T>(work: () => T): Answer<T> => {
    asked += 1
    const code = says(asked)
    // Now the request is lost, now its answer.
    if (code === null) return done(work())
    if (code === 'unreachable' && asked % 2 === 0) work()
    return failed(code, code)
  }
  const door: HandoverDoor = {
    rows: async () => done([]),
    begin: async (_account, { id }) =>
      answer(() => {
        const had = stateOf(id).whole
        has.set(id, has.get(id) ?? [])
        return { ...stateOf(id), had }
      }),
    chunk: async (_account, id, chunk, sealed) =>
      answer(() => {
        const chunks = has.get(id) ?? []
        if (chunk === chunks.length && !stateOf(id).whole) chunks.push(sealed)
        return stateOf(id)
      }),
    isCancelled: () => ended,
  }
  return { has, door, end: () => void (ended = true) }
}
const fatesOf = async (files: readonly HandedFile[], door: HandoverDoor) => {
  const { parts, stopped } = await handIn(fileOf(files), door)
  return { fates: parts.flatMap((part) => part.files.map(({ fate }) => fate)), stopped }
}

test('[HAND-2] whatever goes wrong on the way and however far the centre was, handed in again each attachment is whole once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ chunks: fc.integer({ min: 1, max: 5 }), there: fc.integer({ min: 0, max: 5 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.array(fc.constantFrom<ProblemCode | null>(null, null, null, 'busy', 'not_found', 'failed'), {
        maxLength: 12,
      }),
      async (shapes, troubles) => {
        const files = shapes.map(({ chunks }, n) => aFile(n + 1, chunks))
        const sizes = new Map(files.map(({ id, chunks }) => [id as string, chunks]))
        const { has, door } = aCentre(sizes, (asked) => troubles[asked - 1] ?? null)
        for (const [n, { chunks, there }] of shapes.entries()) {
          const { id } = files[n] ?? aFile(0, 1)
          has.set(
            id,
            Array.from({ length: Math.min(there, chunks) }, (_, chunk) => `${id}/${chunk}`),
          )
        }
        const tries = [...Array.from({ length: troubles.length + 1 }).keys()]
        const outcomes = []
        for (const _ of tries) outcomes.push(await fatesOf(files, door))
        for (const { id, chunks } of files)
          expect(has.get(id)).toEqual(Array.from({ length: chunks }, (_, chunk) => `${id}/${chunk}`))
        // Said to be new once at most, and never said to be there before it was.
        for (const [n, { chunks, there }] of shapes.entries()) {
          const said = outcomes.map(({ fates }) => fates[n])
          expect(said.filter((fate) => fate === 'stored').length).toBe(
            there >= chunks ? 0 : said.includes('stored') ? 1 : 0,
          )
          expect(said.at(-1)).toMatch(/stored|duplicate/)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('[HAND-2] what the centre will never take is left alone, what it cannot take now is told apart, and the others go on', async () => {
  const files = [aFile(1, 2), aFile(2, 2), aFile(3, 1)]
  const sizes = new Map(files.map(({ id, chunks }) => [id as string, chunks]))
  const codes: (ProblemCode | null)[] = ['bad_input', 'not_found', null, null]
  const { door } = aCentre(sizes, (asked) => codes[asked - 1] ?? null)
  expect(await fatesOf(files, door)).toEqual({ fates: ['refused', 'later', 'stored'], stopped: null })
  // Its owner's account may change again.
  const { door: strict } = aCentre(sizes, (asked) => (asked === 1 ? 'forbidden' : null))
  expect(await fatesOf(files, strict)).toEqual({ fates: ['later', 'stored', 'stored'], stopped: null })
})

test('[HAND-1] it ends where it is told to, where the centre is away, or where the file is cut, and says so', async () => {
  const files = [aFile(1, 1), aFile(2, 3), aFile(3, 1)]
  const sizes = new Map(files.map(({ id, chunks }) => [id as string, chunks]))
  const away = aCentre(sizes, (asked) => (asked > 3 ? 'unreachable' : null))
  expect(await fatesOf(files, away.door)).toEqual({
    fates: ['stored', 'later'],
    stopped: { code: 'unreachable', text: 'unreachable' },
  })
  const ended = aCentre(sizes, (asked) => {
    if (asked === 4) ended.end()
    return null
  })
  expect(await fatesOf(files, ended.door)).toEqual({ fates: ['stored', 'later'], stopped: 'cancelled' })
  async function* cut(): AsyncGenerator<HandedPiece | null> {
    for await (const piece of fileOf(files)) {
      if (piece && 'chunk' in piece && piece.chunk === 2) break
      yield piece
    }
    yield null
  }
  const { parts, stopped } = await handIn(cut(), aCentre(sizes, () => null).door)
  expect([parts[0]?.files.map(({ fate }) => fate), stopped]).toEqual([['stored', 'later'], 'changed'])
})
