// Finds the Electron program, or fetches it once with a time limit (its own installer honours ELECTRON_MIRROR).
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const home = join(root, 'node_modules', 'electron')
const failure = join(root, '.cache', 'electron-install.json')
const fetchLimitMs = 5 * 60_000
const tryAgainMs = 24 * 3_600_000

function installed(): string | null {
  const note = join(home, 'path.txt')
  if (!existsSync(note)) return null
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(home, 'dist')
  const binary = join(folder, readFileSync(note, 'utf8'))
  // Also finds out whether the system has the libraries it needs.
  const probe = existsSync(binary) ? spawnSync(binary, ['--version'], { timeout: 20_000 }) : null
  return probe?.status === 0 ? binary : null
}

const mirror = process.env['ELECTRON_MIRROR'] ?? ''

/** A network that cannot reach the download site would otherwise cost minutes at every start. */
function failedLately(): boolean {
  try {
    const last: unknown = JSON.parse(readFileSync(failure, 'utf8'))
    if (typeof last !== 'object' || last === null || !('mirror' in last) || !('at' in last)) return false
    return last.mirror === mirror && Date.now() - Number(last.at) < tryAgainMs
  } catch {
    return false
  }
}

/** null: not there and not to be had now. */
export function electronBinary(): string | null {
  const found = installed()
  if (found !== null || failedLately() || !existsSync(join(home, 'install.js'))) return found
  spawnSync(process.execPath, [join(home, 'install.js')], { timeout: fetchLimitMs, stdio: 'ignore' })
  const fetched = installed()
  if (fetched === null) {
    mkdirSync(join(root, '.cache'), { recursive: true })
    writeFileSync(failure, JSON.stringify({ mirror, at: Date.now() }))
  }
  return fetched
}
