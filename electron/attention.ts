// Makes a ring noticed without taking the keyboard: window, taskbar, ring window, notification, keys from other
// programs. Keeps the computer awake during a call.
import { Notification, powerSaveBlocker } from 'electron'
import { platform } from 'node:process'
import type { CommandName } from '../core/commands.ts'
import type { KeyMap } from '../core/keyMap.ts'
import type { SeatState } from './closing.ts'
import type { Hotkeys } from './hotkeys.ts'
import type { RingWindow } from './ringWindow.ts'
import type { Desktop } from './window.ts'
import { words } from './words.ts'

export type AttentionParts = {
  readonly desktop: Desktop
  readonly keys: () => KeyMap
  /** Keys from other programs. */
  readonly hotkeys: Hotkeys
  readonly ringWindow: RingWindow
  /** How many forms are unfiled, on the program's icon. */
  readonly badge: (unfiled: number) => void
  readonly press: (command: CommandName) => void
}

/** Call with every new state of the seat. */
export function makeAttention(
  { desktop, keys, hotkeys, ringWindow, badge, press }: AttentionParts,
  showTray: (state: SeatState) => void,
): (state: SeatState) => void {
  const { window } = desktop
  let awake: number | null = null
  /** Held here for as long as it rings: the system forgets what nobody holds, and its button would be dead. */
  let notice: Notification | null = null
  const elsewhere = () => {
    const { ringing, ring } = desktop.state()
    const wanted = ringing && !window.isFocused()
    hotkeys.want(wanted)
    ringWindow.show(wanted ? ring : null)
  }
  window.on('focus', () => {
    window.flashFrame(false)
    elsewhere()
  })
  window.on('blur', elsewhere)
  window.on('closed', () => {
    hotkeys.want(false)
    ringWindow.show(null)
  })

  return (state) => {
    const began = state.ringing && !desktop.state().ringing
    desktop.showState(state)
    showTray(state)
    badge(state.unfiled)
    elsewhere()
    if (state.onCall && awake === null) awake = powerSaveBlocker.start('prevent-app-suspension')
    if (!state.onCall && awake !== null) {
      powerSaveBlocker.stop(awake)
      awake = null
    }
    // The next person to ring is another one.
    if (!state.ringing || began) notice?.close()
    if (!state.ringing) notice = null
    if (!began || window.isFocused()) return
    desktop.appear()
    window.flashFrame(true)
    // No name, no number: notifications stay readable on a locked screen.
    notice = new Notification({
      title: words.ring.title,
      body: words.ring.body(hotkeys.taken().includes('answer') ? null : keys().answer),
      silent: true,
      // A click opens the window; only this button answers. Where the system shows none, the ring window has one.
      ...(platform === 'linux' ? {} : { actions: [{ type: 'button' as const, text: words.ring.answer }] }),
    })
    notice.on('click', () => desktop.raise())
    notice.on('action', () => {
      desktop.raise()
      press('answer')
    })
    notice.show()
  }
}
