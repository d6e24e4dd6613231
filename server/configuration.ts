// Everything the centre can be told at its start. arguments.ts reads it from the command line.
import path from 'node:path'
import type { GatewayAddress } from './outwardGateway.ts'
import type { Pbx } from './softphone.ts'

export interface Configuration {
  readonly port: number
  readonly host: string
  /** Data folder: embedded database, log, demo accounts. */
  readonly folder: string
  /** PostgreSQL; null: the embedded database. */
  readonly databaseUrl: string | null
  /** Name of the centre; null: as it is, or the usual one. */
  readonly name: string | null
  readonly demo: boolean
  readonly practice: boolean
  /** Program of the practice exchange. */
  readonly practiceExchange: string
  readonly pbx: Pbx | null
  /** Folder of the built renderer; null: the usual place. */
  readonly web: string | null
  /** Further origins whose pages may use the centre, e.g. the development server. */
  readonly origins: readonly string[]
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  /** Who carries outward messages; null: they are kept. */
  readonly gateway: GatewayAddress | null
  readonly logToFile: boolean
  /** Where the running centre puts its daily backups, and the secret they are encrypted with; null: it makes none. */
  readonly backups: { readonly folder: string; readonly secret: string } | null
}

export const usualConfiguration: Configuration = {
  port: 12351,
  host: '127.0.0.1',
  folder: path.resolve('data'),
  databaseUrl: null,
  name: null,
  demo: false,
  practice: false,
  practiceExchange: path.resolve(import.meta.dirname, '../practice/main.ts'),
  pbx: null,
  web: null,
  origins: [],
  tls: null,
  gateway: null,
  logToFile: true,
  backups: null,
}
