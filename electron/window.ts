// The one window: how it is made, where it stands, what happens when it is closed, hangs or crashes.
import { app, BrowserWindow, dialog, screen } from 'electron'
import { nobodySeated } from '../contract/ipc.ts'
import { reasonsToStay, type SeatState } from './closing.ts'
import { note } from './log.ts'
import { startPage } from './origin.ts'
import type { Memory, MemoryFile } from './settings.ts'
import { words } from './words.ts'

export type Desktop = {
  readonly window: BrowserWindow
  /** In front and with the keyboard: only when the agent asked for it. */
  raise(): void
  /** Visible without taking the keyboard from a half-typed form in another program. */
  appear(): void
  showState(state: SeatState): void
  state(): SeatState
}

/** A window remembered on a screen that is gone would open where nobody sees it. */
export function visibleBounds(
  remembered: Memory['bounds'],
  areas: readonly Electron.Rectangle[],
): Memory['bounds'] {
  if (remembered === null) return null
  const middle = { x: remembered.x + remembered.width / 2, y: remembered.y + 20 }
  const seen = areas.some(
    (area) =>
      middle.x >= area.x &&
      middle.x <= area.x + area.width &&
      middle.y >= area.y &&
      middle.y <= area.y + area.height,
  )
  return seen ? remembered : null
}

/** Of every window of this program: sandboxed, isolated, without Node. */
export const safePreferences = (preload: string): Electron.WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  // Spelling dictionaries would be fetched from abroad and learn callers' names.
  spellcheck: false,
  devTools: !app.isPackaged,
  // The ring must sound before the first click, and call timers must run while the window is covered.
  autoplayPolicy: 'no-user-gesture-required',
  backgroundThrottling: false,
  navigateOnDragDrop: false,
})

export type WindowParts = {
  readonly preload: string
  readonly icon: string
  readonly memory: MemoryFile
  readonly hidden: boolean
}

export function openWindow(parts: WindowParts): Desktop {
  const remembered = parts.memory.read()
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const bounds = visibleBounds(remembered.bounds, areas)
  let seat = nobodySeated
  let mayClose = false

  const window = new BrowserWindow({
    title: words.product,
    icon: parts.icon,
    width: bounds?.width ?? 1440,
    height: bounds?.height ?? 900,
    ...(bounds === null ? {} : { x: bounds.x, y: bounds.y }),
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#EFF1EE',
    webPreferences: safePreferences(parts.preload),
  })
  window.setMenuBarVisibility(false)

  window.once('ready-to-show', () => {
    if (remembered.maximized) window.maximize()
    if (!parts.hidden) window.show()
  })

  const closeIfAgreed = async (reasons: readonly string[]) => {
    mayClose = await askToClose(window, reasons)
    if (mayClose) window.close()
  }
  window.on('close', (event) => {
    parts.memory.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    const reasons = reasonsToStay(seat)
    if (mayClose || reasons.length === 0) return
    event.preventDefault()
    void closeIfAgreed(reasons)
  })
  // The page has its own question for browsers; here it was asked above, so the page must not hold the window.
  window.webContents.on('will-prevent-unload', (event) => {
    event.preventDefault()
  })

  window.webContents.on('render-process-gone', (_event, details) => {
    note('page crashed', { reason: details.reason })
    seat = nobodySeated
    void window.loadURL(startPage)
  })
  window.on('unresponsive', () => {
    note('page hangs')
    void askToReload(window)
  })

  return {
    window,
    raise() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    appear() {
      if (!window.isVisible() || window.isMinimized()) window.showInactive()
    },
    showState(state) {
      seat = state
    },
    state: () => seat,
  }
}

async function askToClose(window: BrowserWindow, reasons: readonly string[]): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: words.product,
    message: words.closing.title,
    detail: reasons.join('\n'),
    buttons: [words.closing.stay, words.closing.leave],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: words.product,
    message: words.stuck.title,
    detail: words.stuck.detail,
    buttons: [words.stuck.wait, words.stuck.reload],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response === 1) window.webContents.reload()
}
