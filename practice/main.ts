// The practice exchange as a process of its own. Line protocol of contract/practice.ts over stdin and stdout, or over
// process messages where it was forked (child_process.fork, Electron's utilityProcess). A worker thread speaks lines.
// The first message is the configuration, unless --config FILE gives it. When the parent is gone, so is this.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { PracticeCommand, PracticeConfiguration, type PracticeEvent } from '../contract/practice.ts'
import { problem, startExchange, type Exchange } from './exchange.ts'

type ParentPort = {
  on(event: 'message', listener: (message: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

// A thread has its own stdin and stdout, whatever its process was started by.
const port = isMainThread ? (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort : undefined
let exchange: Exchange | null = null
let strayFaults = 0

function emit(event: PracticeEvent) {
  if (port) port.postMessage(event)
  else if (process.send) process.send(event)
  else process.stdout.write(`${JSON.stringify(event)}\n`)
}

async function begin(configuration: unknown) {
  exchange = await startExchange(PracticeConfiguration.parse(configuration), emit)
  const { url, realm, personas } = exchange
  emit({ event: 'listening', url, realm, personas })
}

async function receive(message: unknown) {
  if (!exchange) {
    await begin(message)
    return
  }
  const command = PracticeCommand.safeParse(message)
  if (!command.success) {
    emit({ event: 'refused', id: null, problem: problem('badCommand') })
    return
  }
  exchange.obey(command.data)
  if (command.data.do === 'close') await leave()
}

async function leave() {
  await exchange?.close()
  process.exit(0)
}

function fail(error: unknown) {
  process.stderr.write(
    `practice exchange not started: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
}

// Messages wait for each other, so that a command right behind the configuration finds the exchange started.
let queue = Promise.resolve()
function take(message: unknown) {
  queue = queue.then(() => receive(message)).catch(fail)
}

// A bug in the media stack's timers must cost one packet, not every live practice call.
process.on('uncaughtException', () => {
  strayFaults += 1
  emit({ event: 'fault', what: 'uncaught', count: strayFaults, at: Date.now() })
})
// Nobody reads any more: the parent is gone, or as good as gone.
process.stdout.on('error', () => void leave())
process.on('SIGTERM', () => void leave())
process.on('SIGINT', () => void leave())

const { values } = parseArgs({ options: { config: { type: 'string' } } })
if (values.config) take(JSON.parse(readFileSync(values.config, 'utf8')))

if (port) port.on('message', ({ data }) => take(data))
else if (process.send) {
  process.on('message', take)
  process.on('disconnect', () => void leave())
} else {
  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => {
    if (line.trim() === '') return
    try {
      take(JSON.parse(line))
    } catch {
      emit({ event: 'refused', id: null, problem: problem('badCommand') })
    }
  })
  input.on('close', () => void leave())
}
