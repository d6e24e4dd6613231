// Entry of the main process: says where the program's files lie and starts the desktop.
import { app, dialog } from 'electron'
import { join } from 'node:path'
import { startDesktop } from './desktop.ts'
import { words } from './words.ts'

// out/main/index.js → out/. The server must lie outside the archive: its workers and database read plain files.
const out = join(import.meta.dirname, '..')
const unpacked = out.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')

// Not awaited: Electron becomes ready only after this module has finished, and startDesktop waits for ready.
startDesktop(
  {
    preload: join(out, 'preload', 'index.cjs'),
    renderer: join(out, 'renderer'),
    server: join(unpacked, 'server', 'main.js'),
    assets: join(out, 'assets'),
  },
  process.argv.slice(app.isPackaged ? 1 : 2),
).catch((error: unknown) => {
  // Linux shows no box before.
  void app.whenReady().then(() => {
    dialog.showErrorBox(words.product, `${words.problem.notStarted}\n\n${String(error)}`)
    app.exit(1)
  })
})
