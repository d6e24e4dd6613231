// What a disk does to the files of a seat that does not run: bytes flipped, the end cut off, a folder gone.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dice } from '../../test/sim/dice.ts'

export type Damage = 'flipped' | 'truncated' | 'deleted'

const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []

/** The largest file, so that it is one that holds records. */
const damageIn = (folder: string, how: Damage, dice: Dice, only: RegExp = /./): string => {
  if (how === 'deleted') {
    rmSync(folder, { recursive: true, force: true })
    return 'deleted'
  }
  const found = filesUnder(folder).filter((file) => only.test(file))
  const sizes = found.map((file) => ({ file, size: statSync(file).size }))
  const [largest] = sizes.filter(({ size }) => size > 64).toSorted((a, b) => b.size - a.size)
  if (!largest) return 'nothing to damage'
  if (how === 'truncated') truncateSync(largest.file, dice.between(1, largest.size - 1))
  else {
    const bytes = readFileSync(largest.file)
    for (let n = 0; n < 64; n += 1) {
      const at = dice.between(0, bytes.length - 1)
      bytes[at] = (bytes[at] ?? 0) ^ dice.between(1, 255)
    }
    writeFileSync(largest.file, bytes)
  }
  return `${how} a file of ${largest.size} bytes`
}

/**
 * The browser's database. `inLog`: as a power cut does it, in the log that is written; else wherever most lies. A damaged
 * table file empties the store whenever it is read, and of a browser seat nothing brings that back.
 */
export const damageStore = (profile: string, how: Damage, dice: Dice, inLog: boolean): string =>
  damageIn(join(profile, 'Default', 'IndexedDB'), how, dice, inLog ? /\.log$/ : undefined)

/** The second journal. */
export const damageJournal = (data: string, how: Damage, dice: Dice): string => {
  const journal = join(data, 'journal')
  const [store = ''] = existsSync(journal)
    ? readdirSync(journal, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? entry.name : [],
      )
    : []
  return store === '' ? 'nothing to damage' : damageIn(join(journal, store), how, dice)
}
