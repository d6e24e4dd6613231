// The icon beside the clock: gold while it rings, striped while the centre is the practice centre. Says the state
// in words as well, opens the window, holds "start with the computer" and the way out.
import { Menu, nativeImage, Tray } from 'electron'
import { join } from 'node:path'
import type { SeatState } from './closing.ts'
import { words } from './words.ts'

export type TrayParts = {
  readonly icons: string
  readonly show: () => void
  readonly quit: () => void
  readonly startsWithSystem: () => boolean
  readonly startWithSystem: (yes: boolean) => void
}

/** File name below assets/tray, without size. */
export function trayIcon(
  state: SeatState,
  practice: boolean,
): 'idle' | 'ringing' | 'practice' | 'practiceRinging' {
  if (practice) return state.ringing ? 'practiceRinging' : 'practice'
  return state.ringing ? 'ringing' : 'idle'
}

export function trayText(state: SeatState, practice: boolean): string {
  if (state.ringing) return practice ? `${words.tray.ringing}（${words.practice}）` : words.tray.ringing
  if (practice) return words.tray.practice
  return state.onCall ? words.tray.onCall : words.tray.idle
}

export function putIntoTray(parts: TrayParts): (state: SeatState, practice: boolean) => void {
  // Electron picks name@2x.png by itself on dense screens.
  const image = (name: string) => nativeImage.createFromPath(join(parts.icons, `${name}.png`))
  const tray = new Tray(image('idle'))
  let shown = 'idle'
  tray.setToolTip(words.tray.idle)
  tray.on('click', parts.show)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: words.tray.show, click: parts.show },
      {
        label: words.tray.autostart,
        type: 'checkbox',
        checked: parts.startsWithSystem(),
        click: (item) => parts.startWithSystem(item.checked),
      },
      { type: 'separator' },
      { label: words.tray.quit, click: parts.quit },
    ]),
  )
  return (state, practice) => {
    const icon = trayIcon(state, practice)
    if (icon !== shown) tray.setImage(image(icon))
    shown = icon
    tray.setToolTip(trayText(state, practice))
  }
}
