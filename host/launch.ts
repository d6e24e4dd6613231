// Runs the desktop's real main and preload bundles in an installed browser. One per process: the program it loads
// lives in module state, as it does in Electron.
import { registerHooks } from 'node:module'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { app, instance } from './application.ts'
import { makeChromiumStage } from './chromium.ts'
import { claimInstance } from './singleInstance.ts'
import { takeStage } from './stage.ts'

export type HostParts = {
  readonly browser: string
  readonly data: string
  readonly headless: boolean
  /** Links and options for the program. */
  readonly argv: readonly string[]
  /** Further switches for the browser. */
  readonly args: readonly string[]
  /** Where the bundles lie, if not in out/ beside this folder. */
  readonly out?: string
  readonly ended: (code: number) => void
}

export type Host = { readonly page: () => Promise<Page>; readonly quit: () => void }

const electronModule = new URL('./electronModule.ts', import.meta.url).href
const built = join(import.meta.dirname, '..', 'out')

/** Electron's folder for this program's data. */
export function defaultData(): string {
  const root =
    process.platform === 'win32'
      ? (process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Application Support')
        : (process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'))
  return join(root, 'hotline-seat')
}

/** null: another one already runs on this folder and has been told. */
export async function launchHost(parts: HostParts): Promise<Host | null> {
  const data = resolve(parts.data)
  const argv = [process.execPath, '.', `--data=${data}`, ...parts.argv]
  const first = await claimInstance(data, argv, (later) => app.emit('second-instance', {}, later))
  instance.first = first
  if (!first) return null
  const stage = makeChromiumStage({ ...parts, data })
  takeStage(stage)
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: electronModule, shortCircuit: true } : next(specifier, context),
  })
  process.argv.splice(0, process.argv.length, ...argv)
  await import(pathToFileURL(join(parts.out ?? built, 'main', 'index.js')).href)
  return { page: () => stage.page(), quit: () => app.quit() }
}
