// A photo from the agent's form to the department's screen: added while the call is on, kept here, sent behind the
// record, opened by the handler as a download, byte for byte; what may not be added is said in words.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFile } from '../makers/files.ts'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { until } from '../pbx/until.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

let stage: Stage
let agent: SeatWindow
let handler: SeatWindow
beforeAll(async () => {
  stage = await openStage()
  agent = await stage.openSeat('1001')
  handler = await stage.openSeat('3001')
})
afterAll(() => stage.close())

const photo = Buffer.from(aFile(700_000, 7))
const hash = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

test('[ATTACH-1] [ATTACH-2] [ATTACH-3] [ATTACH-5] [ATTACH-8] a photo added in the call is opened by the department', async () => {
  const { page } = agent
  await stage.pbx.untilRegistered('1001')
  // The call's record is at the centre as soon as the call ends, the photo right behind it: it waits until it was seen to.
  const seen = Promise.withResolvers<void>()
  await page.route('**/api/attachments/begin', async (route) => {
    await seen.promise
    await route.continue()
  })
  const caller = await callQueue(stage.pbx, { number: madeUpNumber() })
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  await caller.answered()
  const form = page.getByRole('tabpanel')
  const choose = form.locator('input[type=file]')
  await form.getByRole('button', { name: '添加附件' }).waitFor()
  await choose.setInputFiles({
    name: '木马.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('MZ not a photo'),
  })
  await form.getByText(/“木马.jpg”不是 JPG/).waitFor()
  await choose.setInputFiles({ name: '工资条 十月.jpg', mimeType: 'image/jpeg', buffer: photo })
  await form.getByText('存在本机，待上传').waitFor()
  await agent.shot('attachment-added')
  // [ATTACH-8] It is among what is still here, on the sync page and where one signs out.
  await page.getByRole('navigation').getByRole('link', { name: '同步' }).click()
  await page
    .getByRole('region', { name: '待上传' })
    .getByText(/附件 1 个/)
    .waitFor()
  await agent.shot('attachment-waits')
  await page.getByRole('navigation').getByRole('link', { name: '工作台' }).click()
  await caller.hangUp()
  await page.getByRole('button', { name: /切换状态/ }).click()
  await page.getByRole('menuitem', { name: /^签出.*1 个附件没上传/ }).waitFor()
  seen.resolve()
  await page.keyboard.press('Escape')

  const words = {
    来电人: '周示例',
    单位: '示例电子有限公司',
    时间: '上个月起',
    地址: '经开区示例路 9 号',
    起因: '工资条对不上',
    经过: '十月少发三百元。',
    告知职工: '职工服务部一个工作日内联系',
  }
  for (const [name, text] of Object.entries(words))
    await form.getByRole('textbox', { name, exact: true }).fill(text)
  await form.getByRole('radio', { name: '服务帮扶' }).check()
  await form.getByRole('combobox', { name: '主题' }).fill('困难帮扶')
  await page.getByRole('option', { name: '困难帮扶' }).click()
  await form.getByRole('combobox', { name: '处置' }).fill('派单')
  await page.getByRole('option', { name: '派单' }).click()
  await page.keyboard.press('Control+Enter')

  const arrived = async () => {
    const rows = await stage.query<{ sha256: string; name: string }>(
      'select sha256, name from attachments where whole_at is not null',
    )
    return rows.length > 0 ? rows : null
  }
  // Held back for long it has been given up once, and is sent again after a pause.
  const [kept] = await until('the attachment at the centre', arrived, 40_000)
  expect(kept).toEqual({ sha256: hash(photo), name: '工资条 十月.jpg' })

  await handler.page
    .getByRole('button', { name: /工资条对不上/ })
    .first()
    .click()
  const files = handler.page.getByRole('region', { name: '附件' })
  const coming = handler.page.waitForEvent('download')
  await files.getByRole('button', { name: '保存附件 工资条 十月.jpg' }).click()
  const download = await coming
  await handler.shot('attachment-opened')
  expect(download.suggestedFilename()).toBe('工资条 十月.jpg')
  expect(hash(readFileSync(await download.path()))).toBe(hash(photo))
  await page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
  await page
    .getByRole('button', { name: /工资条对不上/ })
    .first()
    .click()
  await page.getByRole('region', { name: '附件' }).getByText('已到中心').waitFor()
  expect([...agent.faults, ...handler.faults]).toEqual([])
}, 180_000)
