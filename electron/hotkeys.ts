// Keys that work while another program is in front: answer and reject, and only while it rings and our window is
// not in front (there the page reads its own keys). Nothing is taken from other programs at any other time.
import { globalShortcut } from 'electron'
import { commands } from '../core/commands.ts'

const worldwide = ['answer', 'reject'] as const

/** Call whenever ringing or focus changed. */
export function makeHotkeys(press: (command: string) => void): (wanted: boolean) => void {
  let held = false
  return (wanted) => {
    if (wanted === held) return
    held = wanted
    for (const command of worldwide) {
      const { key } = commands[command]
      if (wanted) globalShortcut.register(key, () => press(command))
      else globalShortcut.unregister(key)
    }
  }
}
