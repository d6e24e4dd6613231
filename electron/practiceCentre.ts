// Runs the practice centre on this computer: the same server program as in a union's server room, in its own
// process with made-up data, started when first asked for and ended with the desktop. Its data stay in one folder.
import { utilityProcess, type UtilityProcess } from 'electron'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { done, failed, type Answer } from '../contract/answer.ts'
import { note } from './log.ts'
import { words } from './words.ts'

/** The server's first line on standard output. The accounts are made up, like everything in a practice centre. */
const Announcement = z.object({
  address: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }),
  accounts: z.array(z.object({ account: z.string(), password: z.string(), name: z.string() })).default([]),
})
type Announcement = z.infer<typeof Announcement>

/** A first start writes the whole database; on a slow disk that takes a while. */
const startLimitMs = 90_000

export type PracticeCentre = {
  /** Same answer for everybody who asks while it runs; a centre that died is started again by the next question. */
  find(): Promise<Answer<{ url: string }>>
  stop(): void
}

/** Goes on reading after the first line: a pipe nobody empties would stop the server. */
function announced(stdout: NodeJS.ReadableStream): Promise<Announcement> {
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const parsed = Announcement.safeParse(parsedJson(line))
      if (parsed.success) resolve(parsed.data)
    })
  })
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** `told`: hears the demo accounts, for whoever started the program from a terminal. */
export function makePracticeCentre(
  program: string,
  folder: string,
  told: (accounts: Announcement['accounts']) => void,
): PracticeCentre {
  let running: { child: UtilityProcess; found: Promise<Answer<{ url: string }>> } | null = null

  const start = (): NonNullable<typeof running> => {
    const child = utilityProcess.fork(program, ['--demo', '--practice', '--port', '0', '--data', folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName: 'practice-centre',
    })
    const gone = new Promise<null>((resolve) => {
      child.once('exit', (code) => {
        note('practice centre ended', { code })
        if (running?.child === child) running = null
        resolve(null)
      })
    })
    const late = new Promise<null>((resolve) => {
      setTimeout(() => resolve(null), startLimitMs).unref()
    })
    let complaint = ''
    child.stderr?.on('data', (text: Buffer) => {
      complaint = `${complaint}${text.toString()}`.slice(-2000)
    })
    const listening = child.stdout === null ? null : announced(child.stdout)
    const settle = async (): Promise<Answer<{ url: string }>> => {
      const announcement = await Promise.race([listening, gone, late])
      if (announcement !== null) {
        told(announcement.accounts)
        return done({ url: announcement.address })
      }
      note('practice centre did not start', { complaint })
      child.kill()
      // The server's own sentence for a data folder that has another owner (server/lock.ts).
      const taken = complaint.includes('正被另一个')
      return failed('failed', taken ? words.problem.centreTaken : words.problem.centreStart)
    }
    const found = settle()
    return { child, found }
  }

  return {
    find() {
      running ??= start()
      return running.found
    },
    stop() {
      running?.child.kill()
      running = null
    },
  }
}
