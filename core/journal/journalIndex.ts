// What in the files of a second journal still counts, key by key, and where it lies: frames are applied in the order in
// which they stand in the files. No bytes are held here.
import type { FoundFrame } from './frames.ts'

export type Segment = {
  readonly path: string
  /** Bytes that hold whole frames. */
  size: number
  /** Keys of which the newest lies here. */
  live: number
  readonly capacity: number
  readonly isReserve: boolean
}

export type Live = {
  readonly seq: number
  readonly rev: number | null
  readonly segment: Segment
  readonly at: number
  readonly length: number
}

export type JournalIndex = {
  /** `offset`: where in the file the bytes began in which this frame was found. */
  apply(frame: FoundFrame, segment: Segment, offset: number): void
  /** As `apply`, whatever was there: the same thing lies elsewhere now. */
  move(frame: FoundFrame, segment: Segment, offset: number): void
  /** By key, from the one after `after` on. */
  after(after: string | null): readonly (readonly [string, Live])[]
  of(segment: Segment): readonly (readonly [string, Live])[]
  liveBytes(): number
  lastSeq(): number
}

export const makeIndex = (): JournalIndex => {
  const live = new Map<string, Live>()
  let liveBytes = 0
  let lastSeq = 0

  const point = (key: string, to: Live | null): void => {
    const old = live.get(key)
    if (old) {
      old.segment.live -= 1
      liveBytes -= old.length
    }
    if (!to) return void live.delete(key)
    live.set(key, to)
    to.segment.live += 1
    liveBytes += to.length
  }
  const place = (frame: FoundFrame, segment: Segment, offset: number) =>
    frame.puts.map(({ key, rev, at, length }) => ({
      key,
      to: { seq: frame.seq, rev, segment, at: offset + at, length },
    }))

  return {
    apply(frame, segment, offset) {
      lastSeq = Math.max(lastSeq, frame.seq)
      for (const { key, rev, seq } of frame.drops) {
        const old = live.get(key)
        if (!old || (seq !== null && seq !== old.seq)) continue
        if (rev === null || old.rev === null || old.rev <= rev) point(key, null)
      }
      for (const { key, to } of place(frame, segment, offset)) {
        const old = live.get(key)
        const isOlder = old && to.rev !== null && old.rev !== null && old.rev >= to.rev
        if (!isOlder) point(key, to)
      }
    },
    move(frame, segment, offset) {
      for (const { key, to } of place(frame, segment, offset)) point(key, to)
    },
    after: (after) =>
      [...live].filter(([key]) => after === null || key > after).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    of: (segment) => [...live].filter(([, each]) => each.segment === segment),
    liveBytes: () => liveBytes,
    lastSeq: () => lastSeq,
  }
}
