// [SERVER-54] Does the centre keep what it is given? It learns so from every request the database could not take, and looks
// by itself: a small change may find room on a disk that is full, so the look writes pages that need room of their own.
import fs from 'node:fs'
import { done } from '../contract/answer.ts'
import type { Keeping } from '../contract/keeping.ts'
import { troublesOf } from '../core/keeping/keeping.ts'
import type { Handler } from './centre.ts'
import type { Configuration } from './configuration.ts'
import { codeOf, isTooSlow, traceOf, type Database, type Queries } from './database.ts'
import type { Log } from './log.ts'
import { problems } from './problems.ts'
import { PROTOCOL } from '../contract/version.ts'

/** Between two looks; the first while the database is well. */
const lookMs = 60_000
const soonMs = 2_000
/** Rows of a page each that are written: a few, and more before a database that failed is said to be well again. */
const fewPages = 4
const manyPages = 64

type Unwritable = NonNullable<Keeping['unwritable']>

/** A log file of PostgreSQL needs as much at once; without it, it gives up. */
const logFileBytes = 16 * 1024 ** 2

/** null: says nothing about whether it writes (too slow, a race). */
const whyOf = (error: unknown, freeBytes: number | null): Unwritable['why'] | null => {
  const code = codeOf(error)
  if (code === '53100') return 'full'
  if (code === '25006') return 'readOnly'
  if (/^(58|XX00)/.test(code)) return freeBytes !== null && freeBytes < logFileBytes ? 'full' : 'failed'
  if (isTooSlow(error) || /^(40|55|57014)/.test(code)) return null
  return 'away'
}

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', '53100'].includes(codeOf(error))

/** Bytes an ordinary user may still write there; null: it cannot be asked. */
const freeIn = (folder: string): number | null => {
  try {
    const { bavail, bsize } = fs.statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

const tryWriting = async (database: Database, pages: number): Promise<void> => {
  await database.rows('delete from write_trial')
  await database.script('vacuum write_trial')
  await database.rows(
    'insert into write_trial select repeat(md5(n::text), 240) from generate_series(1, $1::int) n',
    [pages],
  )
}

/** A good backup was made, by whichever process. */
export const noteBackup = async (queries: Queries, at: number): Promise<void> => {
  await queries.rows(
    'update keeping set backed_up_at = $1::bigint where backed_up_at is null or backed_up_at < $1::bigint',
    [at],
  )
}

export interface Keeper {
  read(): Promise<Keeping>
  /** The database did not take something. */
  noticed(error: unknown): void
  /** null: a backup was made. */
  backedUp(error: unknown): void
  stop(): Promise<void>
}

export const openKeeper = (given: {
  readonly database: Database
  readonly configuration: Pick<Configuration, 'folder' | 'backups'>
  readonly now: () => number
  readonly log: Log
}): Keeper => {
  const { database, configuration, now, log } = given
  const { folder, backups } = configuration
  let unwritable: Unwritable | null = null
  let failing: Keeping['backup']['failing'] = null
  let lastAt: number | null = null
  let lookedAt = -Infinity
  let looking: Promise<void> = Promise.resolve()

  const noticed = (error: unknown): void => {
    const why = whyOf(error, database.kind === 'embedded' ? freeIn(folder) : null)
    if (why === null || unwritable?.why === why) return
    unwritable = { since: unwritable?.since ?? now(), why }
    log('error', 'database does not write', { why, trace: traceOf(error) })
  }
  const look = async (): Promise<void> => {
    try {
      await tryWriting(database, unwritable === null ? fewPages : manyPages)
      const [row] = await database.rows<{ backed_up_at: number | null }>('select backed_up_at from keeping')
      lastAt = row?.backed_up_at ?? null
      if (unwritable !== null) log('info', 'database writes again')
      unwritable = null
    } catch (error) {
      noticed(error)
    }
  }
  /** Nobody but those who ask about a failed database waits for the answer of a look. */
  const lookIfDue = async (): Promise<void> => {
    const at = performance.now()
    if (at - lookedAt >= (unwritable === null ? lookMs : soonMs)) {
      lookedAt = at
      looking = looking.then(look)
    }
    if (unwritable !== null) await looking
  }
  const timer = setInterval(() => void lookIfDue(), lookMs)
  void lookIfDue()

  return {
    noticed,
    backedUp(error) {
      if (error === null) failing = null
      else failing = { since: failing?.since ?? now(), why: isFull(error) ? 'full' : 'failed' }
      lookedAt = -Infinity
    },
    async read() {
      await lookIfDue()
      const places = [
        ['data', folder],
        ['backup', backups?.folder ?? null],
      ] as const
      return {
        unwritable,
        room: places.flatMap(([place, where]) => {
          const freeBytes = where === null ? null : freeIn(where)
          return freeBytes === null ? [] : [{ place, freeBytes }]
        }),
        backup: { daily: backups !== null, lastAt, failing },
      }
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/**
 * [SERVER-55] 503 only where nothing can be stored: seats wait then before they send, and a monitor rings. What needs
 * somebody's look but loses nothing stays 200.
 */
export const readHealth: Handler<'health'> = async (_input, _asking, centre) => {
  try {
    await centre.database.rows('select 1')
  } catch (error) {
    if (isTooSlow(error)) throw error
    centre.keeper.noticed(error)
  }
  const keeping = await centre.keeper.read()
  if (keeping.unwritable !== null) {
    const answer = { ...problems.cannotWrite(keeping.unwritable.why), state: 'cannotWrite', keeping }
    return done({ written: Buffer.from(JSON.stringify(answer)), status: 503 })
  }
  return done({
    ok: true,
    centre: centre.identity.id,
    protocol: PROTOCOL,
    serverNow: centre.now(),
    practice: centre.identity.practice,
    pbx: [...centre.telephones()],
    state: troublesOf(keeping, centre.now()).length > 0 ? 'warn' : 'well',
    keeping,
  })
}

export const readKeeping: Handler<'keeping.read'> = async (_input, _asking, centre) =>
  done({ keeping: await centre.keeper.read(), serverNow: centre.now() })
