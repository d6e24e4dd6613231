// The one place where the keyboard meets core/keyMap.ts. Law: docs/rules/keys.md
// A key pressed while an input method composes belongs to the input method.
import { createContext, useContext, useLayoutEffect } from 'react'
import type { CommandName } from '../../core/commands.ts'
import type { KeyMap } from '../../core/keyMap.ts'
import { commandNames } from '../../core/keyMap.ts'

export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'repeat' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
> &
  Partial<Pick<KeyboardEvent, 'code'>>

/** macOS input methods send the Enter that ends a composition after it, with 229 and without isComposing. */
export const composes = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  // oxlint-disable-next-line typescript/no-deprecated -- the only mark such an Enter carries
  event.isComposing || event.keyCode === 229

/** As the table spells it: "Shift+F2", "Ctrl+Enter". */
export const keyOf = (event: Pressed): string => {
  // With Option a Mac writes ¡ where Alt leaves the 1: the digit is told by where the key lies. Alt and the number block
  // write characters by their number on Windows.
  const place = event.altKey ? /^(?:Digit(\d)|Numpad\d)$/.exec(event.code ?? '') : null
  const name = place ? (place[1] ?? place[0]) : event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
    name,
  ]
    .filter((part) => part !== '')
    .join('+')
}

/** [DIAL-16] An Enter pressed on purpose and alone: not held down, not with Ctrl, not the one that ends a composition. */
export const isEnter = (event: Pressed): boolean =>
  keyOf(event) === 'Enter' && !event.repeat && !composes(event)

/** The command of this key; null: none, or the key belongs to the input method. */
export const commandOf = (event: Pressed, map: KeyMap): CommandName | null => {
  if (composes(event)) return null
  const key = keyOf(event)
  return commandNames.find((name) => map[name] === key) ?? null
}

/** Modifiers on their way to a key are none yet. */
export const isModifier = (event: Pick<KeyboardEvent, 'key'>): boolean =>
  ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Process', 'Dead', 'Unidentified'].includes(
    event.key,
  )

/** "Ctrl+E" is let go of with either of its keys. */
const letsGo = ({ key }: Pick<KeyboardEvent, 'key'>, of: string): boolean => {
  const name = key === 'Control' || key === 'Meta' ? 'Ctrl' : key.length === 1 ? key.toUpperCase() : key
  return of.split('+').includes(name)
}

/** The end key is held, not pressed: whoever guards the call listens for both moments. */
export type EndKey = {
  readonly listen: (down: () => void, up: () => void) => () => void
}

/** While a new key is being chosen, it goes to the chooser and to nobody else. */
export type KeyChooser = {
  readonly choose: (heard: (event: KeyboardEvent) => void) => () => void
}

export type Keys = EndKey &
  KeyChooser & {
    /** Listens on the page until the answer is called. `run` gets every other command. */
    readonly attach: (page: Window, map: KeyMap, run: (command: CommandName) => void) => () => void
  }

/** So that no field and no open dialog can swallow answer or end. */
const captured = { capture: true }

export const createKeys = (): Keys => {
  let holders: readonly { readonly down: () => void; readonly up: () => void }[] = []
  let isDown = false
  let chooser: ((event: KeyboardEvent) => void) | null = null
  const up = () => {
    if (!isDown) return
    isDown = false
    for (const holder of holders) holder.up()
  }
  return {
    listen: (down, release) => {
      const holder = { down, up: release }
      holders = [...holders, holder]
      return () => {
        holders = holders.filter((each) => each !== holder)
      }
    },
    choose: (heard) => {
      chooser = heard
      return () => {
        if (chooser === heard) chooser = null
      }
    },
    attach: (page, map, run) => {
      const onDown = (event: KeyboardEvent) => {
        if (chooser) return chooser(event)
        const command = commandOf(event, map)
        if (command === null) return
        // Also when the command may not run now: F5 must never reload a half-written form.
        event.preventDefault()
        if (event.repeat) return
        if (command !== 'hangUp') return run(command)
        isDown = true
        for (const holder of holders) holder.down()
      }
      const onUp = (event: KeyboardEvent) => {
        if (letsGo(event, map.hangUp)) up()
      }
      page.addEventListener('keydown', onDown, captured)
      page.addEventListener('keyup', onUp, captured)
      page.addEventListener('blur', up)
      return () => {
        up()
        page.removeEventListener('keydown', onDown, captured)
        page.removeEventListener('keyup', onUp, captured)
        page.removeEventListener('blur', up)
      }
    },
  }
}

export const KeysContext = createContext<EndKey & KeyChooser>({
  listen: () => () => {},
  choose: () => () => {},
})

export const useEndKey = (down: () => void, up: () => void): void => {
  const { listen } = useContext(KeysContext)
  useLayoutEffect(() => listen(down, up), [listen, down, up])
}
