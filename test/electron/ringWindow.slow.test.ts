// The small window over other programs: when it is there, what it may ask, and that it never takes the keyboard.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { invoke } from '../../host/application.ts'
import { takeElsewhere } from '../../host/desktopParts.ts'
import { forget, recorded } from '../../host/record.ts'
import { BrowserWindow } from '../../host/windows.ts'
import { cornerOf } from '../../electron/ringWindow.ts'
import { aRing, idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const desk = await startedDesktop()
const seat = (state: Partial<typeof idleSeat>) => desk.ask('window.showState', { ...idleSeat, ...state })
const rings = (more: Partial<typeof aRing> = {}) =>
  seat({ phase: 'ringing', ringing: true, ring: { ...aRing, ...more } })
const small = () => BrowserWindow.getAllWindows()[1] ?? null
const asRing = async (name: string, input: unknown): Promise<{ ok: boolean; value?: unknown }> => {
  const contents = small()?.webContents
  return Object(await invoke({ sender: contents, senderFrame: contents?.mainFrame }, 'desk', [name, input]))
}

beforeEach(async () => {
  await seat({})
  desk.window().blur()
  forget()
})

describe('when it is there', () => {
  test('[DESK-17] [E02] [E03] [E04] [E06] while it rings and our window is not in front; it never takes the keyboard', async () => {
    await rings()
    const [options] = recorded('BrowserWindow')[0] ?? []
    expect(options).toMatchObject({
      focusable: false,
      alwaysOnTop: true,
      show: false,
      skipTaskbar: true,
      frame: false,
    })
    expect(Object(options).webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
    })
    expect(recorded('setAlwaysOnTop')).toEqual([[true, 'screen-saver']])
    expect(recorded('loadURL')).toEqual([['app://workstation/ring.html']])
    await vi.waitFor(() => expect(small()?.isVisible()).toBe(true))
    expect([small()?.isFocused(), desk.window().isFocused()]).toEqual([false, false])
    // No title of a window, and nothing of the log, names anybody.
    expect(JSON.stringify(options)).not.toContain('138')
  })

  test('[DESK-17] it goes with the ringing, and when our window comes to the front', async () => {
    await rings()
    await seat({ phase: 'onCall', onCall: true })
    expect(small()).toBeNull()
    await seat({})
    await rings()
    desk.window().focus()
    expect(small()).toBeNull()
    desk.window().blur()
    expect(small()).not.toBeNull()
  })

  test('[DESK-17] a second tell changes it instead of opening another', async () => {
    await rings({ earlier: null })
    await rings()
    expect(recorded('BrowserWindow').length).toBe(1)
    expect(desk.told('ring.changed')).toEqual([{ ring: aRing }])
  })

  test('[DESK-17] it lies within the screen, whatever its size', () => {
    expect(cornerOf({ x: 0, y: 0, width: 1920, height: 1040 })).toEqual({ x: 1532, y: 820 })
    expect(cornerOf({ x: -1280, y: 100, width: 300, height: 150 })).toEqual({ x: -1280, y: 100 })
  })
})

describe('what it may ask', () => {
  test('[E17] [DESK-17] two rows of the table and no other; the page of the seat may not ask those', async () => {
    await desk.ask('settings.write', { keys: { answer: 'F13' } })
    await rings()
    expect(await asRing('ring.read', null)).toMatchObject({
      ok: true,
      value: { ring: aRing, keys: { answer: 'F13', reject: 'Shift+F2' } },
    })
    for (const name of ['settings.read', 'settings.write', 'secrets.recall', 'window.showState', 'link.open'])
      expect((await asRing(name, null)).ok).toBe(false)
    expect((await desk.ask('ring.press', { press: 'answer' })).ok).toBe(false)
    expect((await desk.ask('ring.read', null)).ok).toBe(false)
    await desk.ask('settings.write', { keys: {} })
  })

  test('[DESK-17] answer and open bring the workstation to the front, reject leaves it where it is', async () => {
    await rings()
    await asRing('ring.press', { press: 'reject' })
    expect([desk.told('command.requested'), desk.window().isFocused()]).toEqual([
      [{ command: 'reject' }],
      false,
    ])
    await asRing('ring.press', { press: 'answer' })
    expect(desk.told('command.requested').at(-1)).toEqual({ command: 'answer' })
    expect(desk.window().isFocused()).toBe(true)
    desk.window().blur()
    await asRing('ring.press', { press: 'show' })
    expect(desk.told('command.requested').length).toBe(2)
    expect(desk.window().isFocused()).toBe(true)
  })
})

describe('the notification', () => {
  test('[DESK-5] [DESK-18] a click only opens the window; its button answers', async () => {
    await rings()
    const [options, notice] = recorded('Notification.show')[0] ?? []
    expect(JSON.stringify(options)).not.toMatch(/138|王|维权|重庆/)
    Object(notice).emit('click')
    expect([desk.told('command.requested'), desk.window().isFocused()]).toEqual([[], true])
    Object(notice).emit('action', {}, 0)
    expect(desk.told('command.requested')).toEqual([{ command: 'answer' }])
  })
})

test('[DESK-29] a key that another program has is not named in it', async () => {
  takeElsewhere('F2')
  await rings()
  expect(await asRing('ring.read', null)).toMatchObject({
    value: { keys: { answer: null, reject: 'Shift+F2' } },
  })
  takeElsewhere('F2', false)
})

test('[DESK-17] closing the workstation leaves no window behind', async () => {
  await rings()
  desk.window().destroy()
  expect(BrowserWindow.getAllWindows()).toEqual([])
})
