// What a disk does to a store's files while the program is closed.
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files of the browser's database, the largest first. */
const filesOf = (folder: string, ending: string): string[] => {
  const place = join(folder, 'profile/Default/IndexedDB')
  const [database = ''] = readdirSync(place).filter((name) => name.endsWith('.leveldb'))
  return readdirSync(join(place, database))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(place, database, name))
    .toSorted((a, b) => statSync(b).size - statSync(a).size)
}

export const damages: Record<string, (folder: string) => void> = {
  'with 64 bytes flipped in the middle of its log'(folder) {
    const [log = ''] = filesOf(folder, '.log')
    const bytes = readFileSync(log)
    const middle = Math.floor(bytes.length / 2)
    for (let at = middle; at < middle + 64; at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff
    writeFileSync(log, bytes)
  },
  'whose log was cut in half'(folder) {
    const [log = ''] = filesOf(folder, '.log')
    truncateSync(log, Math.floor(statSync(log).size / 2))
  },
  'whose manifest is rubbish'(folder) {
    for (const file of readdirSync(join(filesOf(folder, '.log')[0] ?? '', '..')))
      if (file.startsWith('MANIFEST'))
        writeFileSync(join(filesOf(folder, '.log')[0] ?? '', '..', file), 'rubbish')
  },
  'whose folder was deleted'(folder) {
    rmSync(join(folder, 'profile/Default/IndexedDB'), { recursive: true })
  },
}
