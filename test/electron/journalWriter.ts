// A program that does nothing but save into a second journal and says so once it is answered; made to be killed.
// `node journalWriter.ts FOLDER FIRST`: lines `saved N` and `dropped N` on standard output.
import { writeSync } from 'node:fs'
import { openJournal } from '../../electron/journal.ts'
import { realDisk } from '../../electron/journalDisk.ts'

export const writtenStore = 'hotline-centre-1001'
export const writtenText = (n: number): string => `${n}`.repeat(300)

const writeForEver = async (folder: string, first: number): Promise<never> => {
  const journal = openJournal(
    realDisk(folder),
    { take: async () => null },
    { segmentBytes: 200_000, slackBytes: 400_000 },
  )
  const store = writtenStore
  for (let n = first; ; n += 1) {
    const puts = [{ key: `call:${n}`, rev: 1, sealed: Buffer.from(writtenText(n)).toString('base64') }]
    const answer = await journal.append({ store, saves: [{ puts, drops: [] }] })
    // The disk is gone under it: that is what it is for.
    if (!answer.ok) process.exit(1)
    writeSync(1, `saved ${n}\n`)
    // Most are acknowledged soon after, so that files come and go all the time.
    if (n % 7 === 0) continue
    writeSync(1, `dropped ${n}\n`)
    void journal.append({ store, saves: [{ puts: [], drops: [{ key: `call:${n}`, rev: 1, seq: null }] }] })
  }
}

const [folder, first] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && folder !== undefined)
  await writeForEver(folder, Number(first))
