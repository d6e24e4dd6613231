// The real PBX as tests use it: startPbx() gives a booted Asterisk with its own folder, ports, secrets and
// certificate; stop, kill -9 and restart it; ask about queue, seats and recordings. Callers: caller.ts.
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAmi, type Ami, type Fields, type Message } from './ami.ts'
import { configure, readRun, type PbxOptions, type Run } from './configure.ts'
import { fetchPbx, type PbxRoot } from './fetch.ts'
import { leash } from './leash.ts'
import { channelsOf, membersOf, registeredIn, waitingIn, type Channel, type Member } from './questions.ts'
import { isEmpty, recordingsIn, type Recording } from './recordings.ts'
import { until } from './until.ts'

export interface StartOptions extends PbxOptions {
  /** Run folder; when left out a fresh one under the system's temporary folder, removed by stop(). */
  dir?: string
  /** Numbers signed in to queue 12351 from the start; default every 1xxx seat. */
  members?: readonly string[]
  /** Leave it running when this process ends. */
  detached?: boolean
}

export interface Pbx extends Run {
  wsUrl: string
  wssUrl: string
  version: string
  /** 0 while it is down. */
  pid: () => number
  /** Output of an Asterisk CLI command. */
  rx: (command: string) => Promise<string>
  ami: (action: string, fields?: Fields) => Promise<Message>
  amiList: (action: string, fields?: Fields) => Promise<Message[]>
  /** Every manager event, also after a restart; returns how to stop listening. */
  onEvent: (listener: (event: Message) => void) => () => void
  /** Waits for an event to come; ask before causing it. */
  nextEvent: (matches: (event: Message) => boolean, withinMs?: number) => Promise<Message>
  members: () => Promise<Member[]>
  /** Callers waiting in 12351. */
  waiting: () => Promise<number>
  isRegistered: (number: string) => Promise<boolean>
  untilRegistered: (number: string, withinMs?: number) => Promise<void>
  channels: () => Promise<Channel[]>
  /** Nobody talks, rings or waits any more. */
  untilQuiet: (withinMs?: number) => Promise<void>
  recordings: (callRef?: string) => Recording[]
  /** The recordings of a call once both legs are closed. */
  recordingOf: (callRef: string, withinMs?: number) => Promise<Recording>
  log: () => string
  /** Something that ends when this PBX is stopped, e.g. a caller. */
  alongside: (end: () => void) => void
  /** Orderly end; a run folder of its own making is removed. */
  stop: () => Promise<void>
  /** kill -9: no BYE, no goodbye on any socket. Queue members signed in within the last second may be forgotten. */
  kill: () => Promise<void>
  /** Up again with the same ports, secrets and certificate, ending it first if it runs. */
  restart: () => Promise<void>
}

export async function startPbx(options: StartOptions = {}): Promise<Pbx> {
  const root = await fetchPbx()
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'pbx-'))
  const run = await configure(root, dir, options)
  const pbx = drive(root, run, {
    detached: options.detached ?? false,
    removeDir: options.dir === undefined,
  })
  await pbx.restart()
  const members = options.members ?? Object.keys(run.secrets).filter((number) => number.startsWith('1'))
  for (const number of members)
    await pbx.ami('QueueAdd', {
      Queue: '12351',
      Interface: `PJSIP/${number}`,
      MemberName: number,
      StateInterface: `PJSIP/${number}`,
    })
  return pbx
}

/** Takes over a PBX another process left running; null when none runs from that folder. */
export async function findPbx(dir: string): Promise<Pbx | null> {
  const run = readRun(dir)
  if (!run || pidOf(run) === 0) return null
  const pbx = drive(await fetchPbx(), run, { detached: true, removeDir: false })
  await pbx.rx('core show version')
  return pbx
}

/** The process that runs from this folder, 0 when there is none: a stale pid never matches another program. */
function pidOf(run: Run): number {
  const file = join(run.dir, 'asterisk.process')
  if (!existsSync(file)) return 0
  const pid = Number(readFileSync(file, 'utf8'))
  const command = `/proc/${pid}/cmdline`
  return existsSync(command) && readFileSync(command, 'utf8').includes(join(run.dir, 'etc')) ? pid : 0
}

/** Ports and sockets are free only when the last thread is gone, a moment after the process seems to be. */
function lives(pid: number): boolean {
  try {
    const dead = readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tZ')
    return !dead || readdirSync(`/proc/${pid}/task`).length > 1
  } catch {
    return false
  }
}

/** The answer tells whether it has ended already; a process just begun does not yet show what it runs. */
function launch(root: PbxRoot, run: Run, detached: boolean): () => boolean {
  const asterisk = [root.command, ...root.args, '-f', '-C', join(run.dir, 'etc/asterisk.conf')]
  const [command = '', ...args] = [...(detached ? [] : leash()), ...asterisk]
  const output = openSync(join(run.dir, 'log/output'), 'a')
  const child = spawn(command, args, { cwd: run.dir, detached, stdio: ['ignore', output, output] })
  closeSync(output)
  child.unref()
  writeFileSync(join(run.dir, 'asterisk.process'), String(child.pid))
  return () => child.exitCode !== null || child.signalCode !== null
}

function drive(root: PbxRoot, run: Run, how: { detached: boolean; removeDir: boolean }): Pbx {
  const listeners = new Set<(event: Message) => void>()
  const companions = new Set<() => void>()
  const login = { host: run.host, port: run.amiPort, user: run.amiUser, secret: run.amiSecret }
  let connection: Ami | null = null
  const open = async (): Promise<Ami> =>
    (connection ??= await openAmi(login, (event) => listeners.forEach((listener) => listener(event))))
  const list = async (action: string, fields?: Fields): Promise<Message[]> =>
    (await open()).list(action, fields)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    connection?.close()
    connection = null
    const pid = pidOf(run)
    if (pid === 0) return
    process.kill(pid, signal)
    await until('the PBX to end', () => !lives(pid), 10_000, 5)
  }
  const onEvent = (listener: (event: Message) => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const recordings = (callRef?: string): Recording[] =>
    recordingsIn(join(run.dir, 'rec')).filter((one) => callRef === undefined || one.callRef === callRef)
  const isRegistered = async (number: string): Promise<boolean> => (await registeredIn(list)).includes(number)

  return {
    ...run,
    wsUrl: `ws://${run.host}:${run.wsPort}/ws`,
    wssUrl: `wss://${run.host}:${run.wssPort}/ws`,
    version: root.version,
    pid: () => pidOf(run),
    rx: async (command) => (await (await open()).action('Command', { Command: command }))['Output'] ?? '',
    ami: async (action, fields) => (await open()).action(action, fields),
    amiList: list,
    onEvent,
    nextEvent: (matches, withinMs = 10_000) =>
      new Promise((settle, fail) => {
        const stop = onEvent((event) => {
          if (!matches(event)) return
          clearTimeout(timer)
          stop()
          settle(event)
        })
        const timer = setTimeout(() => {
          stop()
          fail(new Error(`the PBX told no such event within ${withinMs} ms`))
        }, withinMs)
        timer.unref()
      }),
    members: () => membersOf(list),
    waiting: () => waitingIn(list),
    isRegistered,
    async untilRegistered(number, withinMs) {
      await until(`seat ${number} to register`, () => isRegistered(number), withinMs)
    },
    channels: () => channelsOf(list),
    async untilQuiet(withinMs) {
      let left: Channel[] = []
      const quiet = async (): Promise<boolean> => (left = await channelsOf(list)).length === 0
      await until('every call to end', quiet, withinMs).catch((problem: unknown) => {
        throw new Error(`${String(problem)} Still there: ${JSON.stringify(left)}`)
      })
    },
    recordings,
    recordingOf(callRef, withinMs) {
      const isOver = async (): Promise<boolean> =>
        (await channelsOf(list)).every((channel) => channel.callRef !== callRef)
      const found = async (): Promise<Recording | undefined> => {
        const [one] = recordings(callRef)
        return one && (one.closed || (isEmpty(one) && (await isOver()))) ? one : undefined
      }
      return until(`the recording of ${callRef}`, found, withinMs)
    },
    log: () => readFileSync(join(run.dir, 'log/full'), 'utf8'),
    alongside: (companion) => void companions.add(companion),
    async stop() {
      for (const leave of companions) leave()
      companions.clear()
      await end('SIGTERM')
      if (how.removeDir) rmSync(run.dir, { recursive: true, force: true })
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM')
      const hasEnded = launch(root, run, how.detached)
      const booted = async (): Promise<boolean> => {
        if (hasEnded()) throw new Error(`The test PBX did not start:\n${tail(join(run.dir, 'log/output'))}`)
        return open().then(
          () => true,
          () => false,
        )
      }
      await until('the PBX to boot', booted, 30_000, 15)
    },
  }
}

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n')
