// A page that dies or hangs, and what the parts around it do meanwhile.
import { expect, test, vi } from 'vitest'
import { isKeptAwake, pressGlobally } from '../../host/desktopParts.ts'
import { forget, recorded } from '../../host/record.ts'
import { takeStage } from '../../host/stage.ts'
import { aRing, idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const desk = await startedDesktop({ settings: { centre: 'https://centre.invalid' } })

let answer: Promise<number> = Promise.resolve(0)
takeStage({
  load: () => Promise.resolve(),
  tell() {},
  raise() {},
  close() {},
  quit() {},
  ask: () => answer,
})
const crash = (reason = 'crashed') => desk.window().webContents.emit('render-process-gone', {}, { reason })
const loads = () => recorded('loadURL').filter(([url]) => String(url).includes('index.html'))
const questions = () => recorded('dialog.showMessageBox').map(([question]) => Object(question))

test('[DESK-13] [F50] a page that crashed comes back by itself, and nothing of its call is left around it', async () => {
  desk.window().blur()
  await desk.ask('window.showState', {
    ...idleSeat,
    phase: 'ringing',
    ringing: true,
    onCall: true,
    ring: aRing,
  })
  expect([pressGlobally('F2'), isKeptAwake()]).toEqual([true, true])
  forget()
  crash()
  await vi.waitFor(() => expect(loads()).toEqual([['app://workstation/index.html']]))
  expect([pressGlobally('F2'), isKeptAwake()]).toEqual([false, false])
  expect(recorded('Tray.setToolTip').at(-1)?.[0]).toBe('12351 坐席工作站')
})

test('[DESK-13] [F50] a page that hangs is ended and comes back only if the agent says so', async () => {
  forget()
  desk.window().emit('unresponsive')
  await vi.waitFor(() => expect(questions().length).toBe(1))
  await new Promise((resolve) => setImmediate(resolve))
  expect(recorded('webContents.forcefullyCrashRenderer')).toEqual([])
  answer = Promise.resolve(1)
  desk.window().emit('unresponsive')
  await vi.waitFor(() => expect(loads().length).toBe(1))
  expect(recorded('webContents.forcefullyCrashRenderer').length).toBe(1)
})

test('[DESK-13] [F50] once it answers again the question goes, and a late answer ends nothing', async () => {
  forget()
  const late = Promise.withResolvers<number>()
  answer = late.promise
  desk.window().emit('unresponsive')
  desk.window().emit('unresponsive')
  expect(questions().length).toBe(1)
  desk.window().emit('responsive')
  expect(questions()[0].signal.aborted).toBe(true)
  late.resolve(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(recorded('webContents.forcefullyCrashRenderer')).toEqual([])
})

test('[DESK-13] one that dies again and again is not loaded for ever: the agent is asked', async () => {
  forget()
  const wait = Promise.withResolvers<number>()
  answer = wait.promise
  // Two came before, within the minute.
  crash('oom')
  await vi.waitFor(() => expect(loads().length).toBe(1))
  await desk.ask('window.showState', { ...idleSeat, phase: 'ringing', ringing: true })
  expect(pressGlobally('F2')).toBe(true)
  crash('oom')
  await vi.waitFor(() => expect(questions().length).toBe(1))
  expect(pressGlobally('F2')).toBe(false)
  expect(questions()[0]).toMatchObject({ message: '页面反复出错，打不开', buttons: ['再试一次', '退出'] })
  expect(loads().length).toBe(1)
  wait.resolve(0)
  await vi.waitFor(() => expect(loads().length).toBe(2))
})
