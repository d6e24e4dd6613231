// The central database behind one interface and one SQL dialect: PostgreSQL when an address is given,
// otherwise the embedded one in the data folder. Says which failures mean "not now" and repeats a transaction
// that lost a race; what the tables mean is left to the files that ask.
import { openEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'

export interface Queries {
  /** Rows of one statement. Values travel only as parameters; JSON is passed as text. */
  rows<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /** Several statements without parameters. */
  script(sql: string): Promise<void>
}

/** What a driver must provide. */
export interface Driver extends Queries {
  readonly kind: 'embedded' | 'postgres'
  once<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** The same, however long its statements take and it waits for its turn. */
  unhurried<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface Database extends Queries {
  readonly kind: Driver['kind']
  /** All or nothing, on disk when it returns. `work` may run up to 4 times when it loses a race. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** Lost a race (serialization failure, deadlock): the same work may succeed now. */
const lostRace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

const away = /^(08|57P0|53|58|25006|57014|55P03|XX001|XX002|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST)/
const awayText =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|PGlite is clos/i

/** The database cannot take this now (away, full, read-only, too slow); asking again later is right. */
export const isBusy = (error: unknown): boolean =>
  lostRace(error) || away.test(codeOf(error)) || (error instanceof Error && awayText.test(error.message))

/** It did not answer in time: a statement or the waiting for a lock was given up, or no connection came free. */
export const isTooSlow = (error: unknown): boolean =>
  ['57014', '55P03'].includes(codeOf(error)) ||
  (error instanceof Error &&
    /timeout exceeded when trying to connect|Query read timeout/i.test(error.message))

/** What may be said about a database error in a log: never its message, which can hold values. */
export const traceOf = (error: unknown): string => {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined
  const name = error instanceof Error ? error.name : typeof error
  return [name, codeOf(error), typeof constraint === 'string' ? constraint : ''].filter(Boolean).join(' ')
}

export const openDatabase = async (where: {
  readonly url: string | null
  readonly folder: string
  /** Opened for one errand, not by a centre that runs. */
  readonly errand?: boolean
}): Promise<Database> => {
  const { url, folder, errand = false } = where
  const driver = url === null ? await openEmbedded(folder) : await openPostgres(url, errand)
  const repeating = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work()
      } catch (error) {
        if (!lostRace(error) || attempt === 3) throw error
      }
    }
  }
  const transaction = <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
    repeating(() => driver.once(work))
  try {
    await migrate((work) => repeating(() => driver.unhurried(work)))
  } catch (error) {
    await driver.close()
    throw error
  }
  return {
    kind: driver.kind,
    // A lone statement is a transaction of its own.
    rows: (sql, values) => repeating(() => driver.rows(sql, values)),
    script: (sql) => driver.script(sql),
    transaction,
    close: () => driver.close(),
  }
}
