// The handover file: put together and taken apart, line by line. Hashing is the world's (WebCrypto at the seat, Node at the
// centre); what becomes of what is in it, core/sync/handIn.ts.
import { HandoverHead, SealedChunk, SealedFile, SealedRow, type HandedFile } from '../../contract/handover.ts'

export type HandoverPart = {
  readonly head: HandoverHead
  readonly rows: readonly SealedRow[]
  readonly files: readonly SealedFile[]
}
/** One person's part but for the chunks of its files, and then each of these. */
export type HandoverPiece =
  | HandoverPart
  | { readonly file: HandedFile; readonly chunk: number; readonly sealed: string }

type Sha256 = (text: string) => Promise<string>
/** Pieces of a text, cut wherever they are. */
export type Pieces = AsyncIterable<string> | Iterable<string>

/** All of a part between its first line and its chunks. */
export const handoverBody = (rows: readonly SealedRow[], files: readonly SealedFile[] = []): string =>
  [...rows, ...files].map((line) => `${JSON.stringify(line)}\n`).join('')

export const handoverText = (head: HandoverHead, body: string): string => `${JSON.stringify(head)}\n${body}`

const parsed = (line: string | null): unknown => {
  try {
    return line === null ? null : JSON.parse(line)
  } catch {
    return null
  }
}

/** Of a row at its largest, with what JSON puts around it: what has longer lines is no such file. */
const longestLine = 2_100_000

/** null: one that does not end. */
async function* linesOf(pieces: Pieces): AsyncGenerator<string | null, void> {
  let open = ''
  for await (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', from)) {
      yield open + piece.slice(from, end)
      open = ''
      from = end + 1
    }
    open += piece.slice(from)
    if (open.length > longestLine) break
  }
  if (open !== '') yield null
}

/** One person's part up to its chunks; null: it is not such a part, cut, or changed. */
const partOf = async (next: () => Promise<string | null>, sha256: Sha256): Promise<HandoverPart | null> => {
  const { data: head } = HandoverHead.safeParse(parsed(await next()))
  if (!head) return null
  const lines: string[] = []
  while (lines.length < head.count + head.files) {
    const line = await next()
    if (line === null) return null
    lines.push(line)
  }
  if ((await sha256(lines.map((line) => `${line}\n`).join(''))) !== head.sha256) return null
  const found = lines.map(parsed)
  const rows = found.slice(0, head.count).flatMap((row) => SealedRow.safeParse(row).data ?? [])
  const files = found.slice(head.count).flatMap((file) => SealedFile.safeParse(file).data ?? [])
  return rows.length + files.length === lines.length ? { head, rows, files } : null
}

/** [HAND-1] In order; null, and nothing behind it: not such a file, cut, or changed. */
export async function* readHandover(
  pieces: Pieces,
  sha256: Sha256,
): AsyncGenerator<HandoverPiece | null, void> {
  const lines = linesOf(pieces)
  const next = async (): Promise<string | null> => (await lines.next()).value ?? null
  try {
    for (let follow = Infinity; follow > 0;) {
      const part = await partOf(next, sha256)
      if (!part || (follow !== Infinity && part.head.more !== follow - 1)) return yield null
      yield part
      for (const { id, head, sums } of part.files)
        for (const [chunk, sum] of sums.entries()) {
          const { data: sealed } = SealedChunk.safeParse(await next())
          if (sealed === undefined || (await sha256(sealed)) !== sum) return yield null
          yield { file: { id, head, chunks: sums.length }, chunk, sealed }
        }
      follow = part.head.more
    }
    if (!(await lines.next()).done) yield null
  } finally {
    await lines.return()
  }
}

/** [HAND-1] The heads of a file that is whole: read through before anything of it is taken. */
export const checkHandover = async (
  pieces: Pieces,
  sha256: Sha256,
): Promise<readonly HandoverHead[] | null> => {
  const heads: HandoverHead[] = []
  for await (const piece of readHandover(pieces, sha256)) {
    if (!piece) return null
    if ('head' in piece) heads.push(piece.head)
  }
  return heads
}

/** Rows in requests the centre takes: so many at a time, and so large. */
export const portions = (rows: readonly SealedRow[], maxRows = 200, maxBytes = 1_500_000): SealedRow[][] => {
  const found: SealedRow[][] = []
  let size = Infinity
  for (const row of rows) {
    const last = found.at(-1)
    if (!last || last.length === maxRows || size + row.sealed.length > maxBytes) {
      found.push([row])
      size = row.sealed.length
    } else {
      last.push(row)
      size += row.sealed.length
    }
  }
  return found
}
