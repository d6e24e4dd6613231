// The second journal of one store: a row of numbered files that only grow at the end. Replayed at start, synced before an
// append is answered, rotated by size, emptied from the oldest file on, so that what was dropped never comes back. What
// still counts is journalIndex.ts; what the bytes mean and who asks is not its affair.
import { journalFile } from '../../contract/journal.ts'
import type { Drop } from './frames.ts'
import { framesIn } from './frames.ts'
import type { Bytes, JournalDisk, OpenFile } from './journalDisk.ts'
import { codeOf, isFull } from './journalDisk.ts'
import type { Live, Segment } from './journalIndex.ts'
import { makeIndex } from './journalIndex.ts'
import type { Frame, JournalWorld, Put } from './writeFrame.ts'
import { frameBytes, joined } from './writeFrame.ts'

export type JournalLimits = {
  /** A file this long is followed by a new one. */
  readonly segmentBytes: number
  /** So many bytes beyond twice what counts may lie about before the oldest file is carried over. */
  readonly slackBytes: number
}
export const usualLimits: JournalLimits = { segmentBytes: 4 << 20, slackBytes: 8 << 20 }

export type SegmentParts = {
  readonly disk: JournalDisk
  readonly world: JournalWorld
  /** Names the store, also inside every frame. */
  readonly folder: string
  readonly limits: JournalLimits
  /** Makes the reserve this file: the bytes it holds; null: there is none. */
  takeReserve(path: string): Promise<number | null>
}

export type JournalEntry = { readonly key: string; readonly rev: number | null; readonly bytes: Bytes }
export type JournalPage = { readonly entries: readonly JournalEntry[]; readonly next: string | null }

export type StoreJournal = {
  /** Resolves with the frame's seq when it is synced; a frame that only drops is not synced. Rejects as the disk does. */
  append(puts: readonly Put[], drops: readonly Drop[]): Promise<number>
  /** What counts, by key, from the one after `after` on: at least one, then up to `maxBytes`. `next` null: that was all. */
  read(after: string | null, maxBytes: number): Promise<JournalPage>
  /** Bytes found at the start that were no whole frames. */
  readonly strayBytes: number
  /** After what was asked before. */
  close(): Promise<void>
}

type Current = { readonly file: OpenFile; readonly segment: Segment }
type Place = { readonly segment: Segment; readonly at: number }
type Waiting = {
  readonly frame: Frame
  done(seq: number): void
  failed(error: unknown): void
}

/** So many torn or damaged pieces are kept for support. */
const mostAside = 4

export const openStoreJournal = async (parts: SegmentParts): Promise<StoreJournal> => {
  const { disk, world, folder, limits } = parts
  const index = makeIndex()
  const segments: Segment[] = []
  let number = 0
  let current: Current | null = null

  /** [JRNL-6] Kept for support, once; a disk too full for that keeps the piece where it is. */
  const putAside = async (path: string, bytes: Bytes, from: number): Promise<void> => {
    const aside = (await disk.names(folder)).filter((name) => name.endsWith('.torn'))
    const name = `${path.slice(folder.length + 1)}-${from}.torn`
    if (aside.length >= mostAside || aside.includes(name)) return
    try {
      const file = await disk.create(`${folder}/${name}`)
      await file.write(bytes, 0)
      await file.cut(bytes.length)
      await file.close()
    } catch {
      // It still lies in its file.
    }
  }
  let strayBytes = 0
  const replay = async (name: string, isLast: boolean): Promise<void> => {
    const path = `${folder}/${name}`
    const capacity = await disk.size(path)
    const file = await disk.open(path)
    try {
      const bytes = await file.read(0, capacity)
      const { frames, strays, end } = framesIn(bytes, folder, world)
      const segment: Segment = { path, size: end, live: 0, capacity, isReserve: false }
      segments.push(segment)
      for (const frame of frames) index.apply(frame, segment, 0)
      for (const { from, to } of strays) {
        strayBytes += to - from
        await putAside(path, bytes.subarray(from, to), from)
      }
      // Space that is ours already: on a full disk there is no other.
      if (isLast && end < capacity) current = { file, segment }
    } finally {
      if (current?.file !== file) await file.close()
    }
  }

  const nextPath = (): string => {
    number += 1
    return `${folder}/${String(number).padStart(8, '0')}.log`
  }
  const begin = async (path: string, file: OpenFile, capacity: number, isReserve: boolean) => {
    await disk.syncFolder(folder)
    const segment: Segment = { path, size: 0, live: 0, capacity, isReserve }
    segments.push(segment)
    current = { file, segment }
    return current
  }
  const fresh = async (): Promise<Current> => {
    const path = nextPath()
    return begin(path, await disk.create(path), limits.segmentBytes, false)
  }
  /** The last ones on a full disk are written over bytes that are ours already: nobody else can take that space. */
  const fromReserve = async (full: unknown): Promise<Current> => {
    const path = nextPath()
    const capacity = await parts.takeReserve(path)
    if (capacity === null) throw full
    return begin(path, await disk.open(path), capacity, true)
  }
  /** What it holds counts on; nothing more is written to it. */
  const leave = async (): Promise<void> => {
    const left = current
    current = null
    await left?.file.close().catch(() => undefined)
  }
  const room = async (length: number): Promise<Current> => {
    if (current && current.segment.size > 0 && current.segment.size + length > current.segment.capacity)
      await leave()
    return current ?? (await fresh())
  }
  const into = async ({ file, segment }: Current, bytes: Bytes, synced: boolean): Promise<Place> => {
    const at = segment.size
    const put = async (): Promise<void> => {
      await file.write(bytes, at)
      if (synced) await file.sync()
    }
    await put().catch(async (error: unknown) => {
      if (!segment.isReserve || !isFull(error)) throw error
      // A file system that never writes over what is there needs the space itself.
      await file.cut(at)
      await put()
    })
    segment.size = at + bytes.length
    return { segment, at }
  }
  /** A file that failed once is not trusted again: what fsync lost cannot be synced a second time. */
  const tried = async (open: () => Promise<Current>, bytes: Bytes, synced: boolean): Promise<Place> => {
    try {
      return await into(await open(), bytes, synced)
    } catch (error) {
      await current?.file.cut(current.segment.size).catch(() => undefined)
      await leave()
      throw error
    }
  }
  const write = async (bytes: Bytes, synced: boolean): Promise<Place> => {
    try {
      return await tried(() => room(bytes.length), bytes, synced)
    } catch (error) {
      return tried(isFull(error) ? () => fromReserve(error) : fresh, bytes, synced)
    }
  }

  const bytesOf = async (entries: readonly (readonly [string, Live])[]): Promise<JournalEntry[]> => {
    const files = new Map<string, OpenFile>()
    try {
      const found: JournalEntry[] = []
      for (const [key, { segment, at, length, rev }] of entries) {
        const file = files.get(segment.path) ?? (await disk.open(segment.path))
        files.set(segment.path, file)
        found.push({ key, rev, bytes: await file.read(at, length) })
      }
      return found
    } finally {
      for (const file of files.values()) await file.close()
    }
  }
  /** What still counts of the oldest file, written again at the end under its old seq. */
  const carryOver = async (oldest: Segment): Promise<void> => {
    const kept = index.of(oldest)
    const entries = await bytesOf(kept)
    const frames = entries.map((put, at) =>
      frameBytes(folder, { seq: kept[at]?.[1].seq ?? 0, puts: [put], drops: [] }, world),
    )
    const bytes = joined(frames)
    const { segment, at } = await tried(() => room(bytes.length), bytes, true)
    for (const frame of framesIn(bytes, folder, world).frames) index.move(frame, segment, at)
  }
  const clean = async (): Promise<void> => {
    for (;;) {
      const [oldest] = segments
      if (!oldest || oldest === current?.segment) return
      if (oldest.live > 0) {
        const lying = segments.reduce((sum, segment) => sum + segment.size, 0)
        // The reserve is for what is saved now, not for tidying.
        if (lying <= 2 * index.liveBytes() + limits.slackBytes || current?.segment.isReserve) return
        await carryOver(oldest)
      }
      // One after another: a later file holds the word that something in an earlier one is over.
      await disk.remove(oldest.path)
      await disk.syncFolder(folder)
      segments.shift()
    }
  }

  let waiting: Waiting[] = []
  let busy: Promise<unknown> = Promise.resolve()
  /** One thing at a time. */
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = busy.then(run)
    busy = turn.catch(() => undefined)
    return turn
  }
  /** Whatever waits goes with one sync. */
  const writeWaiting = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const bytes = joined(batch.map(({ frame }) => frameBytes(folder, frame, world)))
    try {
      const synced = batch.some(({ frame }) => frame.puts.length > 0)
      const { segment, at } = await write(bytes, synced)
      for (const frame of framesIn(bytes, folder, world).frames) index.apply(frame, segment, at)
      for (const { frame, done } of batch) done(frame.seq)
    } catch (error) {
      for (const { failed } of batch) failed(error)
      return
    }
    // What cannot be tidied now is tidied after the next append.
    await clean().catch(() => undefined)
  }

  await disk.makeFolder(folder)
  await disk.syncFolder('.')
  const names = (await disk.names(folder)).filter((name) => journalFile.test(name)).toSorted()
  for (const name of names) {
    number = Number(name.slice(0, 8))
    await replay(name, name === names.at(-1)).catch((error: unknown) => {
      // A disk that cannot read it back will not do so at the next start either; the file stays for support.
      if (codeOf(error) !== 'EIO') throw error
    })
  }
  let seq = index.lastSeq()

  return {
    strayBytes,
    append(puts, drops) {
      seq += 1
      const frame = { seq, puts, drops }
      return new Promise((done, failed) => {
        waiting.push({ frame, done, failed })
        void inTurn(writeWaiting)
      })
    },
    read: (after, maxBytes) =>
      inTurn(async () => {
        const rest = index.after(after)
        let sum = 0
        const first = rest.findIndex(([, { length }], at) => {
          sum += length
          return at > 0 && sum > maxBytes
        })
        const page = first === -1 ? rest : rest.slice(0, first)
        return { entries: await bytesOf(page), next: first === -1 ? null : (page.at(-1)?.[0] ?? null) }
      }),
    close: () => inTurn(leave),
  }
}
