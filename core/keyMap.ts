// Which key carries out which command at this seat: the defaults of core/commands.ts, as far as the agent has not
// chosen others, and which keys nobody may choose because a text field, an input method, browser or system owns them.
// Law: docs/rules/keys.md
import type { CommandName } from './commands.ts'
import { commands } from './commands.ts'

export type KeyMap = Readonly<Record<CommandName, string>>
/** What the settings keep: command → key, only where it differs from the default. */
export type ChosenKeys = Readonly<Record<string, string>>

export const commandNames: readonly CommandName[] = Object.keys(commands).filter(
  (name): name is CommandName => name in commands,
)

const withoutTelephone: readonly CommandName[] = ['submit', 'search', 'keys']

/** [KEY-13] What a person can do by key; `signs`: signs for early warnings. */
export const commandsOf = (person: {
  readonly telephone: boolean
  readonly signs: boolean
}): readonly CommandName[] =>
  person.telephone
    ? commandNames
    : commandNames.filter((name) => withoutTelephone.includes(name) || (name === 'warn' && person.signs))

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** Commands whose key also works while another program is in front. */
export const worldwide: readonly CommandName[] = ['answer', 'reject']

/** Why nobody may choose a key; each has its sentence in the catalogue. */
export type Refusal = 'typing' | 'editing' | 'inputMethod' | 'browser' | 'system' | 'besideEnd' | 'elsewhere'

export type KeyProblem =
  | { readonly why: Refusal }
  | { readonly why: 'taken'; readonly by: CommandName; readonly swap: boolean }

const editing = 'ACVXYZ'
/** New window, close, print, reload, quit, address: a page is not always asked before they happen. */
const browsers = 'NTWPRQL'

const functionKey = /^F([1-9]|1\d|2[0-4])$/

/** Why this command may not have this key, whoever else has it; null: it may. */
export const refusalOf = (command: CommandName, key: string): Refusal | null => {
  const parts = key.split('+')
  const name = parts.at(-1) ?? ''
  const held = new Set(parts.slice(0, -1))
  const [ctrl, alt, shift] = [held.has('Ctrl'), held.has('Alt'), held.has('Shift')]
  // Switch languages and punctuation, or are AltGr and write a character.
  if (ctrl && (alt || shift)) return 'inputMethod'
  if ((ctrl || shift) && (name === ' ' || name === '.')) return 'inputMethod'
  if (functionKey.test(name)) {
    if (name === 'F11') return 'besideEnd'
    // F10 opens menus, with Shift the context menu; Alt and a function key are the window manager's.
    if (alt || name === 'F10') return 'system'
    return key === 'Ctrl+F4' ? 'browser' : null
  }
  // Alt opens menus and moves between windows, but with a digit it does nothing anywhere.
  if (alt) return !/^\d$/.test(name) ? 'system' : worldwide.includes(command) ? 'elsewhere' : null
  if (key === 'Ctrl+Enter') return command === 'submit' ? null : 'typing'
  if (ctrl && /^[A-Z]$/.test(name)) {
    if (editing.includes(name)) return 'editing'
    if (browsers.includes(name)) return 'browser'
    return worldwide.includes(command) ? 'elsewhere' : null
  }
  return ctrl ? 'browser' : 'typing'
}

/**
 * Never two commands on one key, whatever the settings file says: a choice that is not allowed, or that meets another
 * choice or an untouched default, does not count.
 */
export const keyMapOf = (chosen: ChosenKeys): KeyMap => {
  let counts = commandNames.filter((name) => {
    const key = Object.hasOwn(chosen, name) ? chosen[name] : undefined
    return key !== undefined && key !== commands[name].key && refusalOf(name, key) === null
  })
  for (;;) {
    const keyOf = (name: CommandName): string =>
      (counts.includes(name) ? chosen[name] : null) ?? commands[name].key
    const meets = counts.findLast((name) =>
      commandNames.some((other) => other !== name && keyOf(other) === keyOf(name)),
    )
    if (meets === undefined) {
      const entries = commandNames.map((name) => [name, keyOf(name)])
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry per name of the table
      return Object.fromEntries(entries) as KeyMap
    }
    counts = counts.filter((name) => name !== meets)
  }
}

/** What speaks against giving this key to this command; null: nothing. */
export const keyProblem = (map: KeyMap, command: CommandName, key: string): KeyProblem | null => {
  const why = refusalOf(command, key)
  if (why !== null) return { why }
  const by = commandNames.find((other) => other !== command && map[other] === key)
  return by === undefined ? null : { why: 'taken', by, swap: refusalOf(by, map[command]) === null }
}

/** Only what differs from the defaults is kept, so that a later version's defaults reach those who chose nothing. */
const differing = (map: KeyMap): ChosenKeys =>
  Object.fromEntries(
    commandNames.filter((name) => map[name] !== commands[name].key).map((name) => [name, map[name]]),
  )

/** The command gets the key; whoever had it gets the command's old one. Changes nothing where a rule forbids it. */
export const giveKey = (chosen: ChosenKeys, command: CommandName, key: string): ChosenKeys => {
  const map = keyMapOf(chosen)
  const problem = keyProblem(map, command, key)
  if (problem === null) return differing({ ...map, [command]: key })
  if (problem.why !== 'taken' || !problem.swap) return differing(map)
  return differing({ ...map, [command]: key, [problem.by]: map[command] })
}
