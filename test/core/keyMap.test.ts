// Which key belongs to which command once an agent chose others, and which keys nobody may choose.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandName } from '../../core/commands.ts'
import { commands } from '../../core/commands.ts'
import type { ChosenKeys } from '../../core/keyMap.ts'
import { commandNames, commandsOf, giveKey, keyMapOf, keyProblem, refusalOf } from '../../core/keyMap.ts'

const name = fc.constantFrom<CommandName>(...commandNames)
const modifiers = fc.constantFrom('', 'Ctrl+', 'Shift+', 'Alt+', 'Ctrl+Shift+', 'Ctrl+Alt+')
const plain = fc.constantFrom(
  ...Array.from({ length: 13 }, (_each, at) => `F${at}`),
  'A',
  'S',
  'K',
  'Enter',
  ' ',
  '.',
  'Escape',
  '1',
  '',
  '__proto__',
)
const key = fc.tuple(modifiers, plain).map(([held, main]) => held + main)
/** Also what no program of ours would have written: unknown commands, keys of others, keys nobody may have. */
const fileContents: fc.Arbitrary<ChosenKeys> = fc.dictionary(
  fc.oneof(name, fc.constantFrom('dance', '__proto__', 'constructor')),
  key,
)

describe('the keys of a seat', () => {
  test('[KEY-7] whatever the settings hold, every command has one key of its own and no forbidden one is chosen', () => {
    fc.assert(
      fc.property(fileContents, (chosen) => {
        const map = keyMapOf(chosen)
        const all = commandNames.map((each) => map[each])
        expect(new Set(all).size).toBe(commandNames.length)
        for (const each of commandNames)
          if (map[each] !== commands[each].key) expect(refusalOf(each, map[each])).toBeNull()
      }),
    )
  })

  test('[KEY-7] the defaults obey the rules for choosing', () => {
    for (const each of commandNames) expect([each, refusalOf(each, commands[each].key)]).toEqual([each, null])
    expect(keyMapOf({})).toEqual(Object.fromEntries(commandNames.map((each) => [each, commands[each].key])))
  })

  test('[KEY-8] any row of choices leads to what was asked for or changes nothing, and what is kept leads there again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, key), { maxLength: 12 }), (asked) => {
        let chosen: ChosenKeys = {}
        for (const [command, wish] of asked) {
          const before = keyMapOf(chosen)
          const problem = keyProblem(before, command, wish)
          chosen = giveKey(chosen, command, wish)
          const after = keyMapOf(chosen)
          const given = problem === null || (problem.why === 'taken' && problem.swap)
          expect(after[command]).toBe(given ? wish : before[command])
          if (problem?.why === 'taken' && problem.swap) expect(after[problem.by]).toBe(before[command])
          const others = commandNames.filter((each) => each !== command && before[each] !== wish)
          for (const each of others) expect(after[each]).toBe(before[each])
        }
      }),
    )
  })

  test('[KEY-8] back at the default nothing is kept, so that a later default reaches the seat', () => {
    const chosen = giveKey({}, 'answer', 'F13')
    expect(chosen).toEqual({ answer: 'F13' })
    expect(giveKey(chosen, 'answer', 'F2')).toEqual({})
    expect(giveKey({}, 'mute', 'F4')).toEqual({ mute: 'F4', hold: 'F3' })
  })
})

describe('keys nobody may choose', () => {
  test.each([
    ['A', 'typing'],
    ['Enter', 'typing'],
    ['Shift+A', 'typing'],
    ['Ctrl+Enter', 'typing'],
    ['Ctrl+C', 'editing'],
    ['Ctrl+Z', 'editing'],
    ['Ctrl+ ', 'inputMethod'],
    ['Shift+ ', 'inputMethod'],
    ['Ctrl+.', 'inputMethod'],
    ['Ctrl+Shift+F', 'inputMethod'],
    ['Ctrl+Shift+F2', 'inputMethod'],
    ['Ctrl+Alt+E', 'inputMethod'],
    ['Ctrl+W', 'browser'],
    ['Ctrl+0', 'browser'],
    ['Ctrl+F4', 'browser'],
    ['F10', 'system'],
    ['Alt+F4', 'system'],
    ['Alt+A', 'system'],
    ['Alt+ ', 'system'],
    ['F11', 'besideEnd'],
    ['Shift+F11', 'besideEnd'],
  ])('[KEY-6] [KEY-9] %s: %s', (pressed, why) => {
    expect(refusalOf('mute', pressed)).toBe(why)
    expect(keyProblem(keyMapOf({}), 'mute', pressed)).toEqual({ why })
  })

  test('[KEY-9] answer and reject take function keys only: they reach into other programs', () => {
    expect(refusalOf('answer', 'Ctrl+S')).toBe('elsewhere')
    expect(refusalOf('mute', 'Ctrl+S')).toBeNull()
    expect(refusalOf('reject', 'Ctrl+F2')).toBeNull()
    // Nor does a swap bring one there.
    expect(keyProblem(keyMapOf({ mute: 'Ctrl+S' }), 'mute', 'F2')).toEqual({
      why: 'taken',
      by: 'answer',
      swap: false,
    })
  })

  test('[KEY-9] Alt is the system’s, but with a digit it is free inside the window', () => {
    expect(refusalOf('mute', 'Alt+4')).toBeNull()
    expect(refusalOf('answer', 'Alt+4')).toBe('elsewhere')
  })

  test('[KEY-9] Ctrl+Enter files and does nothing else', () => {
    expect(refusalOf('submit', 'Ctrl+Enter')).toBeNull()
    expect(keyProblem(keyMapOf({}), 'submit', 'F13')).toBeNull()
    expect(keyProblem(keyMapOf({}), 'submit', 'F3')).toEqual({ why: 'taken', by: 'mute', swap: false })
  })
})

test('[KEY-13] without a telephone the keys of calls are none, and that of warnings is for who signs', () => {
  expect(commandsOf({ telephone: true, signs: false })).toEqual(commandNames)
  expect(commandsOf({ telephone: false, signs: false })).toEqual(['submit', 'search', 'keys'])
  expect(commandsOf({ telephone: false, signs: true })).toEqual(['warn', 'submit', 'search', 'keys'])
})
