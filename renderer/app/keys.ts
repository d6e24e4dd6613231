// The one place where the keyboard meets core/commands.ts. Law: docs/rules/keys.md
// A key pressed while an input method composes belongs to the input method.
import { createContext, useContext, useEffect } from 'react'
import type { CommandName } from '../../core/commands.ts'
import { commands } from '../../core/commands.ts'

export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'repeat' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>

/** macOS input methods send the Enter that ends a composition after it, with 229 and without isComposing. */
export const composes = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  // oxlint-disable-next-line typescript/no-deprecated -- the only mark such an Enter carries
  event.isComposing || event.keyCode === 229

/** As the table spells it: "Shift+F2", "Ctrl+Enter". */
export const keyOf = (event: Pressed): string => {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
    name,
  ]
    .filter((part) => part !== '')
    .join('+')
}

export const commandNames = Object.keys(commands).filter((name): name is CommandName => name in commands)

const byKey = new Map<string, CommandName>(commandNames.map((name) => [commands[name].key, name]))

/** The command of this key; null: none, or the key belongs to the input method. */
export const commandOf = (event: Pressed): CommandName | null =>
  composes(event) ? null : (byKey.get(keyOf(event)) ?? null)

/** The end key is held, not pressed: whoever guards the call listens for both moments. */
export type EndKey = {
  readonly listen: (down: () => void, up: () => void) => () => void
}

export type Keys = EndKey & {
  /** Listens on the page until the answer is called. `run` gets every other command. */
  readonly attach: (page: Window, run: (command: CommandName) => void) => () => void
}

/** So that no field and no open dialog can swallow answer or end. */
const captured = { capture: true }

export const createKeys = (): Keys => {
  let holders: readonly { readonly down: () => void; readonly up: () => void }[] = []
  let isDown = false
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
    attach: (page, run) => {
      const onDown = (event: KeyboardEvent) => {
        const command = commandOf(event)
        if (command === null) return
        // Also when the command may not run now: F5 must never reload a half-written form.
        event.preventDefault()
        if (event.repeat) return
        if (command !== 'hangUp') return run(command)
        isDown = true
        for (const holder of holders) holder.down()
      }
      const onUp = (event: KeyboardEvent) => {
        if (event.key === commands.hangUp.key) up()
      }
      page.addEventListener('keydown', onDown, captured)
      page.addEventListener('keyup', onUp, captured)
      page.addEventListener('blur', up)
      return () => {
        page.removeEventListener('keydown', onDown, captured)
        page.removeEventListener('keyup', onUp, captured)
        page.removeEventListener('blur', up)
      }
    },
  }
}

export const EndKeyContext = createContext<EndKey>({ listen: () => () => {} })

export const useEndKey = (down: () => void, up: () => void): void => {
  const { listen } = useContext(EndKeyContext)
  useEffect(() => listen(down, up), [listen, down, up])
}
