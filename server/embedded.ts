// The embedded database: PGlite made durable. As shipped it starts PostgreSQL with fsync off and its file
// system ignores fsync, so a power cut loses nearly every acknowledged row. Here both are mended and one
// process at a time may open a folder (docs/decisions/0002-embedded-database.md). Depends on PGlite's
// internals: its version is pinned and test/server/embedded.test.ts counts the fsyncs of a commit.
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { Driver, Queries } from './database.ts'
import { takeLock } from './lock.ts'
import { makeFolder } from './makeFolder.ts'
import { syncFile, syncFolder } from './syncDisk.ts'

/** `nfd`: the system's own number of an open file; a duplicate of a stream shares it. */
interface Stream {
  nfd?: number
  readonly node: object
  readonly shared: { readonly refcount?: number }
}

/** The parts of Emscripten's file system that are touched here. */
interface EmscriptenFs {
  filesystems: {
    NODEFS: {
      stream_ops: {
        fsync?: (stream: Stream) => number
        open: (stream: Stream) => void
        close: (stream: Stream) => void
      }
      realPath: (node: object) => string
    }
  }
  ErrnoError: new (errno: number) => Error
}

/** A later PGlite may look different inside: then it must not start, rather than start without fsync. */
const isEmscriptenFs = (value: object): value is EmscriptenFs =>
  'filesystems' in value &&
  typeof value.filesystems === 'object' &&
  value.filesystems !== null &&
  'NODEFS' in value.filesystems &&
  'ErrnoError' in value

const eio = 29

/** NodeFS whose fsync reaches the disk, for files and for folders (a renamed WAL segment needs both). */
class DurableNodeFS extends NodeFS {
  /** PostgreSQL gave up, e.g. because the disk cannot sync. */
  aborted = false
  /** What is open now, as the system counts it. */
  readonly #open = new Set<number>()

  /**
   * It must not be asked again, and closes nothing itself any more: some forty files at each failure, and a disk that stays
   * full for an hour would leave the program none.
   */
  giveUp(): void {
    this.aborted = true
    for (const file of this.#open)
      try {
        fs.closeSync(file)
      } catch {
        // It is closed all the same.
      }
    this.#open.clear()
  }

  override async init(...given: Parameters<NodeFS['init']>): Promise<Awaited<ReturnType<NodeFS['init']>>> {
    const made = await super.init(...given)
    made.emscriptenOpts.preRun = [
      ...(made.emscriptenOpts.preRun ?? []),
      (module) => {
        Object.assign(module, {
          onAbort: () => {
            this.aborted = true
          },
        })
        const files: object = module.FS
        if (!isEmscriptenFs(files)) throw new Error('PGlite has changed inside: fsync cannot be put in')
        const nodefs = files.filesystems.NODEFS
        const { open, close } = nodefs.stream_ops
        nodefs.stream_ops.open = (stream) => {
          open(stream)
          if (stream.nfd !== undefined) this.#open.add(stream.nfd)
        }
        nodefs.stream_ops.close = (stream) => {
          const { nfd } = stream
          try {
            close(stream)
          } finally {
            if (nfd !== undefined && !stream.shared.refcount) this.#open.delete(nfd)
          }
        }
        nodefs.stream_ops.fsync = (stream) => {
          try {
            if (stream.nfd === undefined) syncFolder(nodefs.realPath(stream.node))
            else fs.fsyncSync(stream.nfd)
            return 0
          } catch {
            throw new files.ErrnoError(eio)
          }
        }
      },
    ]
    return made
  }
}

/** What initdb wrote was never synced: done once, before the first row can be acknowledged. */
const syncTree = (folder: string): void => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) syncTree(name)
    else if (entry.isFile()) syncFile(name)
  }
  syncFolder(folder)
}

const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'timezone=Asia/Shanghai',
  // Of the usual 128 MB it fills every page at its start; `npm run storm` takes as long with a quarter of them.
  '-c',
  'shared_buffers=32MB',
]

const placeIn = (folder: string): string => path.join(folder, 'database')
const readyIn = (folder: string): string => path.join(folder, 'database.ready')

/** Is there an embedded database in this data folder? */
export const hasEmbedded = (folder: string): boolean => fs.existsSync(readyIn(folder))

/** Starts PostgreSQL on the files, making and syncing them the first time. */
const begin = async (folder: string, durable: DurableNodeFS): Promise<PGlite> => {
  const pglite = new PGlite({ fs: durable, startParams })
  await pglite.waitReady
  // PGlite asks a dead PostgreSQL again and again, for ever, without letting anything else run.
  const raw = pglite.execProtocolRawSync.bind(pglite)
  pglite.execProtocolRawSync = (message) => {
    if (durable.aborted) throw new Error('PostgreSQL has given up')
    return raw(message)
  }
  if (!hasEmbedded(folder)) {
    const ready = readyIn(folder)
    syncTree(placeIn(folder))
    fs.writeFileSync(ready, 'complete\n')
    syncFile(ready)
    syncFolder(folder)
  }
  return pglite
}

/** PostgreSQL on these files, for as long as it works. */
interface Instance {
  readonly pglite: PGlite
  readonly giveUp: () => void
}

const openFiles = async (folder: string): Promise<Instance> => {
  // A creation that was cut short has nothing in it that was ever acknowledged.
  if (!hasEmbedded(folder)) fs.rmSync(placeIn(folder), { recursive: true, force: true })
  // database.lock says who is here. Left empty by a start that failed in the middle, PostgreSQL's own mark would bar every later one.
  fs.rmSync(path.join(placeIn(folder), 'postmaster.pid'), { force: true })
  // What was set aside by one that ended in the middle: only a postmaster would look for it.
  fs.rmSync(path.join(placeIn(folder), 'base', 'pgsql_tmp'), { recursive: true, force: true })
  const durable = new DurableNodeFS(placeIn(folder))
  const giveUp = (): void => durable.giveUp()
  try {
    return { pglite: await begin(folder, durable), giveUp }
  } catch (error) {
    giveUp()
    throw error
  }
}

/** PostgreSQL gave up (a disk that cannot sync) or the program under it broke: this instance must not be asked again. */
const isFatal = (error: unknown): boolean => {
  const severity = error instanceof Error && 'severity' in error ? error.severity : 'none'
  return severity === 'none' || severity === 'PANIC' || severity === 'FATAL'
}

const notNow = (): Error => Object.assign(new Error('the embedded database failed'), { code: '58030' })

export const openEmbedded = async (folder: string): Promise<Driver> => {
  makeFolder(folder)
  const unlock = await takeLock(path.join(folder, 'database.lock'))
  let current: Instance | null
  try {
    current = await openFiles(folder)
  } catch (error) {
    unlock()
    throw error
  }

  let closed = false
  // One piece of work at a time: PGlite has one session, and a transaction owns it until it is done.
  let last: Promise<unknown> = Promise.resolve()
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const ask = async <T>(work: (pglite: PGlite) => Promise<T>): Promise<T> => {
    // A statement is done without a pause and the next one would follow at once: with many waiting, nothing that comes in by
    // network or timer would have its turn before all of them.
    await breath()
    if (closed) throw notNow()
    // After a failure the files are opened anew: PostgreSQL then recovers from its log as after a crash.
    current ??= await openFiles(folder).catch(() => {
      throw notNow()
    })
    try {
      return await work(current.pglite)
    } catch (error) {
      if (!isFatal(error)) throw error
      current.giveUp()
      current = null
      throw notNow()
    }
  }
  const queries: Queries = {
    rows: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
      (await ask((pglite) => pglite.query<T>(sql, [...values]))).rows,
    script: async (sql) => {
      await ask((pglite) => pglite.exec(sql))
    },
  }
  const once = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => {
    await queries.rows('begin')
    const session = current
    try {
      const value = await work(queries)
      await queries.rows('commit')
      return value
    } catch (error) {
      // A new instance knows nothing of the old one's transaction.
      if (current !== null && current === session) await queries.rows('rollback')
      throw error
    }
  }
  return {
    kind: 'embedded',
    rows: (sql, values) => alone(() => queries.rows(sql, values)),
    script: (sql) => alone(() => queries.script(sql)),
    once: (work) => alone(() => once(work)),
    unhurried: (work) => alone(() => once(work)),
    close: () =>
      alone(async () => {
        if (closed) return
        closed = true
        try {
          await current?.pglite.close()
        } finally {
          current?.giveUp()
          unlock()
        }
      }),
  }
}
