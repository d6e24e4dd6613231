// The embedded database: PGlite made durable. As shipped it starts PostgreSQL with fsync off and its file
// system ignores fsync, so a power cut loses nearly every acknowledged row. Here both are mended and one
// process at a time may open a folder (docs/decisions/0002-embedded-database.md). Depends on PGlite's
// internals: its version is pinned and test/server/embedded.test.ts counts the fsyncs of a commit.
import fs from 'node:fs'
import path from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import type { Driver, Queries } from './database.ts'
import { takeLock } from './lock.ts'

/** The parts of Emscripten's file system that are touched here. */
interface EmscriptenFs {
  filesystems: {
    NODEFS: {
      stream_ops: { fsync?: (stream: { nfd?: number; node: object }) => number }
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

const syncPath = (name: string): void => {
  const handle = fs.openSync(name, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** NodeFS whose fsync reaches the disk, for files and for folders (a renamed WAL segment needs both). */
class DurableNodeFS extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): Promise<Awaited<ReturnType<NodeFS['init']>>> {
    const made = await super.init(...given)
    made.emscriptenOpts.preRun = [
      ...(made.emscriptenOpts.preRun ?? []),
      (module) => {
        const files: object = module.FS
        if (!isEmscriptenFs(files)) throw new Error('PGlite has changed inside: fsync cannot be put in')
        const nodefs = files.filesystems.NODEFS
        nodefs.stream_ops.fsync = (stream) => {
          try {
            if (stream.nfd === undefined) syncPath(nodefs.realPath(stream.node))
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
    else if (entry.isFile()) syncPath(name)
  }
  syncPath(folder)
}

const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'timezone=Asia/Shanghai',
]

export const openEmbedded = async (folder: string): Promise<Driver> => {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = takeLock(path.join(folder, 'database.lock'))
  const place = path.join(folder, 'database')
  const ready = path.join(folder, 'database.ready')
  let pglite: PGlite
  try {
    // A creation that was cut short has nothing in it that was ever acknowledged.
    if (!fs.existsSync(ready)) fs.rmSync(place, { recursive: true, force: true })
    pglite = new PGlite({ fs: new DurableNodeFS(place), startParams })
    await pglite.waitReady
    if (!fs.existsSync(ready)) {
      syncTree(place)
      fs.writeFileSync(ready, 'complete\n')
      syncPath(ready)
      syncPath(folder)
    }
  } catch (error) {
    unlock()
    throw error
  }

  const on = (session: PGlite | Transaction): Queries => ({
    rows: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
      (await session.query<T>(sql, [...values])).rows,
    script: async (sql) => {
      await session.exec(sql)
    },
  })
  let closing: Promise<void> | null = null
  return {
    kind: 'embedded',
    ...on(pglite),
    once: (work) => pglite.transaction((transaction) => work(on(transaction))),
    close: () => (closing ??= pglite.close().finally(unlock)),
  }
}
