// What hangs from the bar belongs to one call: the next one begins without it, and the caret stays where the agent writes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Desk['page']
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const open = async () => {
  desk = await stage.open()
  page = desk.page
}
const callOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id)
const untilPhase = (id: CallId, phase: string) =>
  until(`the call to be ${phase}`, async () => (await callOf(id))?.phase.is === phase)
/** A worker calls and the agent answers with the key, wherever the caret is. */
const talking = async (): Promise<CallId> => {
  const id = await desk.ring({ number: '18600005521' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await untilPhase(id, 'talking')
  await page.getByRole('button', { name: /^拨号盘/ }).waitFor()
  return id
}
const panel = () => page.locator('dialog[open]')
const search = () => page.getByRole('search').getByRole('textbox').first()

test.each([
  ['F6', '拨号盘'],
  ['F7', '转接'],
  ['Shift+F7', '咨询'],
])(
  '[BAR-14] [KEY-3] what %s (%s) opened ends with its call: the next one leaves the caret in the field',
  async (key) => {
    await open()
    const first = await talking()
    await page.keyboard.press(key)
    await panel().waitFor()
    await desk.theyHangUp(first)
    await panel().waitFor({ state: 'detached' })
    // A field that no answered call takes away: the desk would bring the form of the new one.
    await page.keyboard.press('Control+k')
    await until('the caret to be there', () =>
      search()
        .evaluate((box) => document.activeElement === box, null, { timeout: 1_000 })
        .catch(() => false),
    )
    await page.keyboard.type('08')
    const second = await talking()
    // No panel, and none one frame later either.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
    await expect.poll(() => panel().count()).toBe(0)
    await page.keyboard.type('159')
    await expect.poll(() => search().inputValue()).toBe('08159')
    await expect.poll(async () => (await callOf(second))?.digits).toBe('')
    // Its own key opens it anew.
    await page.keyboard.press(key)
    await panel().waitFor()
  },
)

test('[BAR-14] the keypad of a line that waits is closed, and does not come back with the line', async () => {
  await open()
  const first = await talking()
  await page.keyboard.press('F6')
  await page.keyboard.type('1')
  await expect.poll(async () => (await callOf(first))?.digits).toBe('1')
  const second = await talking()
  await untilPhase(first, 'held')
  await panel().waitFor({ state: 'detached' })
  await page.keyboard.press('Shift+F4')
  await untilPhase(first, 'talking')
  await page.keyboard.type('2')
  await expect.poll(() => panel().count()).toBe(0)
  await expect.poll(async () => (await callOf(first))?.digits).toBe('1')
  await expect.poll(async () => (await callOf(second))?.digits).toBe('')
})

test('[KEY-14] a key pressed in the very moment the row of the line can use it does what it says', async () => {
  desk = await stage.open()
  page = desk.page
  const id = await desk.ring({ number: '13800008000' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      const [key] = document.querySelectorAll('[aria-keyshortcuts="F7"]:enabled')
      if (!key) return
      watch.disconnect()
      dispatchEvent(new KeyboardEvent('keydown', { key: 'F7' }))
    })
    watch.observe(document.body, { attributes: true, childList: true, subtree: true })
  })
  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: '转接' }).waitFor()
  await desk.theyHangUp(id)
})
