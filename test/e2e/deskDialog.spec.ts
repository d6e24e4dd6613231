// A dialog over a live call, in a real browser: the call bar above it is seen, clicked and has its panels.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
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

const talking = async (): Promise<CallId> => {
  desk = await stage.open()
  page = desk.page
  const id = await desk.ring({ number: '13800008000', name: '王建平', queue: '维权咨询' })
  await page.keyboard.press('F2')
  await button(/长按 1 秒结束/).waitFor()
  return id
}
const button = (name: RegExp) => page.getByRole('button', { name })
const callOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id)
/** What is drawn at the middle of it, is it or is in it. */
const isInSight = (place: Locator) =>
  place.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })

test.each([
  ['the key list', '按键一览', () => page.keyboard.press('F1')],
  ['the question before an end', '职工还在线上', () => button(/长按 1 秒结束/).click()],
] as const)(
  '[BAR-12] while %s is open number, clock and keys are seen and used',
  async (_what, title, ask) => {
    const id = await talking()
    for (const size of [
      { width: 1000, height: 640 },
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
    ]) {
      await page.setViewportSize(size)
      await ask()
      const dialog = page.getByRole('dialog', { name: new RegExp(title) })
      await dialog.waitFor()
      const bar = page.getByRole('region', { name: '通话条' })
      for (const part of [
        bar.getByText('138****8000', { exact: true }),
        bar.getByRole('timer').last(),
        button(/^静音/),
        button(/^保持/),
        button(/^转接/),
        button(/长按 1 秒结束/),
      ])
        expect(await isInSight(part), `${size.width} px`).toBe(true)
      // Nothing of the dialog is under the bar either.
      const below = await bar.boundingBox()
      await expect
        .poll(async () => (await dialog.boundingBox())?.y)
        .toBeGreaterThan((below?.y ?? 0) + (below?.height ?? 0))

      await button(/^静音/).click()
      await until('the caller not to hear us', async () => (await callOf(id))?.muted === true)
      await page.keyboard.press('F3')
      await until('the caller to hear us again', async () => (await callOf(id))?.muted === false)
      await expect.poll(() => dialog.isVisible()).toBe(true)

      await page.keyboard.press('F7')
      const places = page.getByRole('dialog', { name: '转接' })
      const to = places.getByRole('textbox', { name: '转给谁' })
      await page.keyboard.type('12333')
      await expect.poll(() => to.inputValue()).toBe('12333')
      await expect.poll(() => isInSight(places.getByRole('button', { name: /^转给/ }))).toBe(true)
      await page.keyboard.press('Escape')
      await places.waitFor({ state: 'detached' })
      // The dialog has the keyboard again, and goes with the next Escape.
      await until('the focus in the dialog', () =>
        dialog.evaluate((box) => box.contains(document.activeElement)),
      )
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await expect.poll(async () => (await callOf(id))?.phase.is).toBe('talking')
  },
)

test('[BAR-12] what a quick hand types in a panel opened right after the dialog stays there', async () => {
  await talking()
  await page.keyboard.press('F1')
  await page.keyboard.press('F7')
  const to = page.getByRole('dialog', { name: '转接' }).getByRole('textbox', { name: '转给谁' })
  await to.and(page.locator(':focus')).waitFor()
  // Longer than any dialog takes to come.
  await page.keyboard.type('12333', { delay: 150 })
  await expect.poll(() => to.inputValue()).toBe('12333')
})
