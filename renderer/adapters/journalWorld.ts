// What the second journal leaves to the world, in a browser, which has no CRC-32 of its own.
import type { JournalWorld } from '../../core/journal/writeFrame.ts'

/** Of CRC-32 as zip and PNG have it, reflected. */
const polynomial = 0xedb88320
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
  return value
})

const letters = new TextEncoder()
const reader = new TextDecoder()

export const world: JournalWorld = {
  crc32(bytes) {
    let sum = -1
    for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0)
    return ~sum >>> 0
  },
  utf8: (bytes) => reader.decode(bytes),
  bytesOf: (text) => letters.encode(text),
  find(bytes, what, from) {
    const [first] = what
    if (first === undefined) return -1
    for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
      if (what.every((byte, n) => bytes[at + n] === byte)) return at
    return -1
  },
}
