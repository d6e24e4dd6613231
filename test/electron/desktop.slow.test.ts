// The whole desktop on the recording stand-in: started once, then driven as page, system and person would.
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../host/application.ts'
import { isKeptAwake, pressGlobally, takeElsewhere } from '../../host/desktopParts.ts'
import { powerMonitor } from '../../host/electronModule.ts'
import { forget, recorded } from '../../host/record.ts'
import { installed } from '../../host/application.ts'
import { aRing, idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const desk = await startedDesktop({ argv: ['tel:023-63123456'] })
const atStart = {
  window: Object(recorded('BrowserWindow')[0]?.[0]),
  sandboxes: recorded('app.enableSandbox').length,
  loads: recorded('loadURL'),
  protocols: recorded('app.setAsDefaultProtocolClient'),
  spelling: recorded('session.setSpellCheckerEnabled'),
}
const header = async () => {
  const page = await installed.serve.get('app')?.({ url: 'app://workstation/', method: 'GET' })
  return page?.headers.get('content-security-policy') ?? ''
}
const seat = async (state: Partial<typeof idleSeat>) =>
  desk.ask('window.showState', { ...idleSeat, ...state })

describe('the start', () => {
  test('[E02] [E03] [E04] [E06] the one window is sandboxed, isolated and without Node', () => {
    expect(desk.started).toBe(true)
    expect(atStart.sandboxes).toBe(1)
    expect(atStart.window.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
    })
  })

  test('[E08] [E09] [E10] [E11] nothing insecure, experimental, Blink-only or embedded is switched on', () => {
    const { webPreferences } = atStart.window
    expect(webPreferences).toMatchObject({
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
    expect(Object.keys(webPreferences)).not.toContain('enableBlinkFeatures')
  })

  test('[E24] spelling dictionaries are neither fetched nor fed', () => {
    expect(atStart.window.webPreferences.spellcheck).toBe(false)
    expect(atStart.spelling).toEqual([[false]])
  })

  test('[DESK-1] the page is loaded from app://workstation', () => {
    expect(atStart.loads).toEqual([['app://workstation/index.html']])
  })

  test('[E01] [DESK-11] in practice the page may reach this computer only', async () => {
    expect(await header()).toContain("connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*;")
  })

  test('an unpackaged program does not register itself for links', () => {
    expect(atStart.protocols).toEqual([])
  })

  test('the practice centre is found at the address it announced', async () => {
    expect(await desk.ask('centre.find', null)).toEqual({
      ok: true,
      value: { url: 'http://127.0.0.1:40404', practice: true },
    })
  })
})

describe('links', () => {
  test('[DESK-4] a link from the start waits until somebody is seated, and is told once', async () => {
    expect(desk.told('dial.requested')).toEqual([])
    await seat({ phase: 'signedOut' })
    expect(desk.told('dial.requested')).toEqual([])
    await seat({})
    await seat({})
    expect(desk.told('dial.requested')).toEqual([{ number: '02363123456' }])
  })

  test('[E22] [DESK-16] [F52] a second start hands over its link and brings the window up', () => {
    forget()
    app.emit('second-instance', {}, ['/opt/hotline-seat', '--some-switch', 'sip:1002@x'])
    expect(desk.told('dial.requested')).toEqual([{ number: '1002' }])
    expect(recorded('show').length).toBe(1)
  })

  test('[E15] a link of the page is opened in the system browser only if listed', async () => {
    forget()
    expect((await desk.ask('link.open', { url: 'https://flk.npc.gov.cn/' })).ok).toBe(true)
    expect((await desk.ask('link.open', { url: 'https://example.com/' })).ok).toBe(false)
    expect(recorded('shell.openExternal')).toEqual([['https://flk.npc.gov.cn/']])
  })
})

describe('a ring', () => {
  test('[DESK-5] shows the window without the keyboard and tells no name', async () => {
    desk.window().hide()
    forget()
    await seat({ phase: 'ringing', ringing: true })
    expect(recorded('showInactive').length).toBe(1)
    expect(recorded('show')).toEqual([])
    expect(recorded('flashFrame')).toEqual([[true]])
    expect(recorded('Notification.show')[0]?.[0]).toEqual({
      title: '12351 有来电',
      body: '按 F2 接听，点这里打开工作站。',
      silent: true,
    })
  })

  test('[DESK-5] the notification comes once per ring, and not at all while the window is in front', async () => {
    await seat({ phase: 'ringing', ringing: true, unfiled: 1 })
    expect(recorded('Notification.show').length).toBe(1)
    await seat({})
    desk.window().focus()
    forget()
    await seat({ phase: 'ringing', ringing: true })
    expect(recorded('Notification.show')).toEqual([])
    await seat({})
  })

  test('[DESK-18] its button answers the ring it came for: with that ring it is taken away', async () => {
    const last = () => recorded('Notification.show').at(-1)?.[1]
    desk.window().blur()
    await seat({ phase: 'ringing', ringing: true })
    const first = last()
    await seat({})
    expect(recorded('Notification.close').at(-1)).toEqual([first])
    await seat({ phase: 'ringing', ringing: true })
    expect(last()).not.toBe(first)
    await seat({})
  })

  test('[DESK-30] a word that is too long for tray or ring window is cut, and costs nothing else', async () => {
    desk.window().blur()
    const reasons = [{ code: 'meal', word: 'waiting for the department head to call back' }]
    const answer = await seat({
      phase: 'ringing',
      ringing: true,
      reasons,
      ring: { ...aRing, queue: '队'.repeat(90) },
    })
    expect(answer.ok).toBe(true)
    expect(pressGlobally('F2')).toBe(true)
    await seat({})
  })

  test('[DESK-6] F2 works from elsewhere only while it rings there', async () => {
    desk.window().focus()
    await seat({ phase: 'ringing', ringing: true })
    expect(pressGlobally('F2')).toBe(false)
    desk.window().blur()
    forget()
    expect(pressGlobally('F2')).toBe(true)
    expect(pressGlobally('Shift+F2')).toBe(true)
    expect(desk.told('command.requested')).toEqual([{ command: 'answer' }, { command: 'reject' }])
    await seat({})
    expect(pressGlobally('F2')).toBe(false)
  })

  test('[DESK-6] [KEY-7] a chosen key works from elsewhere and is the one the notification names', async () => {
    await desk.ask('settings.write', { keys: { answer: 'F13' } })
    desk.window().blur()
    forget()
    await seat({ phase: 'ringing', ringing: true })
    expect(recorded('Notification.show')[0]?.[0]).toMatchObject({
      body: '按 F13 接听，点这里打开工作站。',
    })
    expect([pressGlobally('F13'), pressGlobally('F2'), pressGlobally('Shift+F2')]).toEqual([
      true,
      false,
      true,
    ])
    expect(desk.told('command.requested')).toEqual([{ command: 'answer' }, { command: 'reject' }])
    await seat({})
    await desk.ask('settings.write', { keys: {} })
    expect(pressGlobally('F13')).toBe(false)
  })
})

describe('a key that another program has', () => {
  const taken = (...commands: string[]) => ({ ok: true, value: { commands } })

  test('[DESK-29] is found when the page asks, without keeping any key', async () => {
    takeElsewhere('F2')
    forget()
    expect(await desk.ask('hotkeys.read', null)).toEqual(taken('answer'))
    expect(desk.told('hotkeys.changed')).toEqual([{ commands: ['answer'] }])
    expect(pressGlobally('Shift+F2')).toBe(false)
    await desk.ask('settings.write', { keys: { answer: 'F13' } })
    expect(await desk.ask('hotkeys.read', null)).toEqual(taken())
    await desk.ask('settings.write', { keys: {} })
    takeElsewhere('F2', false)
  })

  test('[DESK-29] is told at a ring, and the notification does not name it; the other one works', async () => {
    desk.window().blur()
    takeElsewhere('F2')
    forget()
    await seat({ phase: 'ringing', ringing: true })
    expect(desk.told('hotkeys.changed')).toEqual([{ commands: ['answer'] }])
    expect(recorded('Notification.show')[0]?.[0]).toMatchObject({ body: '点这里打开工作站。' })
    expect(await desk.ask('hotkeys.read', null)).toEqual(taken('answer'))
    expect([pressGlobally('F2'), pressGlobally('Shift+F2')]).toEqual([false, true])
    await seat({})
    takeElsewhere('F2', false)
    await seat({ phase: 'ringing', ringing: true })
    expect(desk.told('hotkeys.changed').at(-1)).toEqual({ commands: [] })
    expect(pressGlobally('F2')).toBe(true)
    await seat({})
  })
})

describe('the system', () => {
  test('[DESK-7] the computer stays awake during a call', async () => {
    await seat({ phase: 'onCall', onCall: true })
    expect(isKeptAwake()).toBe(true)
    await seat({ phase: 'wrapup' })
    expect(isKeptAwake()).toBe(false)
  })

  test('sleep and waking are told to the page', () => {
    forget()
    powerMonitor.emit('suspend')
    powerMonitor.emit('resume')
    expect(desk.told('power.changed')).toEqual([{ state: 'suspend' }, { state: 'resume' }])
  })

  test('[DESK-10] in practice the tray icon is striped, also while it rings', async () => {
    await seat({ phase: 'ringing', ringing: true })
    await seat({})
    const shown = recorded('Tray.setImage').map(([image]) => String(Object(image).path).split(/[\\/]/).at(-1))
    expect(shown.slice(-2)).toEqual(['practiceRinging.png', 'practice.png'])
    expect(recorded('Tray.setToolTip').at(-1)).toEqual(['12351 练习，不是真实电话，空闲'])
  })
})

describe('another centre', () => {
  test('[E01] [E21] a centre without TLS elsewhere is refused, and the settings stay', async () => {
    const answer = await desk.ask('settings.write', { centre: 'http://centre.example' })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'bad_input', field: 'centre' } })
    expect(await desk.ask('settings.read', null)).toMatchObject({ ok: true, value: { centre: null } })
  })

  test('[DESK-12] the page is loaded anew with a header that names the new centre', async () => {
    forget()
    await desk.ask('settings.write', { centre: 'https://centre.invalid:8443' })
    await vi.waitFor(() => expect(recorded('loadURL').length).toBe(1), 5_000)
    expect(await header()).toContain(
      "connect-src 'self' https://centre.invalid:8443 wss://centre.invalid:8443;",
    )
    expect(await desk.ask('centre.find', null)).toEqual({
      ok: true,
      value: { url: 'https://centre.invalid:8443', practice: false },
    })
  })
})
