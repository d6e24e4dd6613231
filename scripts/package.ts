// `npm run package [-- electron-builder options]`: builds and makes the installable program of this system.
// `npm run package -- check` packs on a stub in place of Electron's runtime, which needs no download, and says what
// is inside: it proves electron-builder.yml (names, files, languages, fuses), not that the program runs.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { electronRelease, tooOld } from './electronRelease.ts'
import { checkPackage } from './packageCheck.ts'

const root = join(import.meta.dirname, '..')
const [first, ...rest] = process.argv.slice(2)

const run = (args: readonly string[]): number =>
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1

const built = run(['scripts/build.ts'])
if (built !== 0) process.exit(built)
if (first === 'check') {
  const { lines, wrong } = await checkPackage(root)
  for (const line of lines) console.log(line)
  for (const line of wrong) console.error(`✗ ${line}`)
  process.exit(wrong.length === 0 ? 0 : 1)
}
const old = tooOld(electronRelease, new Date())
if (old !== null) {
  console.error(old)
  process.exit(1)
}
const options = first === undefined ? [] : [first, ...rest]
process.exit(run(['node_modules/electron-builder/cli.js', '--publish', 'never', ...options]))
