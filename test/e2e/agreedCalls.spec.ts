// A call promised for a time (预约回拨), in a real browser whose clock is moved: agreed, waiting, due, late, kept; and
// another seat's that was not kept.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { shots } from './seatWindow.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const worker = '13800008001'
/** A working Thursday. */
const morning = '2026-11-26T10:00:00+08:00'

const open = async (query = '') => {
  desk = await stage.open(query, 'desk', (each) => each.clock.install({ time: morning }))
  page = desk.page
}
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const agreed = () => field('约定回拨')
const due = () => page.getByRole('region', { name: '待回拨' })
const bar = () => page.getByRole('region', { name: '通话条' })
const backInBar = () => bar().getByRole('button', { name: /^回拨/ })
const shot = async (name: string, width: number, height: number) => {
  await page.setViewportSize({ width, height })
  await page.screenshot({ path: join(shots, `${name}.png`) })
  await page.setViewportSize({ width: 1366, height: 768 })
}
const choose = async (name: string, what: string) => {
  await page.getByRole('combobox', { name }).fill(what)
  await page.getByRole('option', { name: what }).click()
}
/** On to a moment of the same day, as the clock on the wall says. */
const letItBe = async (time: string) => {
  const now = await page.evaluate(() => Date.now())
  await page.clock.fastForward(Date.parse(`2026-11-26T${time}:00+08:00`) - now)
}

/** Somebody rang, said what it is about, and is to be rung back. */
const promise = async () => {
  const id = await desk.ring({ number: worker })
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: /长按 1 秒结束/ }).waitFor()
  await desk.theyHangUp(id)
  await page.getByRole('radio', { name: '问题咨询' }).check()
  await choose('主题', '困难帮扶')
  await field('来电人').fill('刘示例')
  await field('起因').fill('问社保补缴材料')
  await field('下一步').fill('等他找到缴费记录')
  await choose('处置', '预约回拨')
  return id
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[WRAP-20] the time is typed as it is said; what speaks against it is said at once, and nothing is filed without one', async () => {
  await open()
  const id = await promise()
  for (const [typed, said] of [
    ['9:30', '这个时间已经过了'],
    ['明天 7:00', '只能约工作日 09:00–20:00'],
    ['11-28 10:00', '只能约工作日 09:00–20:00'],
    ['12-20 10:00', '最多约到 5 天以后'],
    ['有空再说', '看不懂这个时间'],
  ] as const) {
    await agreed().fill(typed)
    await page.getByText(said).waitFor()
    await expect.poll(() => agreed().getAttribute('aria-invalid')).toBe('true')
  }
  await shot('agreed-refused-1366', 1366, 768)
  await page.keyboard.press('Control+Enter')
  await page.getByText('还差 1 项：约定回拨').waitFor()
  await expect.poll(() => agreed().evaluate((box) => box === document.activeElement)).toBe(true)
  await expect.poll(async () => (await desk.kept(id))?.form ?? null).toBeNull()

  await agreed().fill('下午3点')
  await page.getByText('今天 15:00 到点提醒您回拨').waitFor()
  await field('下一步').focus()
  await expect.poll(() => agreed().inputValue()).toBe('今天 15:00')
  await page.getByRole('button', { name: '选时间' }).click()
  await page.getByRole('button', { name: '明天 14:00' }).click()
  await page.getByText('明天 14:00 到点提醒您回拨').waitFor()
  await page.keyboard.press('Control+Enter')
  await due().getByText('明天 14:00').waitFor()
  await expect
    .poll(async () => (await desk.kept(id))?.form?.callBackAt)
    .toBe(Date.parse('2026-11-27T14:00:00+08:00'))
})

test('[WRAP-21] [WRAP-22] an agreed call waits, turns gold in time and red when late; one key rings, and spoken with it is done', async () => {
  await open()
  await promise()
  await agreed().fill('15:00')
  await page.keyboard.press('Control+Enter')
  await due().getByText('刘示例').waitFor()
  await due().getByText('今天 15:00').waitFor()
  // Not yet: nobody is rung before the time agreed, and nothing is owed.
  await expect.poll(() => backInBar().count()).toBe(0)
  await page.getByRole('link', { name: '工作台', exact: true }).waitFor()

  await letItBe('14:55')
  await due().getByText('5 分后').waitFor()
  await backInBar().waitFor()
  await page.getByRole('link', { name: /^1\s*工作台$/ }).waitFor()
  await page.keyboard.press('F5')
  await shot('agreed-due-1366', 1366, 768)

  await letItBe('15:00')
  await due().getByText('到点了').waitFor()
  await letItBe('15:12')
  await due().getByText('超 12 分').waitFor()
  await due().getByText('约 15:00·困难帮扶').waitFor()
  await shot('agreed-late-1366', 1366, 768)
  await shot('agreed-late-1920', 1920, 1080)
  await page.keyboard.press('Control+F6')
  const call = await desk.dialling()
  expect(call.number).toBe(worker)
  await desk.run((fakes, gone) => fakes.fake.theyAnswer(gone as CallId), call.id)
  await desk.theyHangUp(call.id)
  await due().getByText('没有要回拨的电话').waitFor()
})

test('[WRAP-21] another seat’s agreed call comes here when it is late, and says whose it is', async () => {
  await open('theme=dark')
  const id = await promise()
  await agreed().fill('15:00')
  await page.keyboard.press('Control+Enter')
  await due().getByText('今天 15:00').waitFor()
  await desk.run(async (fakes, call) => {
    const mine = await fakes.records.read(call as CallId)
    if (!mine.ok || !mine.value) throw new Error('no record')
    const theirs = {
      ...mine.value,
      id: fakes.newCallId(),
      agent: '1002',
      number: '13800008002',
      form: mine.value.form && { ...mine.value.form, callerName: '陈示例' },
    }
    await fakes.records.restore([theirs as typeof mine.value])
  }, id)
  await letItBe('15:05')
  await due().getByText('到点了').waitFor()
  await expect.poll(() => due().getByText('陈示例').count()).toBe(0)
  await letItBe('15:11')
  await due().getByText('陈示例').waitFor()
  await due().getByText('约 15:00·1002 约的').waitFor()
  await page.keyboard.press('F5')
  await shot('agreed-late-dark-1366', 1366, 768)
})
