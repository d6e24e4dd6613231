// The icon beside the clock: one for each state of the seat, gold while it rings, striped while the centre is the
// practice centre. Says state and unfiled forms in words as well; its menu answers, rejects, changes the state, opens
// the window, and holds "start with the computer" and the way out. What it does for the seat goes through the table
// of commands.
import { Menu, nativeImage, Tray } from 'electron'
import { join } from 'node:path'
import type { CommandName } from '../core/commands.ts'
import type { KeyMap } from '../core/keyMap.ts'
import type { SeatState } from './closing.ts'
import { words } from './words.ts'

export type TrayParts = {
  readonly icons: string
  readonly keys: () => KeyMap
  readonly press: (command: CommandName) => void
  readonly notReady: (reason: string) => void
  readonly show: () => void
  readonly quit: () => void
  readonly startsWithSystem: () => boolean
  readonly startWithSystem: (yes: boolean) => void
}

export type TrayIcon =
  | 'idle'
  | 'ready'
  | 'notReady'
  | 'onCall'
  | 'wrapup'
  | 'ringing'
  | 'practice'
  | 'practiceRinging'

const iconOfPhase: Readonly<Record<string, TrayIcon>> = {
  ready: 'ready',
  notReady: 'notReady',
  onCall: 'onCall',
  held: 'onCall',
  dialling: 'onCall',
  wrapup: 'wrapup',
}

/** File name below assets/tray, without size. */
export function trayIcon(state: SeatState, practice: boolean): TrayIcon {
  if (practice) return state.ringing ? 'practiceRinging' : 'practice'
  return state.ringing ? 'ringing' : (iconOfPhase[state.phase] ?? 'idle')
}

export function trayText(state: SeatState, practice: boolean): string {
  const phases: Readonly<Record<string, string>> = words.tray.phase
  const named = state.reasons.find(({ code }) => code === state.reason)?.word
  const phase = state.ringing ? words.tray.phase.ringing : phases[state.phase]
  const parts = [
    practice ? words.tray.practice : words.tray.idle,
    phase === undefined ? null : named === undefined ? phase : `${phase}·${named}`,
    state.unfiled > 0 ? words.tray.unfiled(state.unfiled) : null,
  ]
  return parts.filter((part) => part !== null).join('，')
}

/** The menu for this state; what cannot be done now is not in it. */
export function trayMenu(state: SeatState, parts: TrayParts): Electron.MenuItemConstructorOptions[] {
  const keys = parts.keys()
  const item = (command: CommandName, word: string): Electron.MenuItemConstructorOptions => ({
    label: `${word} ${keys[command].replaceAll('+', ' ')}`,
    click: () => parts.press(command),
  })
  const isSeated = state.reasons.length > 0
  const line: Electron.MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(state.ringing ? [item('answer', words.ring.answer), item('reject', words.tray.reject), line] : []),
    ...(isSeated
      ? [
          item('ready', words.tray.ready),
          {
            label: words.tray.notReady,
            submenu: state.reasons.map(({ code, word }) => ({
              label: word,
              type: 'radio' as const,
              checked: code === state.reason,
              click: () => parts.notReady(code),
            })),
          },
          line,
        ]
      : []),
    { label: words.tray.show, click: parts.show },
    {
      label: words.tray.autostart,
      type: 'checkbox',
      checked: parts.startsWithSystem(),
      click: (entry) => parts.startWithSystem(entry.checked),
    },
    line,
    { label: words.tray.quit, click: parts.quit },
  ]
}

export function putIntoTray(parts: TrayParts): (state: SeatState, practice: boolean) => void {
  // Electron picks name@2x.png by itself on dense screens.
  const image = (name: TrayIcon) => nativeImage.createFromPath(join(parts.icons, `${name}.png`))
  const tray = new Tray(image('idle'))
  let shown: TrayIcon = 'idle'
  let offered = ''
  tray.on('click', parts.show)
  return (state, practice) => {
    const icon = trayIcon(state, practice)
    if (icon !== shown) tray.setImage(image(icon))
    shown = icon
    tray.setToolTip(trayText(state, practice))
    // A menu that is open must not be exchanged for every second of a timer: only when it says something else.
    const menu = trayMenu(state, parts)
    const says = JSON.stringify([menu, parts.keys()])
    if (says === offered) return
    offered = says
    tray.setContextMenu(Menu.buildFromTemplate(menu))
  }
}
