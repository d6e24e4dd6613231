// The keyboard wrapper, fed with the events browsers really send: input methods, auto-repeat, a lost focus.
import { describe, expect, test } from 'vitest'
import type { CommandName } from '../../../core/commands.ts'
import { commands } from '../../../core/commands.ts'
import { commandNames, commandOf, createKeys, keyOf } from '../../../renderer/app/keys.ts'

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
    const event = Object.assign(new Event(type, { cancelable: true }), pressed(key, over))
    page.dispatchEvent(event)
    return event
  }
  return { page: page as unknown as Window, send, blur: () => page.dispatchEvent(new Event('blur')) }
}

const listening = () => {
  const { page, send, blur } = aPage()
  const ran: CommandName[] = []
  const held: string[] = []
  const keys = createKeys()
  const detach = keys.attach(page, (command) => ran.push(command))
  const deaf = keys.listen(
    () => held.push('down'),
    () => held.push('up'),
  )
  return { send, blur, ran, held, detach, deaf }
}

describe('which key is which command', () => {
  test('[KEY-1] every key of the table leads to its own command', () => {
    const table = commandNames.map((name) => commands[name].key)
    expect(new Set(table).size).toBe(table.length)
    expect(commandOf(pressed('F2'))).toBe('answer')
    expect(commandOf(pressed('F2', { shiftKey: true }))).toBe('reject')
    expect(commandOf(pressed('Enter', { ctrlKey: true }))).toBe('submit')
    expect(commandOf(pressed('k', { ctrlKey: true }))).toBe('search')
    expect(keyOf(pressed('k', { metaKey: true }))).toBe('Ctrl+K')
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
})
