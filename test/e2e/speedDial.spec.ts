// The dial box with the numbers one need not know, in a real browser.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const box = () => page.getByRole('dialog', { name: '拨打电话' })
const field = () => box().getByRole('textbox', { name: '号码' })
const list = () => box().getByRole('list', { name: '单位和短号' })

test('[DIAL-13] [DIAL-14] [DIAL-15] by name, initials or digits; Enter chooses, Enter dials; the star puts it first', async () => {
  desk = await stage.open()
  page = desk.page
  await page.keyboard.press('F6')
  await field().fill('法律服务热线')
  await box().getByText('找到 1 个，按 Enter 选第一个').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => field().inputValue()).toBe('12348')
  await box().getByText('将拨 12348·外线').waitFor()
  await expect.poll(async () => (await desk.state()).calls).toEqual([])

  await field().fill('')
  await list().getByRole('button', { name: '常用：急救 120' }).click()
  await expect.poll(() => list().getByRole('listitem').first().innerText()).toMatch(/急救 120/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('F6')
  await expect.poll(() => list().getByRole('listitem').first().innerText()).toMatch(/急救 120/)
  await field().fill('w12333')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await until('the call to go out', async () =>
    (await desk.state()).calls.some(({ number, phase }) => number === '12333' && phase.is === 'dialling'),
  )
})

test('[DIAL-14] [DIAL-15] [DIAL-16] the list to put a call through to: favourites first, Enter chooses the first match and only then puts through', async () => {
  desk = await stage.open()
  page = desk.page
  await page.keyboard.press('F6')
  await list().getByRole('button', { name: '常用：急救 120' }).click()
  await page.keyboard.press('Escape')
  const id = await desk.ring({ number: '13800008000' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor()
  await page.keyboard.press('F7')
  const panel = page.getByRole('dialog', { name: '转接' })
  const first = panel.getByRole('listitem').first()
  await expect.poll(() => first.innerText()).toMatch(/急救 120/)
  const to = panel.getByRole('textbox')
  await to.fill('法律服务热线')
  await panel.getByText('找到 1 个，按 Enter 选第一个').waitFor()
  // [DIAL-16] Held down, it chooses and no more.
  await page.keyboard.down('Enter')
  await page.keyboard.down('Enter')
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect.poll(() => to.inputValue()).toBe('12348')
  await expect.poll(() => desk.run((on) => on.fake.transferredTo)).toEqual([])
  await panel.getByRole('button', { name: /^转给/ }).waitFor()
  await page.keyboard.press('Enter')
  await until('the call to be put through', async () =>
    (await desk.run((on) => on.fake.transferredTo)).includes('12348'),
  )
  await expect
    .poll(async () => (await desk.state()).calls.find((call) => call.id === id)?.transfer?.number)
    .toBe('12348')
})

test('[DIAL-12] [DIAL-13] [PRIV-3] what goes out stands there with its place, what is forbidden with its sentence', async () => {
  desk = await stage.open()
  page = desk.page
  await page.keyboard.press('F6')
  await field().fill('0311 5555 000')
  await box().getByText('将拨 03115555000·外线·河北石家庄').waitFor()
  await field().fill('+852 5555 0000')
  await box()
    .getByText(/坐席不能拨打境外号码，请报班长/)
    .waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await desk.state()).calls).toEqual([])
})

test('[WRAP-19] the last numbers stand masked in the box and go out again with a click', async () => {
  desk = await stage.open()
  page = desk.page
  await page.keyboard.press('F6')
  await field().fill('13800008000')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^结束/ }).click()
  await page.getByText(/刚才 138\*{4}8000/).waitFor()
  await page.keyboard.press('F6')
  const again = box().getByRole('button', { name: '再拨 138****8000' })
  await again.waitFor()
  await page.screenshot({ path: process.env['SHOT'] ?? 'test/e2e/shots/dialBox.png' })
  await again.click()
  await box().waitFor({ state: 'detached' })
  await until('the call to go out again', async () =>
    (await desk.state()).calls.some(
      ({ number, phase }) => number === '13800008000' && phase.is === 'dialling',
    ),
  )
})
