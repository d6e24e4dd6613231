// The handover file: put together and taken apart. Hashing is the world's (WebCrypto at the seat, Node at the centre).
import { HandoverHead, SealedRow } from '../../contract/handover.ts'

export type HandoverFile = { readonly head: HandoverHead; readonly rows: readonly SealedRow[] }

/** Everything after the first line. */
export const handoverBody = (rows: readonly SealedRow[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')

export const handoverText = (head: HandoverHead, body: string): string => `${JSON.stringify(head)}\n${body}`

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Where the line after so many lines begins; -1: there are not so many. */
const afterLines = (text: string, from: number, lines: number): number => {
  let at = from
  for (let n = 0; n < lines && at !== -1; n += 1) {
    const end = text.indexOf('\n', at)
    at = end === -1 ? -1 : end + 1
  }
  return at
}

/** [HAND-1] Each person's part; null: not such a file, cut, or changed. */
export const readHandover = async (
  text: string,
  sha256: (text: string) => Promise<string>,
): Promise<readonly HandoverFile[] | null> => {
  const found: HandoverFile[] = []
  for (let at = 0; at < text.length || found.length === 0;) {
    const begins = afterLines(text, at, 1)
    const { data: head } = HandoverHead.safeParse(parsed(text.slice(at, Math.max(at, begins))))
    const ends = head ? afterLines(text, begins, head.count) : -1
    if (!head || ends === -1) return null
    const body = text.slice(begins, ends)
    if ((await sha256(body)) !== head.sha256) return null
    const rows = body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => SealedRow.safeParse(parsed(line)).data)
      .filter((row) => row !== undefined)
    if (rows.length !== head.count) return null
    found.push({ head, rows })
    at = ends
  }
  return found.every(({ head }, place) => head.more === found.length - 1 - place) ? found : null
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
