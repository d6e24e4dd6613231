// What the second journal leaves to the world, by Node's own: CRC-32, UTF-8 and searching.
import { crc32 } from 'node:zlib'
import type { JournalWorld } from '../core/journal/writeFrame.ts'

const over = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

export const world: JournalWorld = {
  crc32: (bytes) => crc32(bytes),
  utf8: (bytes) => over(bytes).toString(),
  bytesOf: (text) => Buffer.from(text),
  find: (bytes, what, from) => over(bytes).indexOf(what, from),
}
