// What is asked before the window closes, and what the answers do.
import { describe, expect, test, vi } from 'vitest'
import { forget, preventable, recorded } from '../../host/record.ts'
import { takeStage } from '../../host/stage.ts'
import { idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { reasonsToStay } = await import('../../electron/closing.ts')
const { openSecrets } = await import('../../electron/secrets.ts')
const { visibleBounds } = await import('../../electron/window.ts')

const desk = await startedDesktop({ settings: { centre: 'https://centre.invalid' } })
const seat = (state: Partial<typeof idleSeat>) => desk.ask('window.showState', { ...idleSeat, ...state })

let choice = 0
let whileAsked = async (): Promise<unknown> => undefined
takeStage({
  load: () => Promise.resolve(),
  tell() {},
  raise() {},
  close() {},
  quit() {},
  ask: () => whileAsked().then(() => choice),
})
const questions = () => recorded('dialog.showMessageBox').map(([question]) => Object(question))

describe('closing', () => {
  test('[DESK-8] [F66] each reason to stay has its sentence, the gravest first', () => {
    expect(reasonsToStay(idleSeat)).toEqual([])
    const all = reasonsToStay({
      ...idleSeat,
      phase: 'onCall',
      onCall: true,
      ringing: true,
      unfiled: 2,
      waiting: 3,
    })
    expect(all).toEqual([
      '正在通话，关闭会挂断电话。已写的内容在本机，不会丢。',
      '有来电正在振铃，关闭后由其他坐席接听。',
      '还有 2 张登记单没提交。已存本机，下次签入接着写。',
      '还有 3 件没上传。已存本机，下次签入自动续传。',
    ])
    expect(all.filter((text) => text.length > 40)).toEqual([])
  })

  test('[DESK-8] [F66] during a call the window asks, and stays unless told otherwise', async () => {
    await seat({ phase: 'onCall', onCall: true })
    forget()
    desk.window().close()
    await vi.waitFor(() => expect(questions().length).toBe(1))
    expect(questions()[0]).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ['继续工作', '仍要关闭'] })
    expect(desk.window().isDestroyed()).toBe(false)
  })

  test('[DESK-8] [F66] a call that begins while the question stands open is asked about as well', async () => {
    await seat({ unfiled: 1 })
    forget()
    choice = 1
    whileAsked = async () => {
      whileAsked = async () => {
        choice = 0
      }
      await seat({ unfiled: 1, ringing: true })
    }
    desk.window().close()
    await vi.waitFor(() => expect(questions().length).toBe(2))
    expect(questions().map(({ detail }) => detail.includes('有来电正在振铃'))).toEqual([false, true])
    await new Promise((resolve) => setImmediate(resolve))
    expect(desk.window().isDestroyed()).toBe(false)
    whileAsked = async () => undefined
  })

  test('[DESK-8] [F66] Windows is not let go with somebody on the line, and not held up without', async () => {
    const end = async (state: Partial<typeof idleSeat>) => {
      await seat(state)
      forget()
      const event = preventable({ reasons: ['shutdown'] })
      desk.window().emit('query-session-end', event)
      return { held: event.defaultPrevented, asked: questions().length }
    }
    expect(await end({ phase: 'onCall', onCall: true })).toEqual({ held: true, asked: 1 })
    expect(await end({ phase: 'wrapup', unfiled: 1, waiting: 2 })).toEqual({ held: false, asked: 0 })
  })

  test('[F66] the page’s own question never holds the window once ours was answered', () => {
    const event = preventable({})
    desk.window().webContents.emit('will-prevent-unload', event)
    expect(event.defaultPrevented).toBe(true)
  })

  test('[SESSION-18] a page that crashed finds who was signed in', async () => {
    await desk.ask('secrets.keep', { name: 'refresh-token', secret: 'of 1001' })
    desk.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(await desk.ask('secrets.recall', { name: 'refresh-token' })).toMatchObject({ value: 'of 1001' })
  })

  test('[DESK-8] [SESSION-18] [F66] with unfiled work it asks again, and closes when the agent insists, nobody signed in any more', async () => {
    await seat({ phase: 'wrapup', unfiled: 1 })
    forget()
    choice = 1
    const window = desk.window()
    window.close()
    await vi.waitFor(() => expect(window.isDestroyed()).toBe(true))
    expect(questions()[0]?.detail).toContain('还有 1 张登记单没提交')
    expect(recorded('app.quit').length).toBe(1)
    expect(await openSecrets(desk.data).recall('refresh-token')).toBeNull()
  })
})

describe('where the window opens', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 984 },
  ]
  test('[DESK-14] where it was, if that is on a screen', () => {
    const bounds = { x: 2000, y: 40, width: 1100, height: 800 }
    expect(visibleBounds(bounds, screens)).toEqual(bounds)
    expect(visibleBounds(bounds, screens.slice(0, 1))).toBe(null)
    expect(visibleBounds({ ...bounds, x: -9000 }, screens)).toBe(null)
    expect(visibleBounds(null, screens)).toBe(null)
  })
})
