// Putting a filed form right, in a real browser over the desk's page.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSummary } from '../makers/traffic.ts'
import { callId } from '../makers/stamps.ts'
import { until } from '../pbx/until.ts'
import type { DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[WRAP-24] [WRAP-25] a filed form is put right from its record and filed as the next revision; a change given up leaves it', async () => {
  const desk = await stage.open()
  const { page } = desk
  const form = page.getByRole('tabpanel')
  const field = (name: string) => form.getByRole('textbox', { name, exact: true })
  const id = await desk.ring({ number: '13800008000', name: '王建平' })
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await desk.theyHangUp(id)
  await form.getByRole('radio', { name: '无效来电' }).check()
  await form.getByRole('combobox', { name: '处置' }).fill('打错')
  await page.getByRole('option', { name: '打错' }).click()
  await field('起因').fill('拨错了')
  await page.keyboard.press('Control+Enter')
  await page.getByText('没有打开的登记单').waitFor()
  const filed = await desk.kept(id)

  const open = async () => {
    await page.getByRole('link', { name: '通话记录' }).click()
    await page.getByRole('row').filter({ hasText: '王建平' }).click()
    await page.getByRole('button', { name: '改登记单' }).click()
    await page.getByRole('tab', { name: /改正/ }).waitFor()
  }
  await open()
  const unfinished = page.getByRole('region', { name: '未完成的登记单' })
  expect(
    await unfinished
      .getByRole('button', { name: /王建平/ })
      .first()
      .innerText(),
  ).toMatch(/\d\d:\d\d/)
  await field('起因').fill('改了又不改')
  await page.getByRole('button', { name: '丢弃王建平的登记单' }).click()
  await page.getByText('已提交的那一份还在').waitFor()
  await page.getByRole('button', { name: '丢弃', exact: true }).click()
  await page.getByText('没有打开的登记单').waitFor()
  await expect.poll(async () => (await desk.kept(id))?.form?.cause).toBe('拨错了')

  await open()
  await field('起因').fill('问另一个热线的号码')
  await page.getByRole('button', { name: /^改好重发/ }).click()
  await until('the correction', async () => (await desk.kept(id))?.form?.cause === '问另一个热线的号码')
  const kept = await desk.kept(id)
  expect([kept?.rev, kept?.wrapupMs]).toEqual([(filed?.rev ?? 0) + 1, filed?.wrapupMs])
})

test.each([
  ['role=agent', false],
  ['role=lead', true],
] as const)(
  '[SERVER-13] a colleague’s call is fetched whole by who may read it, others are told who can (%s)',
  async (query, may) => {
    const desk = await stage.open(query)
    const { page } = desk
    await desk.pulled({ calls: [aSummary(7, { callerName: '赵师傅', offeredAt: Date.now() - 60_000 })] })
    await page.getByRole('link', { name: '通话记录' }).click()
    await page.getByRole('row').filter({ hasText: '赵师傅' }).click()
    await page.getByText('本机只有这通电话的摘要').waitFor()
    expect(await page.getByRole('button', { name: '从中心取全部' }).count()).toBe(may ? 1 : 0)
    expect(await page.getByText('全部内容要请班长打开').count()).toBe(may ? 0 : 1)
  },
)

test('[PAGE-10] the call that is open stays beside a list it no longer fits; one that is not there any more is said to be gone', async () => {
  const desk = await stage.open()
  const { page } = desk
  const offeredAt = Date.now() - 60_000
  await desk.pulled({
    calls: [
      aSummary(7, { callerName: '赵师傅', offeredAt }),
      aSummary(8, { callerName: '孙师傅', offeredAt }),
    ],
  })
  await page.getByRole('link', { name: '通话记录' }).click()
  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  await row('赵师傅').click()
  const beside = page.getByRole('region', { name: '通话详情' })
  const open = beside.getByRole('heading', { name: '赵师傅' })
  await open.waitFor()
  await page.getByRole('textbox', { name: '号码尾号、姓名' }).fill('孙师傅')
  await row('赵师傅').waitFor({ state: 'detached' })
  await row('孙师傅').waitFor()
  expect(await open.isVisible()).toBe(true)
  // As a link kept for longer than the call was.
  await page.evaluate((id) => void (window.location.hash = `#/records/${id}`), callId(9))
  await beside.getByText('本机没有这通电话').waitFor()
  await beside.getByRole('button', { name: '关闭' }).click()
  await beside.getByText('在左边选一通电话').waitFor()
})
