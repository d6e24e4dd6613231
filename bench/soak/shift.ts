// The calls of a shift in small, one after another on the built desk: answered, held, muted, given up, sent back,
// rung out, ended by either side; every form filed. Each ends with the seat free again.
import type { Page } from 'playwright-core'
import { callQueue } from '../../test/pbx/caller.ts'
import type { Pbx } from '../../test/pbx/pbx.ts'

export type Seat = { readonly pbx: Pbx; readonly page: Page }
type Script = (seat: Seat) => Promise<void>

const limit = { timeout: 15_000 }
const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor(limit)
const isIdle = (page: Page) => page.getByRole('button', { name: /空闲/ }).first().waitFor(limit)
/** The keys of a call work from the moment its buttons do. */
const talks = (page: Page, timeout = limit.timeout) =>
  page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor({ timeout })
const rings = (page: Page) => page.getByRole('button', { name: /^接听/ }).first().waitFor(limit)

async function file(page: Page): Promise<void> {
  const form = page.getByRole('tabpanel')
  await form.getByRole('textbox', { name: '来电人', exact: true }).fill('刘示例')
  await form.getByRole('radio', { name: '问题咨询' }).check()
  await form.getByRole('combobox', { name: '主题' }).fill('劳动报酬')
  await page.getByRole('option', { name: '劳动报酬' }).click(limit)
  await form.getByRole('textbox', { name: '起因' }).fill('公司三个月没发加班费')
  await form.getByRole('combobox', { name: '处置' }).fill('当场答复')
  await page.getByRole('option', { name: '当场答复' }).click(limit)
  await form.getByRole('textbox', { name: '告知职工' }).fill('先留好考勤和工资条')
  await page.keyboard.press('Control+Enter')
  await isIdle(page)
}

const again: string[] = []
/** What the page was at when a call had to be answered with a second press. */
export const secondPresses = (): readonly string[] => again

async function notAnswered(page: Page): Promise<string> {
  const still = await page.getByRole('button', { name: /^接听/ }).count()
  const { underWay, odd, hidden } = await page.evaluate(() => ({
    underWay: window.soakProbe.underWay(),
    odd: performance.getEntriesByType('mark').map(({ name }) => name),
    hidden: document.hidden,
  }))
  return [
    still > 0 ? 'still ringing' : 'pressed, not connected',
    hidden ? 'hidden page' : '',
    ...underWay,
    ...odd.slice(-5),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

async function answered({ pbx, page }: Seat) {
  const caller = await callQueue(pbx)
  await rings(page)
  await page.keyboard.press('F2')
  // As a person does who sees it still ringing.
  await talks(page, 3_000).catch(async () => {
    again.push(await notAnswered(page))
    await page.keyboard.press('F2')
    await talks(page)
  })
  await caller.answered()
  return caller
}

async function dialled(page: Page, number: string): Promise<void> {
  await page.keyboard.press('F6')
  await page.getByRole('textbox', { name: '号码' }).fill(number)
  await page.keyboard.press('Enter')
}

const scripts: Readonly<Record<string, Script>> = {
  async 'answered, the worker hangs up'(seat) {
    const caller = await answered(seat)
    await caller.hangUp()
    await shown(seat.page, '对方已挂断')
    await file(seat.page)
  },
  async 'held, resumed, muted, spoken again'(seat) {
    const { page } = seat
    const caller = await answered(seat)
    await page.keyboard.press('F4')
    await shown(page, '职工在听音乐')
    await page.keyboard.press('F4')
    await talks(page)
    await page.keyboard.press('F3')
    await page.keyboard.press('F3')
    await caller.hangUp()
    await shown(page, '对方已挂断')
    await file(page)
  },
  async 'given up while it rings'({ pbx, page }) {
    const caller = await callQueue(pbx, { to: '1001' })
    await rings(page)
    await caller.ringing()
    await caller.hangUp()
    await isIdle(page)
  },
  async 'the agent ends it, held down'(seat) {
    const { page } = seat
    const caller = await answered(seat)
    await page.keyboard.down('F12')
    await caller.ended
    await page.keyboard.up('F12')
    await file(page)
  },
  async 'sent back'({ pbx, page }) {
    const caller = await callQueue(pbx, { to: '1001' })
    await rings(page)
    await page.keyboard.press('Shift+F2')
    await caller.ended
    await isIdle(page)
  },
  async 'rung out, the echo answers'({ page }) {
    await dialled(page, '600')
    await talks(page)
    await page.keyboard.press('F12')
    await isIdle(page)
  },
}

export const scriptNames = Object.keys(scripts)

/** One after another, in the same order over and over; stops when `isEnough`. Says how many were done. */
export async function work(seat: Seat, isEnough: (done: number) => boolean): Promise<number> {
  let done = 0
  while (!isEnough(done)) {
    const name = scriptNames[done % scriptNames.length] ?? ''
    await scripts[name]?.(seat).catch((problem: unknown) => {
      throw new Error(`call ${done + 1} (${name}): ${String(problem)}`)
    })
    await seat.pbx.untilQuiet()
    done += 1
  }
  return done
}
