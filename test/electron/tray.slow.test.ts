// The icon beside the clock and its menu: what each state of the seat shows and offers.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { forget, recorded } from '../../host/record.ts'
import { idleSeat, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { makeBadge } = await import('../../electron/badge.ts')
const { trayIcon, trayText } = await import('../../electron/tray.ts')

const desk = await startedDesktop()
const reasons = [
  { code: 'XX', word: '小休' },
  { code: 'PX', word: '培训' },
]
const signedIn = { ...idleSeat, reasons }
const seat = (state: Partial<typeof idleSeat>) => desk.ask('window.showState', { ...signedIn, ...state })

type Item = {
  label?: string
  type?: string
  checked?: boolean
  click?: (item: object) => void
  submenu?: Item[]
}
const menu = (): Item[] => Object(recorded('Tray.setContextMenu').at(-1)?.[0]).items
const labels = (items = menu()) => items.map((item) => item.label ?? '—')
const click = (label: string, items = menu()) => items.find((item) => item.label === label)?.click?.({})

describe('the icon', () => {
  test('[DESK-19] each state has its own, and each is there in both sizes', () => {
    const phases = ['signedOut', 'ready', 'notReady', 'onCall', 'held', 'dialling', 'wrapup', 'linkLost']
    const icons = phases.map((phase) => trayIcon({ ...idleSeat, phase }, false))
    expect(icons).toEqual(['idle', 'ready', 'notReady', 'onCall', 'onCall', 'onCall', 'wrapup', 'idle'])
    expect(trayIcon({ ...idleSeat, phase: 'ringing', ringing: true }, false)).toBe('ringing')
    for (const icon of [...icons, 'ringing', 'practice', 'practiceRinging'])
      for (const size of ['', '@2x'])
        expect(existsSync(join(import.meta.dirname, `../../assets/tray/${icon}${size}.png`))).toBe(true)
  })

  test('[DESK-19] says the state, its reason and the unfiled forms in words, and never who calls', () => {
    const resting = { ...signedIn, phase: 'notReady', reason: 'XX', unfiled: 2 }
    expect(trayText(resting, false)).toBe('12351 坐席工作站，示忙·小休，2 张登记单没提交')
    expect(trayText({ ...signedIn, phase: 'ringing', ringing: true }, true)).toBe(
      '12351 练习，不是真实电话，有来电',
    )
    expect(trayText(idleSeat, false)).toBe('12351 坐席工作站，空闲')
  })

  test('[DESK-19] the badge counts unfiled forms', async () => {
    forget()
    await seat({ phase: 'wrapup', unfiled: 3 })
    expect(recorded('app.setBadgeCount')).toEqual([[3]])
  })

  test('[DESK-19] on Windows the count lies over the icon in the taskbar, also for who cannot see it, and goes at none', () => {
    const badge = makeBadge(Object(desk.window()), join(import.meta.dirname, '../../assets/badge'), 'win32')
    forget()
    for (const count of [0, 3, 3, 12, 0]) badge(count)
    const shown = recorded('setOverlayIcon')
    expect(shown.map(([image]) => (image === null ? null : basename(String(Object(image).path))))).toEqual([
      '3.png',
      'many.png',
      null,
    ])
    expect(shown.map(([, words]) => words)).toEqual(['3 张登记单没提交', '12 张登记单没提交', ''])
    expect(recorded('app.setBadgeCount')).toEqual([])
    for (const name of [1, 2, 3, 4, 5, 6, 7, 8, 9, 'many'])
      for (const size of ['', '@2x'])
        expect(existsSync(join(import.meta.dirname, `../../assets/badge/${name}${size}.png`))).toBe(true)
  })
})

describe('the menu', () => {
  test('[DESK-20] [KEY-1] answers and rejects while it rings, by the keys of this seat', async () => {
    await seat({ phase: 'ringing', ringing: true })
    expect(labels().slice(0, 2)).toEqual(['接听 F2', '拒接 Shift F2'])
    click('接听 F2')
    click('拒接 Shift F2')
    expect(desk.told('command.requested')).toEqual([{ command: 'answer' }, { command: 'reject' }])
  })

  test('[DESK-20] changes the state of the seat, and only while somebody is signed in', async () => {
    await seat({ phase: 'notReady', reason: 'XX' })
    const resting = menu().find((item) => item.label === '示忙')?.submenu ?? []
    expect(resting.map(({ label, checked }) => [label, checked])).toEqual([
      ['小休', true],
      ['培训', false],
    ])
    click('培训', resting)
    click('恢复空闲 F5')
    expect(desk.told('notReady.requested')).toEqual([{ reason: 'PX' }])
    expect(desk.told('command.requested').at(-1)).toEqual({ command: 'ready' })
    await desk.ask('window.showState', { ...idleSeat, phase: 'signedOut' })
    expect(labels()).toEqual(['打开工作站', '开机时自动启动', '—', '退出'])
  })

  test('[DESK-20] is not exchanged while it says the same', async () => {
    await seat({ phase: 'ready', waiting: 1 })
    forget()
    await seat({ phase: 'ready', waiting: 2 })
    expect(recorded('Tray.setContextMenu')).toEqual([])
  })
})
