// The PostgreSQL driver: a small pool with time limits, so a database that is away is noticed, not waited for, and a
// connection without them for what takes as long as the tables are large.
import { Client, Pool, types as pgTypes, type CustomTypesConfig, type PoolClient } from 'pg'
import type { Driver, Queries } from './database.ts'

// bigint comes as a number: every one we keep (epoch ms, cursors) is far below 2^53.
const int8: number = pgTypes.builtins.INT8
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pgTypes.getTypeParser(oid, format),
}

/** What a running centre calls itself at PostgreSQL. */
export const centreProgram = 'hotline-seat'

export const openPostgres = async (url: string, errand: boolean): Promise<Driver> => {
  const connection = {
    connectionString: url,
    types,
    connectionTimeoutMillis: 3_000,
    application_name: errand ? `${centreProgram} errand` : centreProgram,
  }
  const pool = new Pool({
    ...connection,
    max: 10,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    // Whoever waits its turn behind a slow transaction and is then slow itself still answers before the seat gives up.
    lock_timeout: 4_000,
    query_timeout: 12_000,
  })
  // An idle connection that breaks is replaced on the next use; without a listener it would end the process.
  pool.on('error', () => undefined)

  const on = (client: Pool | PoolClient | Client): Queries => ({
    rows: async <T extends object>(sql: string, values: readonly unknown[] = []) => {
      const result = await client.query<T>(sql, [...values])
      return result.rows
    },
    script: async (sql) => {
      await client.query(sql)
    },
  })

  const once = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    // A connection lost between two statements is reported by the next one.
    client.on('error', () => undefined)
    try {
      await client.query('begin')
      const value = await work(on(client))
      await client.query('commit')
      client.removeAllListeners('error')
      client.release()
      return value
    } catch (error) {
      const usable = await client.query('rollback').then(
        () => true,
        () => false,
      )
      client.removeAllListeners('error')
      client.release(!usable)
      throw error
    }
  }

  const unhurried = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => {
    // A database that went away without a word is noticed by the system.
    const client = new Client({ ...connection, keepAlive: true })
    client.on('error', () => undefined)
    await client.connect()
    try {
      await client.query('begin')
      const value = await work(on(client))
      await client.query('commit')
      return value
    } finally {
      // What was not committed goes with the connection.
      await client.end()
    }
  }

  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw error
  }
  return { kind: 'postgres', ...on(pool), once, unhurried, close: () => pool.end() }
}
