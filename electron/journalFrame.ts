// Frames of the second journal on this computer: written here, read by core/journal/frames.ts with Node's own CRC-32.
import { crc32 } from 'node:zlib'
import { type JournalHead, journalFrontBytes, journalMagic } from '../contract/journal.ts'
import type { Drop, Found, FrameWorld } from '../core/journal/frames.ts'
import * as core from '../core/journal/frames.ts'

/** `rev` null: of this key the later one counts; else the higher one, the first of equals. */
export type Put = { readonly key: string; readonly rev: number | null; readonly bytes: Uint8Array }
export type { Drop }
export type Frame = { readonly seq: number; readonly puts: readonly Put[]; readonly drops: readonly Drop[] }

export const frameBytes = (store: string, frame: Frame): Buffer => {
  const head = Buffer.from(
    JSON.stringify([
      store,
      frame.seq,
      frame.puts.map((put) => [put.key, put.rev, put.bytes.length]),
      frame.drops.map((drop) => [drop.key, drop.rev, drop.seq]),
    ] satisfies JournalHead),
  )
  const size = frame.puts.reduce((sum, put) => sum + put.bytes.length, 4 + head.length)
  const whole = Buffer.alloc(journalFrontBytes + size)
  whole.write(journalMagic, 'latin1')
  whole.writeUInt32LE(size, 4)
  whole.writeUInt32LE(head.length, journalFrontBytes)
  let at = journalFrontBytes + 4 + head.copy(whole, journalFrontBytes + 4)
  for (const put of frame.puts) {
    whole.set(put.bytes, at)
    at += put.bytes.length
  }
  whole.writeUInt32LE(crc32(whole.subarray(journalFrontBytes)), 8)
  return whole
}

const over = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
const world: FrameWorld = {
  crc32: (bytes) => crc32(bytes),
  utf8: (bytes) => over(bytes).toString(),
  find: (bytes, what, from) => over(bytes).indexOf(what, from),
}

export const framesIn = (bytes: Uint8Array, store: string): Found => core.framesIn(bytes, store, world)
