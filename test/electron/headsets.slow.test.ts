// Which HID devices the page gets: headsets somebody chose, remembered until they are given back; nothing else.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { installed, session, sessionEvents } from '../../host/application.ts'
import { forget, recorded } from '../../host/record.ts'
import type { Stage } from '../../host/stage.ts'
import { stage, takeStage } from '../../host/stage.ts'
import { collectionsOf, oneReport, volumeOnly } from '../makers/headsets.ts'
import { aDataFolder } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { allowChosenHeadsets } = await import('../../electron/headsets.ts')
const { openMemory } = await import('../../electron/settings.ts')

const device = (deviceId: string, productId: number, descriptor: readonly number[]) => ({
  deviceId,
  name: `耳机 ${productId}`,
  vendorId: 0x1234,
  productId,
  collections: collectionsOf(descriptor),
})
const headset = device('a', 1, oneReport)
const sameAgain = device('b', 1, oneReport)
const other = device('c', 2, oneReport)
const speaker = device('d', 3, volumeOnly)

const ours = { url: 'app://workstation/index.html', parent: null }
let data: string

/** What the page's question for a headset ends in. */
const chosen = (deviceList: readonly object[], frame: object | null = ours) =>
  new Promise<{ id: string | null; prevented: boolean }>((resolve) => {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    sessionEvents.emit('select-hid-device', event, { deviceList, frame }, (id: string | null) =>
      resolve({ id, prevented }),
    )
  })
const mayOpen = (what: object, origin = 'app://workstation', deviceType = 'hid') =>
  installed.device({ deviceType, origin, device: what })
/** The person in front presses this button of the question. */
const pressing = (button: number): Stage => ({ ...stage(), ask: () => Promise.resolve(button) })

beforeEach(() => {
  data = aDataFolder()
  sessionEvents.removeAllListeners()
  forget()
  // The stand-in's session has the methods we install; the rest of the type is not needed here.
  allowChosenHeadsets(Object(session.defaultSession), openMemory(data))
})

describe('[E05] [HEAD-7] devices', () => {
  test('[E05] nothing may be opened that nobody chose', () => {
    for (const each of [headset, other, speaker, {}]) expect(mayOpen(each)).toBe(false)
  })

  test('[HEAD-7] the only headset is taken without a question, remembered, and given back', async () => {
    expect(await chosen([speaker, headset, sameAgain])).toEqual({ id: 'a', prevented: true })
    expect(recorded('dialog.showMessageBox')).toEqual([])
    expect([mayOpen(headset), mayOpen(sameAgain), mayOpen(other), mayOpen(speaker)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(openMemory(data).read().headsets).toEqual([{ vendorId: 0x1234, productId: 1 }])
    sessionEvents.emit('hid-device-revoked', {}, { device: headset })
    expect(mayOpen(headset)).toBe(false)
  })

  test('[HEAD-7] of several the agent names one, or none', async () => {
    const before = stage()
    takeStage(pressing(1))
    expect((await chosen([headset, other])).id).toBe('c')
    takeStage(pressing(2))
    expect((await chosen([headset, other])).id).toBeNull()
    takeStage(before)
    expect(recorded('dialog.showMessageBox')[0]?.[0]).toMatchObject({
      buttons: ['耳机 1', '耳机 2', '都不用'],
      cancelId: 2,
    })
    expect([mayOpen(headset), mayOpen(other)]).toEqual([false, true])
  })

  test('[E05] other devices, other pages, frames in frames and other kinds get nothing', async () => {
    expect((await chosen([speaker])).id).toBeNull()
    expect((await chosen([])).id).toBeNull()
    for (const frame of [null, { url: 'https://example.com/', parent: null }, { ...ours, parent: ours }])
      expect((await chosen([headset], frame)).id).toBeNull()
    await chosen([headset])
    expect(mayOpen(headset, 'https://example.com')).toBe(false)
    expect(mayOpen(headset, 'app://workstation', 'usb')).toBe(false)
    expect(mayOpen({ ...headset, collections: speaker.collections })).toBe(false)
  })
})
