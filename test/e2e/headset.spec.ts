// A headset at the whole window in a real browser: what its buttons do to the call, what its lamps show, plugged in and
// out. The WebHID of the page is a made-up one, because the machines that test have no USB; its reports are real bytes.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'
import { collectionsOf, lampPerReport, oneReport } from '../makers/headsets.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

type FakeHid = {
  plug(chosen: boolean): void
  unplug(): void
  press(reportId: number, bytes: number[]): void
  sent: string[]
  opened(): boolean
}

/** Stands in for navigator.hid: one device, which can be chosen, plugged in and out, and pressed. */
const fakeHid = (collections: unknown): void => {
  const sent: string[] = []
  let [isOpen, isPlugged, isChosen] = [false, false, false]
  const device = Object.assign(new EventTarget(), {
    productName: '示例耳机',
    collections,
    async open() {
      if (!isPlugged) throw new DOMException('gone', 'NetworkError')
      isOpen = true
    },
    async close() {
      isOpen = false
    },
    async forget() {
      isChosen = false
    },
    async sendReport(reportId: number, data: Uint8Array) {
      if (!isOpen) throw new DOMException('closed', 'InvalidStateError')
      sent.push(`${reportId}:${[...data].join(' ')}`)
    },
  })
  Object.defineProperty(device, 'opened', { get: () => isOpen })
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => (isPlugged && isChosen ? [device] : []),
    async requestDevice() {
      isChosen = isPlugged
      return isPlugged ? [device] : []
    },
  })
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true })
  const fake: FakeHid = {
    sent,
    opened: () => isOpen,
    plug(chosen) {
      isPlugged = true
      isChosen ||= chosen
      hid.dispatchEvent(new Event('connect'))
    },
    unplug() {
      isPlugged = false
      isOpen = false
      hid.dispatchEvent(new Event('disconnect'))
    },
    press(reportId, bytes) {
      const data = new DataView(Uint8Array.from(bytes).buffer)
      device.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data }))
    },
  }
  Object.assign(window, { fakeHid: fake })
}

let stage: DeskStage
let desk: Desk
let page: Page

const open = async (at: string, descriptor: readonly number[]) => {
  desk = await stage.open('', at, (fresh) => fresh.addInitScript(fakeHid, collectionsOf(descriptor)))
  page = desk.page
}
const hid = <T>(work: (fake: FakeHid) => T): Promise<T> =>
  page.evaluate(`(${work.toString()})(window.fakeHid)`)
const press = (reportId: number, ...bytes: number[]) =>
  page.evaluate(([id, list]) => (window as unknown as { fakeHid: FakeHid }).fakeHid.press(id, list), [
    reportId,
    bytes,
  ] as const)
const untilSent = (what: string) =>
  until(`${what} to be sent`, async () => (await hid((fake) => fake.sent)).includes(what))
const call = async () => (await desk.state()).calls[0]
const untilPhase = (phase: string) =>
  until(`the call to be ${phase}`, async () => (await call())?.phase.is === phase)
const plugged = async () => {
  await hid((fake) => fake.plug(true))
  await until('the headset to be open', () => hid((fake) => fake.opened()))
}

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[HEAD-2] [HEAD-4] it rings on the headset, the hook answers, and put on hook the guard is asked: the call goes on', async () => {
  await open('desk', lampPerReport)
  await plugged()
  await desk.ring({ number: '13800008000' })
  await untilSent('24:1')
  await press(9, 0b1000)
  await untilPhase('talking')
  await untilSent('23:1')
  await press(9, 0)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '继续通话' }).click()
  await expect.poll(async () => (await call())?.phase.is).toBe('talking')
  await expect
    .poll(async () => (await hid((fake) => fake.sent)).filter((each) => each.startsWith('23:')).at(-1))
    .toBe('23:1')
})

test('[HEAD-3] [F74] muted on the headset, by key and on the screen: button, lamp and microphone agree', async () => {
  await open('desk', oneReport)
  await plugged()
  await desk.ring({ number: '13800008000' })
  await press(2, 1, 0)
  await untilPhase('talking')
  await press(2, 0b101, 0)
  await page.getByRole('button', { name: /^取消静音/ }).waitFor()
  await untilSent('2:3 0')
  await expect.poll(async () => (await call())?.muted).toBe(true)
  await page.keyboard.press('F3')
  await until('the lamp to go out', async () => (await hid((fake) => fake.sent)).at(-1) === '2:1 0')
  await expect.poll(async () => (await call())?.muted).toBe(false)
  await press(2, 0b001, 0)
  await press(2, 0b101, 0)
  await until('the lamp to go on again', async () => (await hid((fake) => fake.sent)).at(-1) === '2:3 0')
})

test('[HEAD-7] chosen once in the settings, named there, unplugged in a call without ending it, found again, forgotten', async () => {
  await open('settings', oneReport)
  const row = page.getByRole('region', { name: '耳机按键' })
  await row.getByText('插上耳机').waitFor()
  await hid((fake) => fake.plug(false))
  await row.getByRole('button', { name: '连接耳机' }).click()
  await row.getByText('已连接 示例耳机').waitFor()
  await desk.ring()
  await press(2, 1, 0)
  await untilPhase('talking')
  await hid((fake) => fake.unplug())
  await row.getByText('插上耳机').waitFor()
  await expect.poll(async () => (await call())?.phase.is).toBe('talking')
  const before = (await hid((fake) => fake.sent)).length
  await hid((fake) => fake.plug(false))
  await row.getByText('已连接 示例耳机').waitFor()
  // Told at once how things stand.
  await until('the line to be shown', async () =>
    (await hid((fake) => fake.sent)).slice(before).includes('2:1 0'),
  )

  await row.getByRole('switch', { name: '用耳机上的键' }).click()
  await row.getByText('现在不起作用').waitFor()
  await expect.poll(() => hid((fake) => [fake.opened(), fake.sent.at(-1)])).toEqual([false, '2:0 0'])
  await row.getByRole('switch', { name: '用耳机上的键' }).click()
  await row.getByRole('button', { name: '不再用它' }).click()
  await row.getByText('插上耳机').waitFor()
  await expect.poll(() => hid((fake) => fake.opened())).toBe(false)
})

test('[HEAD-7] a browser without WebHID says so', async () => {
  desk = await stage.open('', 'settings', (fresh) =>
    fresh.addInitScript(() => Object.defineProperty(navigator, 'hid', { value: undefined })),
  )
  page = desk.page
  await page.getByText('这个浏览器不能用耳机上的键').waitFor()
})
