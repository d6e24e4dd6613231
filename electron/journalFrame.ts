// The bytes of the second journal: one frame is one save, all or nothing. Layout, numbers little-endian:
//   magic 4 · length of body 4 · CRC-32 of body 4 · body = length of head 4 · head (JSON) · the sealed bytes one after another
// The head names store, seq, what is put (key, rev, length) and what is dropped. What the sealed bytes mean is not known here.
import { crc32 } from 'node:zlib'
import { z } from 'zod'

/** `rev` null: of this key the later one counts; else the higher one, the first of equals. */
export type Put = { readonly key: string; readonly rev: number | null; readonly bytes: Uint8Array }
/** Takes the key out if it is not above `rev` (null: whatever it is) and was put by frame `seq` (null: by any). */
export type Drop = { readonly key: string; readonly rev: number | null; readonly seq: number | null }
export type Frame = { readonly seq: number; readonly puts: readonly Put[]; readonly drops: readonly Drop[] }

/** A frame as found in a file: where its bytes lie instead of the bytes. */
export type FoundPut = {
  readonly key: string
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
}

const magic = Buffer.from('HSJ1', 'latin1')
const frontBytes = 12

const rev = z.number().nullable()
const Head = z.tuple([
  z.string(),
  z.number(),
  z.array(z.tuple([z.string(), rev, z.number().int().nonnegative()])),
  z.array(z.tuple([z.string(), rev, z.number().nullable()])),
])

export const frameBytes = (store: string, frame: Frame): Buffer => {
  const head = Buffer.from(
    JSON.stringify([
      store,
      frame.seq,
      frame.puts.map((put) => [put.key, put.rev, put.bytes.length]),
      frame.drops.map((drop) => [drop.key, drop.rev, drop.seq]),
    ] satisfies z.infer<typeof Head>),
  )
  const size = frame.puts.reduce((sum, put) => sum + put.bytes.length, 4 + head.length)
  const whole = Buffer.alloc(frontBytes + size)
  magic.copy(whole)
  whole.writeUInt32LE(size, 4)
  whole.writeUInt32LE(head.length, frontBytes)
  let at = frontBytes + 4 + head.copy(whole, frontBytes + 4)
  for (const put of frame.puts) {
    whole.set(put.bytes, at)
    at += put.bytes.length
  }
  whole.writeUInt32LE(crc32(whole.subarray(frontBytes)), 8)
  return whole
}

/** The frame that begins at `from`, and where it ends; null: none does. */
const frameAt = (
  bytes: Buffer,
  from: number,
  store: string,
): { readonly frame: FoundFrame; readonly end: number } | null => {
  if (from + frontBytes + 4 > bytes.length || !bytes.subarray(from, from + 4).equals(magic)) return null
  const end = from + frontBytes + bytes.readUInt32LE(from + 4)
  if (end > bytes.length) return null
  const body = bytes.subarray(from + frontBytes, end)
  if (body.length < 4 || crc32(body) !== bytes.readUInt32LE(from + 8)) return null
  const headEnd = 4 + body.readUInt32LE(0)
  const head = Head.safeParse(parsed(body.subarray(4, headEnd).toString()))
  // A frame of another store got here by a copied or mixed-up folder: it is not ours to bring back.
  if (!head.success || head.data[0] !== store) return null
  const [, seq, puts, drops] = head.data
  let at = from + frontBytes + headEnd
  const found = puts.map(([key, ofRev, length]) => {
    const put = { key, rev: ofRev, at, length }
    at += length
    return put
  })
  if (at !== end) return null
  return { frame: { seq, puts: found, drops: drops.map(([key, r, s]) => ({ key, rev: r, seq: s })) }, end }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** All whole frames of a file. Behind a damaged one the search goes on at the next magic, so it costs only itself. */
export const framesIn = (bytes: Buffer, store: string): Found => {
  const frames: FoundFrame[] = []
  const strays: { from: number; to: number }[] = []
  let at = 0
  while (at < bytes.length) {
    const found = frameAt(bytes, at, store)
    if (found) {
      frames.push(found.frame)
      at = found.end
      continue
    }
    const next = nextFrame(bytes, at + 1, store)
    if (bytes.subarray(at, next).some((byte) => byte !== 0)) strays.push({ from: at, to: next })
    at = next
  }
  return { frames, strays }
}

const nextFrame = (bytes: Buffer, from: number, store: string): number => {
  for (let at = bytes.indexOf(magic, from); at !== -1; at = bytes.indexOf(magic, at + 1)) {
    if (frameAt(bytes, at, store)) return at
  }
  return bytes.length
}
