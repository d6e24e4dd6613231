// app, ipcMain, protocol, session, safeStorage, net, utilityProcess: the parts without a face.
import { spawn, type ChildProcess } from 'node:child_process'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { started } from './desktopParts.ts'
import { record, strict } from './record.ts'
import { stage } from './stage.ts'
import { BrowserWindow, hooks, type WebContents } from './windows.ts'

type Manifest = { readonly version: string; readonly productName: string }
const manifestFile = fileURLToPath(new URL('../package.json', import.meta.url))
const manifest: Manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

const appData =
  process.platform === 'win32'
    ? (process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'))
    : process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support')
      : (process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'))
const paths: Record<string, string> = {
  appData,
  home: homedir(),
  downloads: join(homedir(), 'Downloads'),
  exe: process.execPath,
  userData: join(appData, manifest.productName),
}

/** Decided by host/singleInstance.ts before the program is loaded; a test sets it at will. */
export const instance = { first: true, packaged: false, name: 'Chromium' }

const events = new EventEmitter()
const loginItems = new Set<string>()

export const app = strict('app', {
  on: events.on.bind(events),
  once: events.once.bind(events),
  off: events.off.bind(events),
  emit: events.emit.bind(events),
  get isPackaged() {
    return instance.packaged
  },
  getName: () => instance.name,
  getVersion: () => manifest.version,
  getPath: (name: string) => paths[name] ?? '',
  setPath(name: string, path: string) {
    mkdirSync(path, { recursive: true })
    paths[name] = path
  },
  enableSandbox: () => record('app.enableSandbox'),
  requestSingleInstanceLock: () => instance.first,
  setAppUserModelId: (id: string) => record('app.setAppUserModelId', id),
  setAsDefaultProtocolClient(kind: string) {
    record('app.setAsDefaultProtocolClient', kind)
    return true
  },
  setBadgeCount(count: number) {
    record('app.setBadgeCount', count)
    return true
  },
  /** As Windows does: an entry is found by its arguments. */
  getLoginItemSettings: ({ args = [] }: { args?: readonly string[] } = {}) => ({
    openAtLogin: loginItems.has(args.join(' ')),
  }),
  setLoginItemSettings({ openAtLogin, args = [] }: { openAtLogin: boolean; args?: readonly string[] }) {
    record('app.setLoginItemSettings', { openAtLogin, args })
    if (openAtLogin) loginItems.add(args.join(' '))
    else loginItems.delete(args.join(' '))
  },
  async whenReady() {
    await Promise.resolve()
    started.isReady = true
  },
  quit() {
    record('app.quit')
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0) return
    events.emit('will-quit')
    stage().quit(0)
  },
  exit(code: number) {
    record('app.exit', code)
    stage().quit(code)
  },
})

hooks.created = (contents: WebContents) => {
  events.emit('web-contents-created', {}, contents)
}
hooks.allClosed = () => {
  events.emit('window-all-closed')
}

type Handle = (event: object, ...args: unknown[]) => unknown
const served = new Map<string, Handle>()

export const ipcMain = strict('ipcMain', {
  // electron-store listens here for a feature we do not use.
  on: (channel: string) => record('ipcMain.on', channel),
  handle(channel: string, handle: Handle) {
    if (served.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    served.set(channel, handle)
  },
  removeHandler: (channel: string) => served.delete(channel),
})

/** What the page's invoke ends in; the same words as Electron's when nobody serves the channel. */
export async function invoke(event: object, channel: string, args: readonly unknown[]): Promise<unknown> {
  const handle = served.get(channel)
  if (!handle) throw new Error(`No handler registered for '${channel}'`)
  return await handle(event, ...args)
}

type Serve = (request: { url: string; method: string }) => Promise<Response>
type Permit = (contents: null, permission: string, origin: string, details: object) => boolean
type Ask = (contents: unknown, permission: string, answer: (yes: boolean) => void, details: object) => void

type Device = (details: { deviceType: string; origin: string; device: object }) => boolean
/** Emits what Electron's session emits. In the stand-in the browser's own list of devices takes their place. */
export const sessionEvents = new EventEmitter()

/** What the program installed on its session, for the stage and for tests. */
export const installed: { serve: Map<string, Serve>; check: Permit; ask: Ask; device: Device } = {
  serve: new Map(),
  check: () => true,
  ask: (_contents, _permission, answer) => answer(true),
  device: () => true,
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: unknown) => record('protocol.registerSchemesAsPrivileged', schemes),
})

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    protocol: strict('session.protocol', {
      handle(scheme: string, serve: Serve) {
        installed.serve.set(scheme, serve)
      },
    }),
    setPermissionRequestHandler(ask: Ask) {
      installed.ask = ask
    },
    setPermissionCheckHandler(check: Permit) {
      installed.check = check
    },
    on: sessionEvents.on.bind(sessionEvents),
    setDevicePermissionHandler(device: Device) {
      installed.device = device
    },
    setSpellCheckerEnabled: (yes: boolean) => record('session.setSpellCheckerEnabled', yes),
  }),
})

function fileKey(): Buffer {
  const file = join(paths['userData'] ?? '', 'host-key')
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, randomBytes(32), { mode: 0o600 })
  }
  return readFileSync(file)
}

/** As strong as a file only this user can read: the program must call it weak, so it is named as Electron names it. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: (): string => 'basic_text',
  encryptStringAsync(text: string) {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', fileKey(), iv)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), sealed]))
  },
  async decryptStringAsync(sealed: Buffer) {
    const decipher = createDecipheriv('aes-256-gcm', fileKey(), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    return { result: text.toString('utf8'), shouldReEncrypt: false }
  },
})

export const net = strict('net', { fetch: (url: string, init?: RequestInit) => fetch(url, init) })

/** In Electron a utility process dies with the program; here a loaded module sees to that. */
const endWithParent = new URL('./endWithParent.ts', import.meta.url).href

export const utilityProcess = strict('utilityProcess', {
  fork(program: string, args: readonly string[] = []): ChildProcess {
    record('utilityProcess.fork', program, args)
    return spawn(process.execPath, ['--import', endWithParent, program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
  },
})
