// The bytes of one save of a second journal (contract/journal.ts), as core/journal/frames.ts reads them back.
import { type JournalHead, journalFrontBytes, journalMagic } from '../../contract/journal.ts'
import type { Drop, FrameWorld } from './frames.ts'
import type { Bytes } from './journalDisk.ts'

/** `rev` null: of this key the later one counts; else the higher one, the first of equals. */
export type Put = { readonly key: string; readonly rev: number | null; readonly bytes: Uint8Array }
export type Frame = { readonly seq: number; readonly puts: readonly Put[]; readonly drops: readonly Drop[] }

export type JournalWorld = FrameWorld & { bytesOf(text: string): Uint8Array }

export const joined = (parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const numbers = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [n, value] of values.entries()) view.setUint32(4 * n, value, true)
  return new Uint8Array(view.buffer)
}

export const frameBytes = (store: string, { seq, puts, drops }: Frame, world: JournalWorld): Bytes => {
  const head: JournalHead = [
    store,
    seq,
    puts.map(({ key, rev, bytes }) => [key, rev, bytes.length]),
    drops.map((drop) => [drop.key, drop.rev, drop.seq]),
  ]
  const text = world.bytesOf(JSON.stringify(head))
  const front = [world.bytesOf(journalMagic), new Uint8Array(journalFrontBytes - journalMagic.length)]
  const whole = joined([...front, numbers(text.length), text, ...puts.map(({ bytes }) => bytes)])
  const body = whole.subarray(journalFrontBytes)
  whole.set(numbers(body.length, world.crc32(body)), journalMagic.length)
  return whole
}
