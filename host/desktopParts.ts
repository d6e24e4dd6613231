// Tray, menus, notifications, dialogs, keys, power, screens, links: the parts with a face. In the browser most of
// them do not exist; they are recorded, so that the program runs and a test can look.
import { EventEmitter } from 'node:events'
import { record, strict } from './record.ts'
import { stage } from './stage.ts'

/** Set by application.ts. */
export const started = { isReady: false }

export class Tray extends EventEmitter {
  constructor(image: unknown) {
    super()
    record('Tray', image)
    return strict<this>('Tray', this)
  }
  setImage(image: unknown): void {
    record('Tray.setImage', image)
  }
  setToolTip(text: string): void {
    record('Tray.setToolTip', text)
  }
  setContextMenu(menu: unknown): void {
    record('Tray.setContextMenu', menu)
  }
}

export class Notification extends EventEmitter {
  private readonly options: object
  constructor(options: object) {
    super()
    this.options = options
    return strict<this>('Notification', this)
  }
  show(): void {
    record('Notification.show', this.options, this)
  }
  close(): void {
    record('Notification.close', this)
  }
}

export const Menu = strict('Menu', {
  buildFromTemplate: (items: readonly object[]) => ({
    items,
    popup: () => record('Menu.popup', items),
  }),
  setApplicationMenu: (menu: unknown) => record('Menu.setApplicationMenu', menu),
})

export const nativeImage = strict('nativeImage', { createFromPath: (path: string) => ({ path }) })

const keys = new Map<string, () => void>()
const elsewhere = new Set<string>()

/** Another program takes a key for itself, or gives it back. */
export function takeElsewhere(key: string, takes = true): void {
  if (takes) elsewhere.add(key)
  else elsewhere.delete(key)
}

/** Presses a global key, as another program's user would. False: nobody wants it. */
export function pressGlobally(key: string): boolean {
  keys.get(key)?.()
  return keys.has(key)
}

export const globalShortcut = strict('globalShortcut', {
  register(key: string, press: () => void) {
    if (elsewhere.has(key)) return false
    keys.set(key, press)
    return true
  },
  unregister: (key: string) => {
    keys.delete(key)
  },
})

export const powerMonitor = strict('powerMonitor', new EventEmitter())

const awake = new Set<number>()
let blockers = 0

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(kind: string) {
    record('powerSaveBlocker.start', kind)
    blockers += 1
    awake.add(blockers)
    return blockers
  },
  stop: (id: number) => awake.delete(id),
})

/** Is the computer kept awake? */
export const isKeptAwake = (): boolean => awake.size > 0

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }

export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea }],
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  getDisplayNearestPoint: () => ({ workArea }),
})

type Asked = {
  readonly detail?: string
  readonly message: string
  readonly buttons: readonly string[]
  readonly cancelId: number
}

export const dialog = strict('dialog', {
  /** With or without the window it belongs to, as in Electron. */
  async showMessageBox(...args: readonly [unknown, Asked] | readonly [Asked]) {
    const question = args.length === 2 ? args[1] : args[0]
    record('dialog.showMessageBox', question)
    const text = [question.message, question.detail ?? ''].join('\n')
    return { response: await stage().ask(text, question.buttons, question.cancelId) }
  },
  /** No dialog of the system: the question is asked with buttons, the file goes where the program proposed. */
  async showSaveDialog(_window: unknown, wish: { readonly title: string; readonly defaultPath: string }) {
    record('dialog.showSaveDialog', wish)
    const pressed = await stage().ask(`${wish.title}\n${wish.defaultPath}`, ['保存', '取消'], 1)
    return { canceled: pressed !== 0, filePath: pressed === 0 ? wish.defaultPath : '' }
  },
  showErrorBox(title: string, text: string) {
    // On Linux nobody sees one that comes earlier.
    if (started.isReady || process.platform !== 'linux') record('dialog.showErrorBox', title, text)
    process.stderr.write(`${title}\n${text}\n`)
  },
})

export const shell = strict('shell', {
  openExternal(url: string) {
    record('shell.openExternal', url)
    return Promise.resolve()
  },
})
