// Runs journalWriter.ts until it has saved a good deal, ends it as told, and compares what it was answered with what is there.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { openJournal } from '../../electron/journal.ts'
import { realDisk } from '../../electron/journalDisk.ts'
import { writtenStore, writtenText } from './journalWriter.ts'

const numbersOf = (printed: string, word: string): number[] =>
  printed
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith(word))
    .map((line) => Number(line.split(' ')[1]))

/** Lets it save at least `enough` records from `first` on, then `end`s it. What it was answered for and did not drop. */
export const writeUntil = async (
  folder: string,
  first: number,
  enough: number,
  end: (child: ChildProcess) => void,
): Promise<{ readonly owed: readonly number[]; readonly saved: number }> => {
  const program = join(import.meta.dirname, 'journalWriter.ts')
  const child = spawn(process.execPath, [program, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (numbersOf(printed, 'saved').length >= enough) resolve()
    })
    child.once('exit', () => reject(new Error('the writer ended by itself')))
  })
  end(child)
  const said = printed
  const gone = new Promise((resolve) => {
    child.once('close', resolve)
  })
  child.kill('SIGKILL')
  await gone
  const dropped = new Set(numbersOf(printed, 'dropped'))
  const saved = numbersOf(said, 'saved')
  return { owed: saved.filter((n) => !dropped.has(n)), saved: saved.length }
}

/** What the next start finds; throws at a value that was never handed over. */
export const foundAfter = async (folder: string): Promise<ReadonlySet<number>> => {
  const journal = openJournal(realDisk(folder), { take: async () => null })
  const found = new Set<number>()
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof journal.read>> = await journal.read({ store: writtenStore, after })
    if (!page.ok) throw new Error(page.problem.text)
    for (const { key, sealed } of page.value.entries) {
      const n = Number(key.slice('call:'.length))
      if (Buffer.from(sealed, 'base64').toString() !== writtenText(n))
        throw new Error(`${key} is a wrong one`)
      found.add(n)
    }
    after = page.value.next
    if (after === null) break
  }
  await journal.close()
  return found
}
