// The one window: how it is made, where it stands, what is asked before it closes. A page that dies: recovery.ts.
import { app, BrowserWindow, dialog, screen } from 'electron'
import { nobodySeated } from '../contract/ipc.ts'
import { isLive, reasonsToStay, type SeatState } from './closing.ts'
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
    if (parts.hidden) return
    if (remembered.maximized) window.maximize()
    window.show()
  })
  // To maximise is to show: a start that opens no window waits with it until somebody wants one.
  if (parts.hidden && remembered.maximized) window.once('show', () => window.maximize())

  let isAsking = false
  const closeIfAgreed = async () => {
    if (isAsking) return
    isAsking = true
    const wasLive = isLive(seat)
    const agreed = await askToClose(window, reasonsToStay(seat))
    isAsking = false
    if (!agreed) return
    // A call that began while the question stood open was not in it.
    if (isLive(seat) && !wasLive) return closeIfAgreed()
    mayClose = true
    window.close()
  }
  window.on('close', (event) => {
    // One that was never shown stands as it was left the last time.
    if (window.isVisible() || window.isMinimized())
      parts.memory.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    if (mayClose || reasonsToStay(seat).length === 0) return
    event.preventDefault()
    void closeIfAgreed()
  })
  // Windows ends its session without closing windows. Only a person on the line is worth holding it up.
  window.on('query-session-end', (event) => {
    if (!isLive(seat)) return
    event.preventDefault()
    void closeIfAgreed()
  })
  // The page has its own question for browsers; here it was asked above, so the page must not hold the window.
  window.webContents.on('will-prevent-unload', (event) => {
    event.preventDefault()
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
