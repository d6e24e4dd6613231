// The only thing the page gets from the desktop: `window.desk`, one named function per row of contract/ipc.ts.
// It knows names and nothing else; what they mean, who may ask and what is valid is decided by electron/desk.ts.
import { contextBridge, ipcRenderer } from 'electron'
import type { IpcCallName, IpcNoticeName } from '../contract/ipc.ts'

// Spelled out rather than read from the table: that would bring the schema library into the privileged context.
// A row missing or too many here does not compile.
const calls: Record<IpcCallName, true> = {
  'centre.find': true,
  'centre.certificate': true,
  'settings.read': true,
  'settings.write': true,
  'secrets.keep': true,
  'secrets.recall': true,
  'secrets.forget': true,
  'about.read': true,
  'diagnostics.save': true,
  'journal.append': true,
  'journal.read': true,
  'disk.read': true,
  'hotkeys.read': true,
  'window.showState': true,
  'ring.read': true,
  'ring.press': true,
  'window.raise': true,
  'link.open': true,
}
const notices: Record<IpcNoticeName, true> = {
  'dial.requested': true,
  'command.requested': true,
  'notReady.requested': true,
  'ring.changed': true,
  'disk.changed': true,
  'download.ended': true,
  'hotkeys.changed': true,
  'power.changed': true,
}

const asking = Object.keys(calls).map((name) => [
  name,
  (input: unknown) => ipcRenderer.invoke('desk', name, input),
])
const listening = Object.keys(notices).map((name) => [
  name,
  (listener: (notice: unknown) => void) => {
    const heard = (_event: unknown, told: string, notice: unknown) => {
      if (told === name) listener(notice)
    }
    ipcRenderer.on('desk', heard)
    return () => {
      ipcRenderer.removeListener('desk', heard)
    }
  },
])

contextBridge.exposeInMainWorld('desk', Object.fromEntries([...asking, ...listening]))
