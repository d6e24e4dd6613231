// Is what `npm run build` made still what the sources say? Compares times, so it errs on the side of building.
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'out', 'built')
const sources = ['contract', 'core', 'electron', 'renderer', 'server', 'practice', 'assets']
const files = ['package.json', 'electron.vite.config.ts', 'scripts/bundleServer.ts', 'scripts/build.ts']

const newestBelow = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const path = join(folder, entry.name)
    return Math.max(newest, entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs)
  }, statSync(folder).mtimeMs)

export function isBuilt(): boolean {
  if (!existsSync(stamp)) return false
  const newest = Math.max(
    ...sources.map((folder) => newestBelow(join(root, folder))),
    ...files.map((file) => statSync(join(root, file)).mtimeMs),
  )
  return statSync(stamp).mtimeMs >= newest
}

/** Call with the instant the build began: what was edited meanwhile counts as newer. */
export function stampBuilt(beganAt: Date): void {
  writeFileSync(stamp, '')
  utimesSync(stamp, beganAt, beganAt)
}
