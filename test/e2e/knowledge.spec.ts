// Knowledge at the desk and on its page, in a real browser: suggestions that follow the writing, the keys that put them
// into the form without moving the caret, searching, reading aloud, other days, and an estimate.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { shots } from './seatWindow.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const open = async (query = '', at = 'desk') => {
  desk = await stage.open(query, at)
  page = desk.page
}
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const offered = () => page.getByRole('region', { name: '知识建议' })
const titles = () => offered().getByRole('listitem').locator('strong').allInnerTexts()
const list = () => page.getByRole('region', { name: '条目', exact: true })
const shown = () => page.getByRole('region', { name: '条目全文' })
const shot = async (name: string, width: number, height: number) => {
  await page.setViewportSize({ width, height })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}
const isFocused = (name: string) => field(name).evaluate((box) => box === document.activeElement)

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const onCall = async () => {
  await desk.ring({ number: '13800008001' })
  await page.keyboard.press('F2')
  await field('起因').fill('公司通知产线调整，要裁员，先让大家签“自愿离职”')
  await offered().getByText('因为写了“产线调整”“裁员”').waitFor()
}

test('[KNOW-4] [KNOW-5] [KNOW-9] what is written brings up articles; their keys unfold them and put them into the form', async () => {
  await open()
  await onCall()
  await expect.poll(() => titles()).toEqual(['经济性裁员的程序', '“自愿离职”能不能签'])
  await offered().getByText('未核对').first().waitFor()
  await offered().getByText('接着问：总共多少人').waitFor()

  // The caret stands in the middle of a sentence of another field.
  await field('经过').fill('上周五口头通知')
  await page.keyboard.press('Home')
  await page.keyboard.press('Alt+2')
  await offered().getByText('先不签，留好证据').waitFor()
  await expect.poll(() => field('告知职工').inputValue()).toBe('')
  await page.keyboard.press('Alt+2')
  const second = '先别签“自愿离职”一类的字据，保留通知、聊天记录和考勤（劳动合同法第三十六条、第四十六条）'
  await expect.poll(() => field('告知职工').inputValue()).toBe(second)
  await expect.poll(() => isFocused('经过')).toBe(true)
  await page.keyboard.type('张示例说：')
  await expect.poll(() => field('经过').inputValue()).toBe('张示例说：上周五口头通知')
  await shot('knowledge-desk-1366', 1366, 768)
  await shot('knowledge-desk-1920', 1920, 1080)

  // Inside 告知职工 itself the caret stays behind what was being typed.
  await field('告知职工').fill('已安抚')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Alt+1')
  await expect.poll(() => field('告知职工').inputValue()).toContain('已安抚；裁员二十人以上')
  await page.keyboard.type('情绪')
  await expect.poll(() => field('告知职工').inputValue()).toContain('已安情绪抚；')
})

test('[KNOW-10] on a narrow window the key of a suggestion opens it in sight, and the next press puts it in', async () => {
  await open()
  await page.setViewportSize({ width: 1000, height: 768 })
  await desk.ring({ number: '13800008001' })
  await page.keyboard.press('F2')
  await field('起因').fill('公司通知产线调整，要裁员，先让大家签“自愿离职”')
  await field('经过').focus()
  await expect.poll(() => offered().count()).toBe(0)
  await page.keyboard.press('Alt+2')
  const words = offered().getByText('先不签，留好证据')
  await words.waitFor()
  await expect
    .poll(() =>
      offered()
        .getByRole('button', { name: /写入告知职工/ })
        .evaluate((button) => {
          const column = button.closest('aside')?.getBoundingClientRect()
          const { top, bottom } = button.getBoundingClientRect()
          return column !== undefined && top >= column.top && bottom <= column.bottom
        }),
    )
    .toBe(true)
  await shot('knowledge-drawer', 1000, 768)
  await expect.poll(() => field('告知职工').inputValue()).toBe('')
  await page.keyboard.press('Alt+2')
  await expect.poll(() => field('告知职工').inputValue()).toContain('先别签“自愿离职”一类的字据')
  await expect.poll(() => isFocused('经过')).toBe(true)
})

test('[KNOW-5] what was put in is taken back with one press, and the same is not put in twice', async () => {
  await open('theme=dark')
  await onCall()
  await field('告知职工').fill('请保留证据')
  await page.keyboard.press('Alt+1')
  await offered().getByText('已写入').first().waitFor()
  const put = await field('告知职工').inputValue()
  await page.keyboard.press('Alt+1')
  await expect.poll(() => field('告知职工').inputValue()).toBe(put)
  await shot('knowledge-desk-dark-1366', 1366, 768)
  await offered().getByRole('button', { name: '撤回' }).click()
  await expect.poll(() => field('告知职工').inputValue()).toBe('请保留证据')
  await offered().getByRole('button', { name: '写入告知职工' }).waitFor()
})

test('[KNOW-3] [KNOW-1] the page finds by the callers’ words, reads aloud, and knows earlier days', async () => {
  await open('', 'knowledge')
  await list().getByRole('listitem').nth(20).waitFor()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('不发工资')
  await page.getByText('找到', { exact: false }).waitFor()
  await page.keyboard.press('Enter')
  await shown().getByRole('heading', { name: '拖欠工资怎么办' }).waitFor()
  const aloud = shown().getByRole('region', { name: '大白话' }).getByRole('paragraph')
  expect(
    await aloud.evaluate((text) => [getComputedStyle(text).fontSize, getComputedStyle(text).lineHeight]),
  ).toEqual(['15px', '27px'])
  await shot('knowledge-page-1366', 1366, 768)
  await shot('knowledge-page-1920', 1920, 1080)

  await page.keyboard.press('Control+K')
  await page.keyboard.type('生活补贴')
  await list()
    .getByRole('button', { name: /^困难职工生活补贴/ })
    .click()
  await shown().getByText('2024-07-01 起有效').waitFor()
  await shown().getByRole('button', { name: '2023-07-01 起的一版' }).click()
  await shown().getByText('2023-07-01 起有效').waitFor()
  await list().getByText('看的是 2023-07-01 的规定').waitFor()
  await list().getByRole('button', { name: '回到今天' }).click()
  await shown().getByText('2024-07-01 起有效').waitFor()
})

test('[KNOW-6] an estimate stands on its clause, stops at its limit, and leaves the decision to the department', async () => {
  await open('theme=dark', 'knowledge/KN-03')
  const estimate = shown().getByRole('region', { name: '帮扶测算' })
  await estimate.getByText('依据：困难职工帮扶实施办法·以职工服务部答复为准').waitFor()
  await estimate.getByRole('spinbutton', { name: '报销后自付金额' }).fill('32000')
  await estimate.getByText('约 16,000 元').waitFor()
  await estimate.getByRole('spinbutton').fill('180000')
  await estimate.getByText('约 50,000 元·已到上限').waitFor()
  await shot('knowledge-page-dark-1920', 1920, 1080)
  await shot('knowledge-page-dark-1366', 1366, 768)
})

test('[KNOW-5] an article on its page goes into the form in front', async () => {
  await open()
  await onCall()
  await field('来电人').fill('周示例')
  await offered().getByRole('button', { name: '看全文' }).click()
  await shown().getByRole('button', { name: '写进周示例的登记单' }).click()
  await shown().getByText('已写入').waitFor()
  await page.getByRole('link', { name: '工作台' }).click()
  await expect.poll(() => field('告知职工').inputValue()).toContain('（劳动合同法第四十一条）')
})
