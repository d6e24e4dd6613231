// Carries out commands of core/commands.ts: those the state answers for at once, the others by the page in front that
// offered to. Buttons, keys, tray, ring window and headset all come here.
import type { Command, CommandName } from '../../core/commands.ts'
import { commands } from '../../core/commands.ts'
import type { Stamp } from '../../core/softphone/phoneEvent.ts'
import type { Store } from '../store.ts'
import type { Workplace } from '../workplace.ts'

export const commandRunner = (
  store: Store,
  stamp: () => Stamp,
): Pick<Workplace, 'onCommand' | 'runCommand'> => {
  const offers = new Map<CommandName, (() => void)[]>()
  return {
    onCommand(name, run) {
      offers.set(name, [...(offers.get(name) ?? []), run])
      return () =>
        offers.set(
          name,
          (offers.get(name) ?? []).filter((each) => each !== run),
        )
    },
    runCommand(name) {
      const command: Command = commands[name]
      if (!command.may(store.read())) return
      const event = command.does?.(store.read(), stamp())
      if (event) store.dispatch(event)
      else if (!command.does) offers.get(name)?.at(-1)?.()
    },
  }
}
