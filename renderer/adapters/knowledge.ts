// The knowledge base on this computer: one for everybody who works here, nothing in it is of a person. Fetched from the
// centre behind the records, portion by portion; what is there stays until the new is whole. The index for searching is
// made in memory, in portions that let the screen in between.
import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import type { KnowledgeAnswer } from '../../contract/knowledge.ts'
import { Article } from '../../contract/knowledge.ts'
import { mergeEditions } from '../../core/knowledge/edition.ts'
import type { Index } from '../../core/knowledge/search.ts'
import { indexing, indexOf } from '../../core/knowledge/search.ts'
import type { Clock } from '../../core/ports.ts'
import type { CentreClient } from './centreClient.ts'

export type Shelf = {
  /** False: the disk has not answered yet. */
  readonly ready: boolean
  readonly index: Index
  /** When the centre last said what there is; null: never on this computer. */
  readonly toldAt: number | null
}

export type Knowledge = {
  /** The same value until something changes: fit for useSyncExternalStore. */
  read(): Shelf
  subscribe(listener: () => void): () => void
  /** The centre answers, so it may be asked; the answer is awaited by tests alone. */
  pullNow(): Promise<void>
  /** As `pullNow`, at most once a minute. */
  pullDue(): void
  stop(): void
}

export type KnowledgeParts = {
  readonly centreId: string
  readonly clock: Clock
  readonly call: CentreClient['call']
}

/** As it lies on the disk: articles as they came, those this program cannot read among them for a later one. */
type Base = {
  readonly epoch: number | null
  readonly cursor: number
  readonly articles: readonly unknown[]
}
type Row = { name: 'base'; value: Base } | { name: 'toldAt'; value: number }

const empty: Base = { epoch: null, cursor: 0, articles: [] }
const pageSize = 200
const everyMs = 60_000

const readable = (articles: readonly unknown[]): Article[] =>
  articles.flatMap((article) => Article.safeParse(article).data ?? [])

/** Later ones take the place of their editions; what cannot be read is kept as it is. */
const merged = (known: readonly unknown[], fresh: readonly unknown[]): readonly unknown[] => {
  const unread = [...known, ...fresh].filter((article) => !Article.safeParse(article).success)
  return [...mergeEditions(readable(known), readable(fresh)), ...unread]
}

export const openKnowledge = ({ centreId, clock, call }: KnowledgeParts): Knowledge => {
  const dexie = new Dexie(`knowledge-${centreId}`, { chromeTransactionDurability: 'strict' })
  dexie.version(1).stores({ kept: 'name' })
  const kept: Table<Row, string> = dexie.table('kept')
  const listeners = new Set<() => void>()
  let shelf: Shelf = { ready: false, index: indexOf([]), toldAt: null }
  let base = empty
  /** On its way: becomes the base when the centre has told all. */
  let coming: Base | null = null
  let askedAt = -everyMs
  let pulling: Promise<void> | null = null
  let stopped = false
  let indexed = 0

  const show = (change: Partial<Shelf>): void => {
    if (stopped) return
    shelf = { ...shelf, ...change }
    for (const listener of listeners) listener()
  }
  const pause = (): Promise<void> => new Promise((resolve) => void clock.after(0, resolve))

  const index = async (articles: readonly unknown[]): Promise<void> => {
    indexed += 1
    const mine = indexed
    const steps = indexing(readable(articles))
    for (;;) {
      const step = steps.next()
      // A newer base has come meanwhile.
      if (stopped || mine !== indexed) return
      if (step.done) return show({ ready: true, index: step.value })
      await pause()
    }
  }

  const load = async (): Promise<void> => {
    const [found, told] = await Promise.all([kept.get('base'), kept.get('toldAt')])
    if (found?.name === 'base') base = found.value
    if (told?.name === 'toldAt') shelf = { ...shelf, toldAt: told.value }
    await index(base.articles)
  }
  /** A disk that does not answer costs only a pull: the base is the centre's. */
  const loaded = load().catch(() => show({ ready: true }))

  const keep = async (next: Base): Promise<void> => {
    const toldAt = clock.now()
    const isNew = next !== base
    base = next
    await kept
      .bulkPut([
        ...(isNew ? [{ name: 'base', value: next } as const] : []),
        { name: 'toldAt', value: toldAt },
      ])
      .catch(() => undefined)
    show({ toldAt })
    if (isNew) await index(next.articles)
  }

  const addPage = (before: Base, page: KnowledgeAnswer): Base =>
    page.articles.length === 0 && page.epoch === before.epoch
      ? before
      : { epoch: page.epoch, cursor: page.cursor, articles: merged(before.articles, page.articles) }

  const pull = async (): Promise<void> => {
    await loaded
    for (;;) {
      const before: Base = coming ?? base
      const answer = await call('knowledge.pull', { cursor: before.cursor, limit: pageSize })
      // What has come so far is gone on with the next time.
      if (stopped || !answer.ok) return
      const page = answer.value
      if (before.epoch !== null && before.epoch !== page.epoch) {
        // [KNOW-8] The centre came back from a backup: all anew, beside what is there.
        coming = { ...empty, epoch: page.epoch }
        continue
      }
      const next = addPage(before, page)
      if (page.more) {
        coming = next
        continue
      }
      coming = null
      await keep(next)
      return
    }
  }
  const pullNow = (): Promise<void> => {
    askedAt = clock.tick()
    pulling ??= pull().finally(() => {
      pulling = null
    })
    return pulling
  }

  return {
    read: () => shelf,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pullNow,
    pullDue() {
      if (clock.tick() - askedAt >= everyMs) void pullNow()
    },
    stop() {
      stopped = true
      dexie.close()
    },
  }
}
