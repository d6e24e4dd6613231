// The server as a program of its own, for tests that kill it or read what it prints.
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const main = join(import.meta.dirname, '../../server/main.ts')

/** Half of what starting the program takes is reading it: done once for all tests. */
export const compiled = join(tmpdir(), 'hotline-compiled')

const Started = z.object({
  address: z.string(),
  centre: z.string(),
  practice: z.boolean(),
  database: z.enum(['embedded', 'postgres']),
  accounts: z.array(z.object({ account: z.string(), password: z.string() })).optional(),
})
export type Started = z.infer<typeof Started>

export interface Program {
  readonly started: Started
  passwordOf(account: string): string
  kill(): Promise<void>
  stop(): Promise<{ code: number | null; stdout: string; stderr: string }>
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const begin = (args: readonly string[], environment: Record<string, string>, input?: string) => {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  child.stdin.end(input ?? '')
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, finished, printed: () => stdout }
}

/** Runs an errand or a failing start to its end. */
export const runProgram = (
  args: readonly string[],
  options: { environment?: Record<string, string>; input?: string } = {},
): Promise<Finished> => begin(args, options.environment ?? {}, options.input).finished

/** Starts a centre; fails with what it said when it does not come up. */
export const startProgram = async (
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Program> => {
  const { child, finished, printed } = begin(['--port', '0', ...args], environment)
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      const look = (): void => {
        if (printed().includes('\n')) resolve(printed())
      }
      child.stdout.on('data', look)
    }),
    finished.then(({ stderr }) => {
      throw new Error(`the server did not start: ${stderr}`)
    }),
  ])
  const started = Started.parse(JSON.parse(line))
  return {
    started,
    passwordOf: (account) =>
      started.accounts?.find((each) => each.account === account)?.password ?? 'no such account',
    kill: async () => {
      child.kill('SIGKILL')
      await finished
    },
    stop: () => {
      child.kill('SIGTERM')
      return finished
    },
  }
}

/** A POST to a program, its answer's value; a lost connection rejects. */
export const post = async (
  address: string,
  path: string,
  body: unknown,
  token?: string,
): Promise<unknown> => {
  const response = await fetch(address + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  const answer: { ok: boolean; value?: unknown } = await response.json()
  if (!answer.ok) throw new Error(`${path}: ${response.status}`)
  return answer.value
}
