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

/** [HAND-1] null: not such a file, cut, or changed. */
export const readHandover = async (
  text: string,
  sha256: (text: string) => Promise<string>,
): Promise<HandoverFile | null> => {
  const end = text.indexOf('\n')
  const { data: head } = HandoverHead.safeParse(parsed(text.slice(0, Math.max(0, end))))
  if (!head) return null
  const body = text.slice(end + 1)
  if ((await sha256(body)) !== head.sha256) return null
  const rows = body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => SealedRow.safeParse(parsed(line)).data)
    .filter((row) => row !== undefined)
  return rows.length === head.count ? { head, rows } : null
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
