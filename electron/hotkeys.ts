// Keys that work while another program is in front: answer and reject, and only while it rings and our window is
// not in front (there the page reads its own keys). Nothing is taken from other programs at any other time.
import { globalShortcut } from 'electron'
import type { CommandName } from '../core/commands.ts'
import type { KeyMap } from '../core/keyMap.ts'
import { worldwide } from '../core/keyMap.ts'

/** Call whenever ringing, focus or the chosen keys changed. */
export function makeHotkeys(
  keys: () => KeyMap,
  press: (command: CommandName) => void,
): (wanted: boolean) => void {
  let held: readonly string[] = []
  return (wanted) => {
    const map = keys()
    const wish = wanted ? worldwide.map((command) => map[command]) : []
    if (wish.join() === held.join()) return
    for (const key of held) globalShortcut.unregister(key)
    held = wish
    for (const command of wanted ? worldwide : []) {
      globalShortcut.register(map[command], () => press(command))
    }
  }
}
