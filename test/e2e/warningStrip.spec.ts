// The strip under the form: a mass risk is heard while the agent types, and reported with one key, with the centre away too.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aReport, aTold } from '../makers/reports.ts'
import { aPage } from '../makers/traffic.ts'
import { until } from '../pbx/until.ts'
import { seriousOf } from './accessibility.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { shots } from './seatWindow.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const shot = (page: Page, name: string) => page.screenshot({ path: join(shots, `${name}.png`) })
const strip = (page: Page) => page.getByRole('region', { name: '预警' })
const says = (page: Page, text: string | RegExp) => strip(page).getByText(text).waitFor()
const field = (page: Page, name: string) =>
  page.getByRole('tabpanel').getByRole('textbox', { name, exact: true })

/** On the line with somebody, the form open. */
const talking = async (query = ''): Promise<Desk> => {
  const desk = await stage.open(query)
  await desk.ring({ number: '13800008000', queue: '维权咨询' })
  await desk.page.getByRole('button', { name: /^接听/ }).waitFor()
  await desk.page.keyboard.press('F2')
  await field(desk.page, '经过').waitFor()
  return desk
}
const report = (desk: Desk) =>
  desk.run(async ({ records }) => {
    const all = await records.warnings(10)
    return all.ok ? all.value.map(({ report }) => report) : null
  })
/** The duty leader signs for what the centre has by now, and this seat pulls it. */
const signs = async (desk: Desk): Promise<void> => {
  const [given = aReport(1)] = (await report(desk)) ?? []
  const { id, level, raisedAt, rev } = given
  const by = { state: 'signed', signedAt: raisedAt, signedBy: '何建军', changedAt: raisedAt + rev } as const
  const page = aPage({ cursor: 1, warnings: [aTold(1, { report: given, event: id, level, ...by })] })
  await desk.run(async ({ mirror }, told) => void (await mirror.take(JSON.parse(told))), JSON.stringify(page))
}
const boxesOf = (page: Page) =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll('[data-field]'), (each) => {
      const { x, y, width, height } = each.getBoundingClientRect()
      return [x, y, width, height].join(' ')
    }),
  )

test.each([
  ['', 1366, 768],
  ['theme=dark', 1920, 1080],
])(
  '[WARN-17] [WARN-16] heard in the words, it is raised with one key and moves no field (%s)',
  async (query, width, height) => {
    const desk = await talking(query)
    const { page } = desk
    await page.setViewportSize({ width, height })
    await field(page, '单位').fill('恒泽电子（示例）有限公司')
    await field(page, '地址').fill('东区科创六街 9 号')
    await field(page, '起因').fill('公司通知产线调整，要裁员。')
    await field(page, '经过').click()
    const before = await boxesOf(page)
    await page.keyboard.type('名单上有 60 多人，周三前要交离职单。')
    await strip(page).waitFor()
    await expect.poll(() => boxesOf(page)).toEqual(before)
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('wrapup-course')
    await says(page, '“裁员”“60 多人”，可能是群体性风险')
    await says(page, '建议黄色（30–99 人）')
    await says(page, /1 小时内上报.*劳动合同法 41 条/)
    await shot(page, `warning-strip-${width}`)
    await expect.poll(() => seriousOf(page)).toEqual([])

    await page.keyboard.press('F9')
    await page.keyboard.press('F9')
    await says(page, '黄色预警')
    const [raised, ...others] = (await report(desk)) ?? []
    expect(others).toEqual([])
    expect(raised).toMatchObject({
      rev: 1,
      level: 'yellow',
      rule: 'CY41',
      quotes: ['裁员', '60 多人'],
      employer: '恒泽电子（示例）有限公司',
      people: 60,
    })
    // The second press opened the event file: keyboard only, saved with the key of 提交.
    const dialog = page.getByRole('dialog', { name: '黄色预警·补充情况' })
    await dialog.getByRole('textbox', { name: '单位' }).and(page.locator(':focus')).waitFor()
    await dialog.getByRole('textbox', { name: '诉求' }).fill('要求依法补偿')
    await dialog.getByRole('spinbutton', { name: '总人数' }).fill('800')
    await shot(page, `warning-file-${width}`)
    await expect.poll(() => seriousOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await field(page, '经过').and(page.locator(':focus')).waitFor()
    await expect
      .poll(async () => (await report(desk))?.[0])
      .toMatchObject({ rev: 2, demands: '要求依法补偿', staff: 800 })
    // The key of 提交 was the dialog's own: nobody is told what the form still lacks.
    await expect
      .poll(() => page.getByRole('radiogroup', { name: '类别' }).getAttribute('aria-invalid'))
      .toBe('false')

    await signs(desk)
    await says(page, /何建军 \d\d:\d\d 已签收/)
    // Graver words lift it; then the duty leader's signature is seen.
    await field(page, '经过').click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('工人把路堵了，有人打起来了。')
    await says(page, '建议红色')
    await page.keyboard.press('F9')
    await says(page, '红色预警')
    // [WARN-20] It says why it is graver, beside what was told before.
    const graver = await until('the graver one', async () =>
      (await report(desk))?.find(({ level }) => level === 'red'),
    )
    expect([graver.rev, graver.demands, graver.staff]).toEqual([3, '要求依法补偿', 800])
    expect(graver.graverHeardAt).toBeGreaterThan(graver.heardAt)
    expect(graver.acts).toContain('工人把路堵了')
    expect(graver.quotes.length).toBeGreaterThan(1)
    // A signature for what was less grave is none for this.
    await strip(page).getByText('已签收').waitFor({ state: 'detached' })
    await signs(desk)
    await says(page, /何建军 \d\d:\d\d 已签收/)
    await shot(page, `warning-signed-${width}`)
  },
)

test('[WARN-16] [SCREEN-5] a second press before the first is kept raises nothing twice and opens the rest', async () => {
  const desk = await talking()
  const { page } = desk
  await field(page, '经过').fill('名单上有 60 多人，要裁员。')
  await field(page, '经过').click()
  await says(page, '建议黄色')
  // Both in one turn of the page: nothing can have been kept in between.
  const between = await page.evaluate(() => {
    const press = () => {
      const key = new KeyboardEvent('keydown', { key: 'F9', bubbles: true, cancelable: true })
      return document.activeElement?.dispatchEvent(key)
    }
    return [press(), press(), press()]
  })
  expect(between).toEqual([false, false, false])
  const dialog = page.getByRole('dialog', { name: '黄色预警·补充情况' })
  await dialog.getByRole('textbox', { name: '单位' }).and(page.locator(':focus')).waitFor()
  await expect.poll(() => report(desk)).toMatchObject([{ rev: 1, level: 'yellow' }])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  // Graver words, and twice as quickly again: lifted by one revision.
  await field(page, '经过').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('工人把路堵了，有人打起来了。')
  await says(page, '建议红色')
  await page.evaluate(() => {
    for (let turn = 0; turn < 2; turn += 1)
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'F9', bubbles: true }))
  })
  await page.getByRole('dialog', { name: '红色预警·补充情况' }).waitFor()
  await expect.poll(() => report(desk)).toMatchObject([{ rev: 2, level: 'red' }])
  // It was opened before the lift was kept: what is saved now takes nothing of that back.
  const [lifted] = (await report(desk)) ?? []
  await page.getByRole('textbox', { name: '诉求' }).fill('补偿')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => report(desk)).toEqual([{ ...lifted, rev: 3, demands: '补偿' }])
})

test('[WARN-16] what a quick hand types after the key stays where it was typed, on a slow computer and whatever is heard meanwhile', async () => {
  const desk = await talking()
  const { page } = desk
  await field(page, '经过').fill('名单上有 60 多人，要裁员。')
  await field(page, '经过').click()
  await page.keyboard.press('Control+End')
  await says(page, '建议黄色')
  await page.keyboard.press('F9')
  await says(page, '黄色预警')
  const slow = await page.context().newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 10 })
  // Graver words, and on at once: they are heard when the event file is open already.
  await page.keyboard.insertText('工人把路堵了，有人打起来了。')
  const words = ['F9', 'a', 'b', 'Tab', 'c', 'd', 'Tab', '6', '1', 'Tab', '8', '0', 'Tab', 'e', 'f']
  await Promise.all(words.map((key) => page.keyboard.press(key)))
  const dialog = page.getByRole('dialog', { name: '黄色预警·补充情况' })
  const demands = dialog.getByRole('textbox', { name: '诉求' })
  await demands.focus()
  await says(page, '建议红色')
  // Longer than any fading in takes on this computer: nothing has moved the caret.
  await page.waitForFunction(() => document.getAnimations().length === 0)
  await demands.and(page.locator(':focus')).waitFor()
  await page.keyboard.insertText('要求依法补偿')
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await report(desk))?.[0])
    .toMatchObject({
      rev: 2,
      level: 'yellow',
      employer: 'ab',
      address: 'cd',
      people: 61,
      staff: 80,
      cause: expect.stringMatching(/ef$/) as string,
      demands: '要求依法补偿',
    })
  await expect
    .poll(() => field(page, '经过').inputValue())
    .toBe('名单上有 60 多人，要裁员。工人把路堵了，有人打起来了。')
})

test('[WARN-18] with the centre away the telephone tree is there, and who was phoned is in the report', async () => {
  const desk = await talking('away')
  const { page } = desk
  await field(page, '经过').fill('厂里裁了三百多人，工人停工了。')
  await says(page, '建议红色')
  await page.keyboard.press('F9')
  await says(page, /中心连不上，恢复后第一个报/)
  await says(page, '上报剩 15 分钟')
  const tree = strip(page).getByRole('list', { name: '电话报告树' })
  await tree.getByText('6006').waitFor()
  await tree.getByRole('button', { name: '没通分管副主席' }).click()
  await tree.getByRole('button', { name: '已报值班室' }).click()
  await tree.getByText(/\d\d:\d\d 已报告/).waitFor()
  await shot(page, 'warning-away')
  await expect.poll(() => seriousOf(page)).toEqual([])
  const [raised] = (await report(desk)) ?? []
  expect(raised?.phoned.map(({ code, reached }) => [code, reached])).toEqual([
    ['FGZX', false],
    ['ZBS', true],
  ])
})

test('[WARN-18] signed for before the centre went away, graver since: the clock runs and the tree is there', async () => {
  const desk = await talking('away')
  const { page } = desk
  await field(page, '经过').fill('名单上有 60 多人，要裁员。')
  await says(page, '建议黄色')
  await page.keyboard.press('F9')
  await says(page, '黄色预警')
  await signs(desk)
  await says(page, /何建军 \d\d:\d\d 已签收/)
  await field(page, '经过').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('工人把路堵了，有人打起来了。')
  await says(page, '建议红色')
  await page.keyboard.press('F9')
  await says(page, /中心连不上，恢复后第一个报/)
  await says(page, '上报剩 15 分钟')
  await strip(page).getByRole('list', { name: '电话报告树' }).waitFor()
  await shot(page, 'warning-graver-away')
})

test('[WARN-18] with the centre away and nothing raised the page head has the tree, opened and closed by keyboard', async () => {
  const { page } = await stage.open('away')
  await page.setViewportSize({ width: 1000, height: 768 })
  const button = page.getByRole('button', { name: '电话报告树' })
  await button.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: '电话报告树' })
  await panel.getByText('6006').waitFor()
  await panel.getByText('红色起').waitFor()
  await panel.getByRole('button', { name: '拨打值班室' }).waitFor()
  await shot(page, 'tree-in-head')
  await expect.poll(() => seriousOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await button.and(page.locator(':focus')).waitFor()
})

test('[WARN-17] a no needs a reason, is on record, and is not asked again', async () => {
  const desk = await talking()
  const { page } = desk
  await field(page, '经过').fill('问裁员 60 人要不要提前说明。')
  await strip(page).getByRole('button', { name: '不是…' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '问政策，没有发生' }).waitFor()
  await shot(page, 'warning-not-it')
  await page.getByRole('menuitem', { name: '问政策，没有发生' }).press('Enter')
  await strip(page).waitFor({ state: 'detached' })
  await expect
    .poll(() => desk.run(({ audit }) => audit.filter(({ what }) => what === 'warning.dismissed')))
    .toMatchObject([{ about: 'CY41 yellow WFS' }])
  await field(page, '经过').fill('问裁员 60 人要不要提前说明，还问了社保。')
  await until('the pause to be over', async () => {
    await new Promise((resolve) => setTimeout(resolve, 900))
    return true
  })
  await expect.poll(() => strip(page).count()).toBe(0)
  // By own judgement all the same.
  await page.keyboard.press('F9')
  await says(page, '您判断有群体性风险')
  await shot(page, 'warning-by-hand')
  await page.keyboard.press('F9')
  await expect.poll(() => report(desk)).toMatchObject([{ rule: null, quotes: [], level: 'blue' }])
})
