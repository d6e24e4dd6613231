// The keyboard wrapper, fed with the events browsers really send: input methods, auto-repeat, a lost focus.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandName } from '../../../core/commands.ts'
import type { ChosenKeys } from '../../../core/keyMap.ts'
import { commandNames, keyMapOf } from '../../../core/keyMap.ts'
import { commandOf as commandIn, createKeys, isEnter, isModifier, keyOf } from '../../../renderer/app/keys.ts'

const defaults = keyMapOf({})
const commandOf = (event: ReturnType<typeof pressed>) => commandIn(event, defaults)

const pressed = (key: string, over: Partial<KeyboardEvent> = {}) => ({
  key,
  keyCode: 0,
  isComposing: false,
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...over,
})

/** A window as far as listening goes. */
const aPage = () => {
  const page = new EventTarget()
  const send = (type: string, key: string, over: Partial<KeyboardEvent> = {}) => {
    const event = new Event(type, { cancelable: true })
    // A browser's event has its facts on the prototype: copying it copies none of them.
    for (const [name, value] of Object.entries(pressed(key, over)))
      Object.defineProperty(event, name, { value, enumerable: false })
    page.dispatchEvent(event)
    return event
  }
  return { page: page as unknown as Window, send, blur: () => page.dispatchEvent(new Event('blur')) }
}

const listening = (chosen: ChosenKeys = {}) => {
  const { page, send, blur } = aPage()
  const ran: CommandName[] = []
  const held: string[] = []
  const keys = createKeys()
  const detach = keys.attach(page, keyMapOf(chosen), (command) => ran.push(command))
  const deaf = keys.listen(
    () => held.push('down'),
    () => held.push('up'),
  )
  return { send, blur, ran, held, detach, deaf, choose: keys.choose }
}

describe('which key is which command', () => {
  test('[DIAL-16] only an Enter for itself counts: not one held down, with Ctrl, or ending a composition', () => {
    expect(isEnter(pressed('Enter'))).toBe(true)
    expect(isEnter(pressed('Enter', { repeat: true }))).toBe(false)
    expect(isEnter(pressed('Enter', { ctrlKey: true }))).toBe(false)
    expect(isEnter(pressed('Enter', { isComposing: true }))).toBe(false)
    expect(isEnter(pressed('5'))).toBe(false)
  })

  test('[KEY-1] every key of the table leads to its own command', () => {
    const table = commandNames.map((name) => defaults[name])
    expect(new Set(table).size).toBe(table.length)
    expect(commandOf(pressed('F2'))).toBe('answer')
    expect(commandOf(pressed('F2', { shiftKey: true }))).toBe('reject')
    expect(commandOf(pressed('Enter', { ctrlKey: true }))).toBe('submit')
    expect(commandOf(pressed('k', { ctrlKey: true }))).toBe('search')
    expect(keyOf(pressed('k', { metaKey: true }))).toBe('Ctrl+K')
    expect(commandOf(pressed('1', { altKey: true, code: 'Digit1' }))).toBe('knowledge1')
    // A Mac writes another character with Option; Windows writes one by its number on the number block.
    expect(commandOf(pressed('¡', { altKey: true, code: 'Digit1' }))).toBe('knowledge1')
    expect(commandOf(pressed('1', { altKey: true, code: 'Numpad1' }))).toBeNull()
  })

  test('[KEY-3] [F70] Enter, Space, Esc and letters alone are no command', () => {
    for (const key of ['Enter', ' ', 'Escape', 'a', 'Process']) expect(commandOf(pressed(key))).toBeNull()
    expect(commandOf(pressed('Enter', { shiftKey: true }))).toBeNull()
  })

  test('[KEY-6] F11 has no command, with or without modifiers', () => {
    for (const over of [{}, { shiftKey: true }, { ctrlKey: true }, { altKey: true }])
      expect(commandOf(pressed('F11', over))).toBeNull()
  })

  test('[KEY-2] a composing input method keeps its keys, also the Enter that comes after it with 229', () => {
    expect(commandOf(pressed('F2', { isComposing: true }))).toBeNull()
    expect(commandOf(pressed('Enter', { ctrlKey: true, isComposing: true }))).toBeNull()
    expect(commandOf(pressed('Enter', { ctrlKey: true, keyCode: 229 }))).toBeNull()
  })
})

describe('listening on the page', () => {
  test('[KEY-4] [KEY-5] a held key runs once and the browser never gets it', () => {
    const { send, ran } = listening()
    expect(send('keydown', 'F5').defaultPrevented).toBe(true)
    expect(send('keydown', 'F5', { repeat: true }).defaultPrevented).toBe(true)
    expect(ran).toEqual(['ready'])
    expect(send('keydown', 'F11').defaultPrevented).toBe(false)
  })

  test('[KEY-2] nothing runs and nothing is kept from the input method while it composes', () => {
    const { send, ran, held } = listening()
    expect(send('keydown', 'F2', { isComposing: true }).defaultPrevented).toBe(false)
    send('keydown', 'F12', { keyCode: 229 })
    expect([ran, held]).toEqual([[], []])
  })

  test('[KEY-5] the end key tells when it goes down and when it comes up, and nothing else', () => {
    const { send, ran, held } = listening()
    send('keyup', 'F12')
    send('keydown', 'F12')
    send('keydown', 'F12', { repeat: true })
    send('keyup', 'F12')
    send('keyup', 'F12')
    expect(held).toEqual(['down', 'up'])
    expect(ran).toEqual([])
  })

  test('[KEY-5] a window that loses the focus lets go of the end key', () => {
    const { send, blur, held } = listening()
    blur()
    send('keydown', 'F12')
    blur()
    expect(held).toEqual(['down', 'up'])
  })

  test('[KEY-1] after detaching nothing is heard', () => {
    const { send, ran, held, detach, deaf } = listening()
    deaf()
    send('keydown', 'F12')
    detach()
    send('keydown', 'F2')
    expect([ran, held]).toEqual([[], []])
  })

  test('[KEY-7] a chosen key works and the default it replaced does not', () => {
    const { send, ran } = listening({ answer: 'F13' })
    expect(send('keydown', 'F2').defaultPrevented).toBe(false)
    expect(send('keydown', 'F13').defaultPrevented).toBe(true)
    expect(ran).toEqual(['answer'])
  })

  test('[KEY-5] an end key of two keys is let go of with either of them', () => {
    const { send, held } = listening({ hangUp: 'Ctrl+E' })
    for (const [released, over] of [
      ['e', { ctrlKey: true }],
      ['Control', {}],
    ] as const) {
      send('keydown', 'e', { ctrlKey: true })
      send('keyup', 'Shift')
      send('keyup', released, over)
    }
    expect(held).toEqual(['down', 'up', 'down', 'up'])
  })

  test('[KEY-10] while a key is being chosen it is heard by the chooser alone, and only until then', () => {
    const { send, ran, held, choose } = listening()
    const heard: string[] = []
    const stop = choose((event) => heard.push(keyOf(event)))
    send('keydown', 'F2')
    send('keydown', 'F12')
    stop()
    send('keydown', 'F3')
    expect([heard, ran, held]).toEqual([['F2', 'F12'], ['mute'], []])
  })

  test('[KEY-10] a modifier on its way to a key is no key', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'Process', 'Dead']) expect(isModifier({ key })).toBe(true)
    for (const key of ['F2', 'k', 'Enter']) expect(isModifier({ key })).toBe(false)
  })
})

describe('what the screens say', () => {
  const renderer = join(import.meta.dirname, '../../../renderer')
  const read = (at: string): [string, string][] =>
    readdirSync(join(renderer, at), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => [join(at, name), readFileSync(join(renderer, at, name), 'utf8')])

  test('[KEY-7] no screen names a default key: it asks for the key the seat has', () => {
    const files = read('.')
    expect(files.length).toBeGreaterThan(100)
    const spelled = /commands(\.\w+|\[\w+\])\.key\b/
    expect(files.filter(([path, text]) => !path.endsWith('KeyChoice.tsx') && spelled.test(text))).toEqual([])
  })

  test('[KEY-7] no sentence spells a key that could be another one', () => {
    // F11 never has a command, so it may be named; text/keys.ts says so about it.
    const spelled = /\bF(?!11\b)\d{1,2}\b|Ctrl|Shift/
    const texts = read('text').filter(([path]) => !path.endsWith('keys.ts'))
    expect(texts.filter(([, text]) => spelled.test(text)).map(([path]) => path)).toEqual([])
  })
})
