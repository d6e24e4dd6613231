// What `import 'electron'` means when the stand-in runs the program: the same names, as far as the program uses them.
import { app, ipcMain, net, protocol, safeStorage, session, utilityProcess } from './application.ts'
import {
  dialog,
  globalShortcut,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
  Tray,
} from './desktopParts.ts'
import { strict } from './record.ts'
import { BrowserWindow } from './windows.ts'

export { app, ipcMain, net, protocol, safeStorage, session, utilityProcess } from './application.ts'
export {
  dialog,
  globalShortcut,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
  Tray,
} from './desktopParts.ts'
export { BrowserWindow } from './windows.ts'

export default strict('electron', {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
})
