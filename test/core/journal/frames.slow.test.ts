// The bytes of the second journal against torn tails, flipped bytes and strange material.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { framesIn } from '../../../core/journal/frames.ts'
import type { Frame } from '../../../core/journal/writeFrame.ts'
import { frameBytes, joined } from '../../../core/journal/writeFrame.ts'
import { world as nodeWorld } from '../../../electron/journalWorld.ts'
import { world as browserWorld } from '../../../renderer/adapters/journalWorld.ts'

const store = 'a-store'
const put = fc.record({
  key: fc.string({ minLength: 1, maxLength: 40 }),
  rev: fc.option(fc.nat(9), { nil: null }),
  bytes: fc.uint8Array({ maxLength: 80 }),
})
const drop = fc.record({
  key: fc.string({ minLength: 1, maxLength: 40 }),
  rev: fc.option(fc.nat(9), { nil: null }),
  seq: fc.option(fc.nat(9), { nil: null }),
})
const frame: fc.Arbitrary<Frame> = fc.record({
  seq: fc.nat(),
  puts: fc.array(put, { maxLength: 4 }),
  drops: fc.array(drop, { maxLength: 3 }),
})
const frames = fc.array(frame, { minLength: 1, maxLength: 6 })

describe.each([
  ['on the desktop', nodeWorld],
  ['in a browser', browserWorld],
])('a journal file %s', (_, world) => {
  const whole = (list: readonly Frame[]) => joined(list.map((each) => frameBytes(store, each, world)))
  const endsOf = (list: readonly Frame[]) => list.map((__, at) => whole(list.slice(0, at + 1)).length)
  /** The frames as they were handed over. */
  const read = (bytes: Uint8Array): Frame[] =>
    framesIn(bytes, store, world).frames.map(({ seq, puts, drops }) => ({
      seq,
      drops: [...drops],
      puts: puts.map(({ key, rev, at, length }) => ({
        key,
        rev,
        bytes: new Uint8Array(bytes.subarray(at, at + length)),
      })),
    }))
  test('[JRNL-3] is read back as it was written, whatever the bytes', () => {
    fc.assert(
      fc.property(frames, (list) => {
        expect(read(whole(list))).toEqual(list)
      }),
    )
  })

  test('[JRNL-3] [F44] cut at any byte gives every frame before the cut and nothing else', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const bytes = whole(list)
        const ends = endsOf(list)
        for (let cut = 0; cut <= bytes.length; cut += 1) {
          const complete = ends.filter((end) => end <= cut).length
          expect(read(bytes.subarray(0, cut))).toEqual(list.slice(0, complete))
        }
      }),
      { numRuns: 30 },
    )
  })

  test('[JRNL-3] [F44] a tail of zeros or rubbish behind the last frame is told apart and costs nothing', () => {
    fc.assert(
      fc.property(frames, fc.uint8Array({ minLength: 1, maxLength: 60 }), (list, rubbish) => {
        const bytes = whole(list)
        const zeros = joined([bytes, new Uint8Array(500)])
        expect(read(zeros)).toEqual(list)
        expect(framesIn(zeros, store, world)).toMatchObject({ strays: [], end: bytes.length })
        const torn = joined([bytes, rubbish, Uint8Array.of(7)])
        expect(read(torn)).toEqual(list)
        expect(framesIn(torn, store, world).strays).toEqual([{ from: bytes.length, to: torn.length }])
      }),
    )
  })

  test('[JRNL-3] [F44] a flipped byte costs its own frame and no other, and never makes a wrong one', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.integer({ min: 1, max: 255 }), (list, where, how) => {
        const bytes = whole(list)
        const at = where % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ how
        const hit = endsOf(list).findIndex((end) => at < end)
        expect(read(bytes)).toEqual(list.filter((_, n) => n !== hit))
      }),
      { numRuns: 2_000 },
    )
  })

  test('[JRNL-3] a frame of another store is none of ours', () => {
    const one: Frame = { seq: 1, puts: [{ key: 'call:1', rev: 1, bytes: new Uint8Array([1]) }], drops: [] }
    const mixed = joined([frameBytes('another', one, world), frameBytes(store, { ...one, seq: 2 }, world)])
    expect(read(mixed).map(({ seq }) => seq)).toEqual([2])
  })

  test('[JRNL-3] what one world wrote the other reads', () => {
    fc.assert(
      fc.property(frames, (list) => {
        const written = (by: typeof world) => joined(list.map((each) => frameBytes(store, each, by)))
        expect(written(nodeWorld)).toEqual(written(browserWorld))
      }),
    )
  })
})
