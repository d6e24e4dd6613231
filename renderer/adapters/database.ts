// The seat's database: tables, indexes, numbered versions, and the one way to use it. Every use answers within five
// seconds, save while an older store is brought to this version; a database that stalls is opened anew. What is put into the tables is decided by records, outbox and mirror.
import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { Clock, OutboxNews, SecondJournal } from '../../core/ports.ts'
import type {
  CallRow,
  DraftRow,
  JournalRow,
  NewWaiting,
  SentRow,
  TicketRow,
  WaitingRow,
  WarningRow,
} from './storedRows.ts'
import { answered } from './transaction.ts'
import type { TwoPlaces } from './twoPlaces.ts'
import { twoPlaces } from './twoPlaces.ts'

export type SeatDatabase = {
  readonly dexie: Dexie
  readonly calls: Table<CallRow, string>
  readonly journal: Table<JournalRow, string>
  readonly drafts: Table<DraftRow, string>
  readonly tickets: Table<TicketRow, string>
  readonly warnings: Table<WarningRow, string>
  readonly outbox: Table<WaitingRow, number, NewWaiting>
  readonly sent: Table<SentRow, [number, number]>
  /** Single values by name, none of them of a person: the pull cursor, reference data, the key all is sealed under. */
  readonly kept: Table<{ name: string; value: unknown }, string>
}

const newestVersion = 6

const tables = (name: string): SeatDatabase => {
  // Chromium's default would lose the last half minute in a power cut.
  const dexie = new Dexie(name, { chromeTransactionDurability: 'strict' })
  dexie.version(1).stores({
    calls: 'id, offeredAt, [tail+offeredAt], [category+offeredAt], *names',
    journal: 'id',
    drafts: 'callId',
    tickets: 'id, dispatchedAt',
    outbox: '++seq, &key, later, parked, since',
    kept: 'name',
  })
  dexie.version(2).stores({ sent: '[at+first]', outbox: '++seq, &key, later, parked, since, urgent' })
  // Sealed: no key tells of a person. What stood there in clear is sealed by sealStore.ts: an upgrade cannot wait for it.
  const calls = 'id, offeredAt, [caller+offeredAt], end, [category+offeredAt], *names'
  dexie.version(3).stores({ calls })
  dexie.version(4).stores({ warnings: 'id, raisedAt' })
  // An agreed call is found however many calls lie between.
  dexie.version(5).stores({ calls: `${calls}, agreed` })
  // And whoever else waits for a call, and one agent's own. Rows of before are given their marks by sealStore.ts.
  dexie
    .version(newestVersion)
    .stores({ calls: `${calls}, agreed, [agent+offeredAt], [left+offeredAt], [employer+offeredAt]` })
  return {
    dexie,
    calls: dexie.table('calls'),
    journal: dexie.table('journal'),
    drafts: dexie.table('drafts'),
    tickets: dexie.table('tickets'),
    warnings: dexie.table('warnings'),
    outbox: dexie.table('outbox'),
    sent: dexie.table('sent'),
    kept: dexie.table('kept'),
  }
}

export type SeatStore = {
  readonly name: string
  /** For looking: an Answer within the limit, never a throw. */
  read<T>(look: (database: SeatDatabase) => PromiseLike<T>): Promise<Answer<T>>
  /** For changing: as `read`, with the sentence that says what became of the data. */
  write<T>(change: (database: SeatDatabase) => PromiseLike<T>): Promise<Answer<T>>
  /** Its files are damaged so that the browser does not open it, and will not by itself. */
  isDamaged(): boolean
  /** An empty one in its place; what it held is gone. */
  renew(): Promise<Answer<unknown>>
  /** For what a person was told is saved: beside `write`. */
  readonly places: TwoPlaces
  /** The outbox changed, in this window or another one. */
  tellOutbox(news: OutboxNews): void
  onOutbox(listener: (news: OutboxNews) => void): () => void
  /** A newer program in another window took the store over: it hears the sentence for the agent, once. */
  onTakenOver(listener: (text: string) => void): void
  /** It is being brought to this program's version, and that takes a while; false: it is over. */
  onUpgrade(listener: (isGoing: boolean) => void): void
  close(): void
}

const limitMs = 5_000
/** For the indexes over everything an old computer with a slow disk may hold. */
const upgradeMs = 15 * 60_000
const stalled = Symbol('stalled')
const unfinished = Symbol('unfinished')
const takenOver = Symbol('takenOver')

/** What Chromium says of files it cannot read; a full disk is told apart. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && error.name === 'UnknownError' && error.message.includes('opening backing store')

const unaffected = '已存内容不受影响'
const takenOverText = (kept: string): string =>
  `本机数据已由更新版本的程序接管，${kept}，请刷新页面或更新程序`

const problemOf = (error: unknown, writing: boolean): Answer<never> => {
  const kept = writing ? '内容未保存' : unaffected
  if (error === stalled) return failed('failed', `本机存储 5 秒没有响应，${kept}，请再试一次`)
  if (error === unfinished) return failed('failed', `本机存储一直没有整理好，${kept}，请再试一次`)
  if (error === takenOver) return failed('too_old', takenOverText(kept))
  return isFull(error)
    ? failed('failed', `本机磁盘已满，${kept}，请清理磁盘后再试`)
    : failed('failed', `本机存储出错，${kept}，请再试一次`)
}

/** Dexie wraps what the browser threw. */
const isFull = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'QuotaExceededError' || ('inner' in error && isFull(error.inner)))

/** [STORE-17] Dexie would open what is newer, and write into it: it is asked first. Dexie's numbers are ten times ours; 0: nothing. */
const versionOf = async (name: string): Promise<number> => {
  try {
    const all = await indexedDB.databases()
    return (all.find((each) => each.name === name)?.version ?? 0) / 10
  } catch {
    // Damaged files: opening them tells what is the matter, and an answer kept would never get better.
    return 0
  }
}

/** `journal` null: a browser seat, which has no second place. */
export const openStore = (name: string, clock: Clock, journal: SecondJournal | null = null): SeatStore => {
  let version = versionOf(name)
  /** [STORE-25] What lies there is of an older program: opening it takes what time it needs. */
  let isOld = false
  void version.then((found) => {
    isOld = found > 0 && found < newestVersion
  })
  const takenOverListeners = new Set<(text: string) => void>()
  const upgradeListeners = new Set<(isGoing: boolean) => void>()
  const tellUpgrade = (isGoing: boolean): void => {
    for (const listener of upgradeListeners) listener(isGoing)
  }
  const open = (): SeatDatabase => {
    const opened = tables(name)
    opened.dexie.on('ready', () => {
      if (!isOld) return
      isOld = false
      tellUpgrade(false)
    })
    // Dexie lets go of it by itself.
    opened.dexie.on('versionchange', ({ newVersion }) => {
      if (newVersion === null || newVersion <= newestVersion * 10) return
      version = Promise.resolve(newVersion / 10)
      for (const listener of takenOverListeners) listener(takenOverText(unaffected))
    })
    return opened
  }
  let database = open()
  let closed = false
  let damaged = false
  const channel = new BroadcastChannel(`${name}-outbox`)
  const listeners = new Set<(news: OutboxNews) => void>()
  const hear = (news: OutboxNews): void => {
    for (const listener of listeners) listener(news)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<OutboxNews>) => hear(data))

  const limited = async <T>(
    work: (database: SeatDatabase) => PromiseLike<T>,
    writing: boolean,
  ): Promise<Answer<T>> => {
    const used = database
    let cancel = (): void => undefined
    const begun = clock.tick()
    const limit = new Promise<never>((_, reject) => {
      cancel = clock.after(limitMs, function look() {
        if (!isOld) return reject(stalled)
        // [STORE-25] Closed now, it would be undone, and begin from nothing at every try.
        if (clock.tick() - begun >= upgradeMs) return reject(unfinished)
        tellUpgrade(true)
        cancel = clock.after(limitMs, look)
      })
    })
    const use = async (): Promise<T> => {
      if ((await version) >= newestVersion + 1) throw takenOver
      return work(used)
    }
    try {
      const working = use()
      // [SYNC-30] Answered as not saved, and on the disk all the same a moment later: the uploader must look again.
      if (writing) limit.catch(() => working.then(() => hear('more'))).catch(() => undefined)
      return done(await Promise.race([working, limit]))
    } catch (error) {
      // [STORE-8] A stalled or closed connection never recovers by itself: the next call gets a fresh one.
      damaged = isUnreadable(error)
      if (isOld) tellUpgrade(false)
      const isLate = error === stalled || error === unfinished
      const broken = damaged || isLate || (error instanceof Error && error.name === 'DatabaseClosedError')
      if (broken && !closed && database === used) {
        used.dexie.close()
        database = open()
      }
      return problemOf(error, writing)
    } finally {
      cancel()
    }
  }

  return {
    name,
    read: (look) => limited(look, false),
    write: (change) => limited(change, true),
    isDamaged: () => damaged,
    async renew() {
      database.dexie.close()
      isOld = false
      // Not through Dexie, which would open it first.
      const answer = await limited(() => answered(indexedDB.deleteDatabase(name)), true)
      database = open()
      return answer
    },
    places: twoPlaces(journal),
    tellOutbox(news) {
      hear(news)
      if (closed) return
      // A BroadcastChannel has no target to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      channel.postMessage(news)
    },
    onOutbox(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onTakenOver: (listener) => void takenOverListeners.add(listener),
    onUpgrade: (listener) => void upgradeListeners.add(listener),
    close() {
      closed = true
      channel.close()
      database.dexie.close()
    },
  }
}
