// Reads the frames of a second journal (contract/journal.ts) out of a file's bytes: whole ones only, whatever lies between.
// What the sealed bytes in them mean is not known here. Checking sums and reading UTF-8 is the world's.
import { JournalHead, journalFrontBytes, journalMagic } from '../../contract/journal.ts'

/** Takes the key out if it is not above `rev` (null: whatever it is) and was put by frame `seq` (null: by any). */
export type Drop = { readonly key: string; readonly rev: number | null; readonly seq: number | null }

/** A frame as found in a file: where its bytes lie instead of the bytes. */
export type FoundPut = {
  readonly key: string
  /** null: of this key the later one counts; else the higher one, the first of equals. */
  readonly rev: number | null
  readonly at: number
  readonly length: number
}
export type FoundFrame = {
  readonly seq: number
  readonly puts: readonly FoundPut[]
  readonly drops: readonly Drop[]
}
export type Found = {
  readonly frames: readonly FoundFrame[]
  /** Ranges that hold no whole frame and are not the zeros of a reserve: torn or damaged. */
  readonly strays: readonly { readonly from: number; readonly to: number }[]
  /** Behind it there are zeros only. */
  readonly end: number
}

export type FrameWorld = {
  crc32(bytes: Uint8Array): number
  utf8(bytes: Uint8Array): string
  /** Where `what` begins at or after `from`; -1: nowhere. */
  find(bytes: Uint8Array, what: Uint8Array, from: number): number
}

const magic = Uint8Array.from(journalMagic, (letter) => letter.charCodeAt(0))

const numberAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The frame that begins at `from`, and where it ends; null: none does. */
const frameAt = (
  bytes: Uint8Array,
  from: number,
  store: string,
  world: FrameWorld,
): { readonly frame: FoundFrame; readonly end: number } | null => {
  if (from + journalFrontBytes + 4 > bytes.length) return null
  if (!magic.every((byte, at) => bytes[from + at] === byte)) return null
  const end = from + journalFrontBytes + numberAt(bytes, from + 4)
  if (end > bytes.length) return null
  const body = bytes.subarray(from + journalFrontBytes, end)
  if (body.length < 4 || world.crc32(body) !== numberAt(bytes, from + 8)) return null
  const headEnd = 4 + numberAt(body, 0)
  const head = JournalHead.safeParse(parsed(world.utf8(body.subarray(4, headEnd))))
  // A frame of another store got here by a copied or mixed-up folder: it is not ours to bring back.
  if (!head.success || head.data[0] !== store) return null
  const [, seq, puts, drops] = head.data
  let at = from + journalFrontBytes + headEnd
  const found = puts.map(([key, rev, length]) => {
    const put = { key, rev, at, length }
    at += length
    return put
  })
  if (at !== end) return null
  return { frame: { seq, puts: found, drops: drops.map(([key, r, s]) => ({ key, rev: r, seq: s })) }, end }
}

/** All whole frames of a file. Behind a damaged one the search goes on at the next magic, so it costs only itself. */
export const framesIn = (bytes: Uint8Array, store: string, world: FrameWorld): Found => {
  const frames: FoundFrame[] = []
  const strays: { from: number; to: number }[] = []
  let at = 0
  let end = 0
  while (at < bytes.length) {
    const found = frameAt(bytes, at, store, world)
    if (found) {
      frames.push(found.frame)
      at = found.end
      end = at
      continue
    }
    const next = nextFrame(bytes, at + 1, store, world)
    if (bytes.subarray(at, next).some((byte) => byte !== 0)) {
      strays.push({ from: at, to: next })
      end = next
    }
    at = next
  }
  return { frames, strays, end }
}

const nextFrame = (bytes: Uint8Array, from: number, store: string, world: FrameWorld): number => {
  for (let at = world.find(bytes, magic, from); at !== -1; at = world.find(bytes, magic, at + 1)) {
    if (frameAt(bytes, at, store, world)) return at
  }
  return bytes.length
}
