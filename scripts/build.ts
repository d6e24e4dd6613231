// `npm run build`: everything that ships, into out/. `npm run build -- desk` (or `server`) makes only that part.
import { build } from 'electron-vite'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { bundleServer } from './bundleServer.ts'
import { stampBuilt } from './freshness.ts'

const root = join(import.meta.dirname, '..')
const only = process.argv[2]
const beganAt = new Date()

if (only !== 'server') {
  await build({ root, logLevel: 'warn' })
  for (const name of ['icon.png', 'tray', 'badge']) {
    cpSync(join(root, 'assets', name), join(root, 'out', 'assets', name), { recursive: true })
  }
}
if (only !== 'desk') await bundleServer()
if (only === undefined) stampBuilt(beganAt)
