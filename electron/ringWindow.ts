// The small window over other programs while it rings there: number, place, queue, earlier calls, answer and reject.
// It never takes the keyboard from what somebody is typing, and is gone when the ringing ends or our window comes to
// the front. What it may ask is two rows of contract/ipc.ts.
import { BrowserWindow, screen, type WebContents } from 'electron'
import { platform } from 'node:process'
import type { RingShown } from '../contract/ipc.ts'
import { tellPage } from './desk.ts'
import { note } from './log.ts'
import { ringPage } from './origin.ts'
import { safePreferences } from './window.ts'
import { words } from './words.ts'

export type RingWindow = {
  /** null: it need not be seen. */
  show(ring: RingShown | null): void
  page(): WebContents | null
}

const size = { width: 372, height: 204 }
/** From the edges of the screen, so that it covers no clock and no notification. */
const away = 16

/** Bottom right of the screen somebody is looking at: where the pointer is. */
export function cornerOf(area: Electron.Rectangle): { x: number; y: number } {
  return {
    x: Math.max(area.x, area.x + area.width - size.width - away),
    y: Math.max(area.y, area.y + area.height - size.height - away),
  }
}

function open(preload: string): BrowserWindow {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
  const window = new BrowserWindow({
    // No name and no number: titles are read by others.
    title: words.ring.title,
    ...size,
    ...cornerOf(workArea),
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    // It can be clicked, but the keyboard stays where it is.
    focusable: false,
    ...(platform === 'darwin' ? { type: 'panel' as const } : {}),
    backgroundColor: '#0F2F2D',
    webPreferences: safePreferences(preload),
  })
  // Above full-screen programs as well.
  window.setAlwaysOnTop(true, 'screen-saver')
  if (platform !== 'win32') {
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true })
  }
  window.once('ready-to-show', () => window.showInactive())
  window.webContents.on('render-process-gone', () => window.destroy())
  // It may be gone before it was there: the caller gave up.
  window.loadURL(ringPage).catch(() => note('ring window not loaded'))
  return window
}

export function makeRingWindow(preload: string): RingWindow {
  let window: BrowserWindow | null = null
  const page = () => (window === null || window.isDestroyed() ? null : window.webContents)
  return {
    page,
    show(ring) {
      if (ring === null) {
        if (page() !== null) window?.destroy()
        window = null
      } else if (page() === null) window = open(preload)
      else tellPage(page(), 'ring.changed', { ring })
    },
  }
}
