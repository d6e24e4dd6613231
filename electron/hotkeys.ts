// Keys that work while another program is in front: answer and reject, and only while it rings and our window is
// not in front (there the page reads its own keys). Nothing is taken from other programs at any other time. A key that
// another program has is not given to us: which ones, the page is told.
import { globalShortcut } from 'electron'
import type { CommandName } from '../core/commands.ts'
import type { KeyMap } from '../core/keyMap.ts'
import { worldwide } from '../core/keyMap.ts'

export type Hotkeys = {
  /** Call whenever ringing, focus or the chosen keys changed. */
  want(wanted: boolean): void
  /** Commands whose key another program has; tried for a moment while it need not be held. */
  taken(): readonly CommandName[]
}

export function makeHotkeys(
  keys: () => KeyMap,
  press: (command: CommandName) => void,
  tell: (taken: readonly CommandName[]) => void,
): Hotkeys {
  let held: readonly string[] = []
  let refused: readonly CommandName[] = []

  const wish = () => worldwide.map((command) => keys()[command])
  function take() {
    const map = keys()
    const before = refused.join()
    held = wish()
    refused = worldwide.filter((command) => !globalShortcut.register(map[command], () => press(command)))
    if (refused.join() !== before) tell(refused)
  }
  function letGo() {
    for (const key of held) globalShortcut.unregister(key)
    held = []
  }

  return {
    want(wanted) {
      if ((wanted ? wish() : []).join() === held.join()) return
      letGo()
      if (wanted) take()
    },
    taken() {
      if (held.length > 0) return refused
      take()
      letGo()
      return refused
    },
  }
}
