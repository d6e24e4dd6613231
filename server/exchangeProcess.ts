// How the practice exchange's program is started: as a process under Node, as a thread inside the packaged desktop,
// whose program may not be started as Node (Electron fuse RunAsNode is off). Either way a fault there stays there.
import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'

export interface ExchangeProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  /** Also called when it could not be started. */
  onEnd(listener: (code: number | null) => void): void
  kill(): void
}

const asProcess = (file: string): ExchangeProcess => {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'ignore'] })
  // A program that could not be started also closes; without a listener the error would end the centre.
  child.on('error', () => undefined)
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    onEnd: (listener) => void child.on('close', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

const asThread = (file: string): ExchangeProcess => {
  const { execArgv } = process
  const worker = new Worker(file, { stdin: true, stdout: true, stderr: true, execArgv, argv: [] })
  worker.stderr.resume()
  worker.on('error', () => undefined)
  if (worker.stdin === null) throw new Error('thread without stdin')
  return {
    stdin: worker.stdin,
    stdout: worker.stdout,
    onEnd: (listener) => void worker.on('exit', listener),
    kill: () => void worker.terminate(),
  }
}

/** Only a process that Electron started for its program has this port. */
export const startExchangeProcess = (file: string): ExchangeProcess =>
  'parentPort' in process ? asThread(file) : asProcess(file)
