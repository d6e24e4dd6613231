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

/** What is damaged is the largest file, so that it is one that holds records. */
export const damageIn = (folder: string, how: Damage, dice: Dice): string => {
  if (how === 'deleted') {
    rmSync(folder, { recursive: true, force: true })
    return 'deleted'
  }
  const sizes = filesUnder(folder).map((file) => ({ file, size: statSync(file).size }))
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
