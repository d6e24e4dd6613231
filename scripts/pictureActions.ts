// What an agent does with hand and headset, one picture for each action: only the part of the window that it concerns.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openSeat } from '../test/e2e/seatWindow.ts'
import { openStage } from '../test/e2e/stage.ts'
import { collectionsOf, oneReport } from '../test/makers/headsets.ts'
import type { Practice } from './pictureTools.ts'
import { heard, letCall, photographPart, visit } from './pictureTools.ts'

const bar = (page: Page) => page.getByRole('region', { name: '通话条' })
const lines = (page: Page) => page.getByRole('region', { name: '我的线路' })

/** At the door, before anybody has signed in. */
const deviceCheck = async (stage: Practice): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'door-'))
  const seat = await openSeat(folder, stage.centre, {
    // The browser takes the tone that stands for a voice for noise, and turns it down.
    before: () => {
      const { mediaDevices } = navigator
      const open = mediaDevices.getUserMedia.bind(mediaDevices)
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
      mediaDevices.getUserMedia = () => open({ audio: plain })
    },
  })
  await seat.page.getByRole('button', { name: '设备自检' }).click()
  const check = seat.page.getByRole('dialog', { name: '设备自检' })
  await check.getByRole('button', { name: '试麦克风' }).click()
  await check.getByText('音量好').waitFor()
  await photographPart(seat.page, 'deviceCheck', check)
  await seat.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Signed in without a microphone, at a real exchange: practice does without. */
const selfCheck = async (): Promise<void> => {
  const stage = await openStage()
  const seat = await stage.openSeat('1002', {
    before: () => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))
    },
  })
  await bar(seat.page).getByText('没有找到麦克风').first().waitFor()
  await photographPart(seat.page, 'selfCheck', bar(seat.page))
  await stage.close()
}

/** Stands in for navigator.hid: one headset, chosen in the browser's own dialog. */
const madeUpHeadset = (collections: unknown): void => {
  const device = Object.assign(new EventTarget(), {
    productName: '示例耳机',
    collections,
    opened: false,
    async open() {
      device.opened = true
    },
    async close() {
      device.opened = false
    },
    async forget() {},
    async sendReport() {},
  })
  const hid = Object.assign(new EventTarget(), {
    getDevices: async () => [],
    requestDevice: async () => [device],
  })
  Object.defineProperty(navigator, 'hid', { value: hid, configurable: true })
}

const headset = async (page: Page): Promise<void> => {
  await page.addInitScript(madeUpHeadset, collectionsOf(oneReport))
  await page.reload()
  await page.getByText('话路正常').first().waitFor()
  await visit(page, '设置')
  const row = page.getByRole('region', { name: '耳机按键' })
  await row.getByRole('button', { name: '连接耳机' }).click()
  await row.getByText('已连接 示例耳机').waitFor()
  await photographPart(page, 'headset', row)
}

const inACall = async (page: Page): Promise<void> => {
  await letCall(page, '何师傅')
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await heard(page)
  await page.keyboard.press('F3')
  await page.getByRole('button', { name: /^取消静音/ }).waitFor()
  await photographPart(page, 'muted', bar(page))
  await page.keyboard.press('F3')
  await page.keyboard.press('F4')
  await bar(page).getByText('职工在听音乐').first().waitFor()
  await photographPart(page, 'held', bar(page))
  await page.keyboard.press('F4')
  await heard(page)
  await page.keyboard.press('F6')
  const keypad = page.getByRole('dialog', { name: '拨号盘' })
  await page.keyboard.type('12#')
  await keypad.getByText('12#').waitFor()
  await photographPart(page, 'keypad', bar(page), keypad)
  await page.keyboard.press('Escape')
  await bar(page)
    .getByRole('button', { name: /^长按 1 秒结束/ })
    .click()
  const question = page.getByRole('dialog')
  await question.getByRole('button', { name: '继续通话' }).waitFor()
  await photographPart(page, 'hangUp', bar(page), question)
  await question.getByRole('button', { name: '继续通话' }).click()
}

/** A second caller rings, is taken, and joins the first. */
const twoLines = async (page: Page): Promise<void> => {
  await visit(page, '练习')
  await page.getByRole('listitem').filter({ hasText: '小唐' }).getByRole('button', { name: /再来/ }).click()
  await bar(page).getByText('另一个来电').waitFor()
  await visit(page, '工作台')
  await photographPart(page, 'secondCall', bar(page))
  await page.keyboard.press('F2')
  await lines(page).getByText('保持').first().waitFor()
  await heard(page)
  await photographPart(page, 'twoLines', bar(page), lines(page))
  await page.keyboard.press('F8')
  await page.getByRole('button', { name: /^退出三方/ }).waitFor()
  await lines(page).getByText('三方').first().waitFor()
  await photographPart(page, 'threeWay', bar(page), lines(page))
}

export const actions = async (stage: Practice): Promise<void> => {
  await deviceCheck(stage)
  await selfCheck()
  const { page } = await stage.openSeat('1001')
  await headset(page)
  await inACall(page)
  await twoLines(page)
}
