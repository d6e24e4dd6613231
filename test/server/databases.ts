// The two databases every behaviour of the server is proved on: the embedded one in a new folder, and a real
// PostgreSQL cluster made for the test with its usual fsync. Nothing is left behind
// but an empty one of each, to be copied.
import { createHash } from 'node:crypto'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import {
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../../server/database.ts'
import { until } from './until.ts'

export interface Place {
  readonly folder: string
  /** null: the embedded database in `folder`. */
  readonly databaseUrl: string | null
  remove(): Promise<void>
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'hotline-'))

/** What an empty embedded database is made by: another program makes another one. */
const recipe = (): string => {
  const hash = createHash('sha256').update(process.version)
  const server = join(import.meta.dirname, '../../server')
  for (const name of [
    'embedded.ts',
    ...readdirSync(join(server, 'migrations')).map((file) => `migrations/${file}`),
  ])
    hash.update(readFileSync(join(server, name)))
  return hash.digest('hex').slice(0, 16)
}

/** A folder made once on this machine and copied from then on: making one takes seconds, copying one does not. */
const template = async (name: string, make: (folder: string) => Promise<void> | void): Promise<string> => {
  const kept = join(tmpdir(), name)
  if (existsSync(kept)) return kept
  const making = newFolder()
  await make(making)
  // Of two test runs that make it at once one wins; the other's is as good and thrown away.
  try {
    renameSync(making, kept)
  } catch {
    rmSync(making, { recursive: true, force: true })
  }
  return kept
}

/** A data folder with an empty embedded database, to be copied and never to be used. */
export const emptyEmbedded = (): Promise<string> =>
  template(`hotline-template-${recipe()}`, async (making) =>
    (await openDatabase({ url: null, folder: making })).close(),
  )

/** A data folder of one's own with an empty embedded database. */
export const newEmbeddedFolder = async (): Promise<string> => {
  const folder = newFolder()
  cpSync(await emptyEmbedded(), folder, { recursive: true, mode: constants.COPYFILE_FICLONE })
  return folder
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Newest PostgreSQL programs of this machine. */
const programs = (): string => {
  const folders = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
    : []
  const found = [...folders, ...(process.env['PATH'] ?? '').split(':')].find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  )
  if (found === undefined)
    throw new Error(
      'PostgreSQL is not installed: on Debian run `apt-get install postgresql`, then test again.',
    )
  return found
}

/** PostgreSQL refuses to run as root: then it runs as nobody. It ends when the test that started it is gone. */
const asNobody = (): { prefix: string[]; uid: number } | null =>
  process.getuid?.() === 0
    ? {
        prefix: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--pdeathsig=INT'],
        uid: 65_534,
      }
    : null

export interface Cluster {
  /** Its folder, which stands on its command line. */
  readonly data: string
  /** A new, empty database. */
  newDatabase(): Promise<string>
  /** Ends it without warning, as a power cut of the machine's processes would. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export const newCluster = async (): Promise<Cluster> => {
  const bin = programs()
  const other = asNobody()
  const run = (name: string, ...args: string[]): [string, string[]] => {
    const [program = '', ...rest] = [...(other?.prefix ?? []), join(bin, name), ...args]
    return [program, rest]
  }
  const own = (folder: string): void => {
    chmodSync(folder, 0o755)
    if (other !== null) chownSync(folder, other.uid, other.uid)
  }
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  const empty = await template(
    `hotline-cluster-${version.replace(/\W+/g, '-')}${userInfo().uid}`,
    (making) => {
      own(making)
      const args = ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8']
      execFileSync(...run('initdb', '-D', join(making, 'data'), ...args), { stdio: 'pipe', cwd: making })
    },
  )
  const folder = newFolder()
  own(folder)
  const data = join(folder, 'data')
  // It keeps whose they are, as Node's copying does not.
  execFileSync('cp', ['-Rp', join(empty, 'data'), data])
  const port = await freePort()
  const urlOf = (database: string): string => `postgresql://postgres@127.0.0.1:${port}/${database}`
  let server: ChildProcess | null = null
  let count = 0

  const query = async (sql: string): Promise<boolean> => {
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    try {
      await client.connect()
      await client.query(sql)
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const start = async (): Promise<void> => {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
    const [program, args] = run('postgres', '-D', data, ...settings.flatMap((setting) => ['-c', setting]))
    server = spawn(program, args, { stdio: 'ignore', cwd: folder })
    await until(() => query('select 1'), 'PostgreSQL answers', 30_000)
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = server
    server = null
    if (running === null) return
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()))
    running.kill(signal)
    await gone
  }
  await start()
  return {
    data,
    newDatabase: async () => {
      count += 1
      const name = `hotline_${count}`
      if (!(await query(`create database ${name}`))) throw new Error(`${name} could not be made`)
      return urlOf(name)
    },
    // The postmaster's children see their parent gone and end by themselves.
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      // Nothing of it is wanted any more: it need not write down what it holds.
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface DatabaseKind {
  readonly name: 'embedded' | 'postgres'
  /** A new place for a centre; `stop` ends what the kind itself needed. */
  newPlace(): Promise<Place>
  stop(): Promise<void>
}

const embedded = (): DatabaseKind => ({
  name: 'embedded',
  newPlace: async () => {
    const folder = await newEmbeddedFolder()
    return {
      folder,
      databaseUrl: null,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
  stop: async () => undefined,
})

const postgres = (): DatabaseKind => {
  let cluster: Promise<Cluster> | null = null
  return {
    name: 'postgres',
    newPlace: async () => {
      cluster ??= newCluster()
      const databaseUrl = await (await cluster).newDatabase()
      const folder = newFolder()
      return { folder, databaseUrl, remove: async () => rmSync(folder, { recursive: true, force: true }) }
    },
    stop: async () => (await cluster)?.stop(),
  }
}

/** For describe.each: what is said once must hold on both. */
export const bothDatabases: readonly [name: DatabaseKind['name'], make: () => DatabaseKind][] = [
  ['embedded', embedded],
  ['postgres', postgres],
]
