// Writes into the page keeper which files the build is made of (renderer/offlinePage/pageKeeper.worker.ts). Any changed
// file changes the script, which is how a browser notices that there is another build.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { pageKeeperFile } from '../contract/pageKeeper.ts'

const placeholder = 'KEPT-FILES'

/** `out`: folder of the built page. The ring window's page belongs to the desktop. */
export const listKeptFiles = (out: string): void => {
  const files = readdirSync(join(out, 'assets'))
    .map((name) => `assets/${name}`)
    .toSorted()
  const version = createHash('sha256')
  for (const file of ['index.html', ...files]) version.update(readFileSync(join(out, file)))
  const script = readFileSync(join(out, pageKeeperFile), 'utf8')
  // Alone, any browser takes it; and what it would fetch besides could be another build's.
  if (script.includes('./assets/')) throw new Error(`${pageKeeperFile} is not whole: it imports a file`)
  if (script.split(placeholder).length !== 2)
    throw new Error(`${pageKeeperFile} has no place for the list of files`)
  const list = JSON.stringify({ version: version.digest('hex').slice(0, 16), files })
  writeFileSync(join(out, pageKeeperFile), script.replace(placeholder, list))
}

export const keptFiles = (): Plugin => ({
  name: 'kept-files',
  writeBundle: ({ dir }) => {
    if (dir !== undefined) listKeptFiles(dir)
  },
})
