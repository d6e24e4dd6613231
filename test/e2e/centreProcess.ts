// The central server as an operator starts it: its own process, the port kept over restarts.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePorts } from '../pbx/freePorts.ts'
import { leash } from '../pbx/leash.ts'
import { emptyEmbedded } from '../server/databases.ts'
import { compiled } from '../server/program.ts'

export type DemoAccount = {
  readonly account: string
  readonly password: string
  readonly name: string
  readonly role: string
  readonly extension: string | null
}

export type CentreProcess = {
  readonly address: string
  readonly accounts: readonly DemoAccount[]
  passwordOf(account: string): string
  /** SIGTERM and gone. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  start(): Promise<void>
}

type Line = { readonly address: string; readonly accounts?: readonly DemoAccount[] }

const program = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

/** `flags` as on the command line, without --port and --data. A new embedded database is a copy of an empty one. */
export const startCentre = async (options: {
  readonly data: string
  readonly databaseUrl: string | null
  readonly flags: readonly string[]
}): Promise<CentreProcess> => {
  if (options.databaseUrl === null && !existsSync(options.data))
    cpSync(await emptyEmbedded(), options.data, { recursive: true })
  const [port = 0] = await freePorts([{ kind: 'tcp', host: '127.0.0.1' }])
  let child: ChildProcess | null = null
  let line: Line = { address: '' }

  const start = async (): Promise<void> => {
    const [command = '', ...args] = [
      ...leash(),
      process.execPath,
      program,
      '--port',
      String(port),
      '--data',
      options.data,
      ...options.flags,
    ]
    const env: NodeJS.ProcessEnv = { ...process.env, NODE_COMPILE_CACHE: compiled }
    delete env['DATABASE_URL']
    if (options.databaseUrl !== null) env['DATABASE_URL'] = options.databaseUrl
    const started = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    let complaints = ''
    started.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    line = await new Promise<Line>((resolve, reject) => {
      createInterface(started.stdout).once('line', (text) => resolve(JSON.parse(text) as Line))
      started.once('exit', () => reject(new Error(`the centre did not start: ${complaints}`)))
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    const gone = once(running, 'exit')
    running.kill(signal)
    await gone
  }
  await start()
  return {
    address: line.address,
    accounts: line.accounts ?? [],
    passwordOf: (account) => line.accounts?.find((each) => each.account === account)?.password ?? '',
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
  }
}
