// Calls that are owed, in a real browser: who was missed, who was cut off, who was dialled last, and the one key each.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const worker = '13800008001'
const masked = '138****8001'

const open = async (at = 'desk') => {
  desk = await stage.open('', at)
  page = desk.page
}
const missed = () => page.getByRole('region', { name: '未接' })
const due = () => page.getByRole('region', { name: '待回拨' })
const bar = () => page.getByRole('region', { name: '通话条' })
const backInBar = () =>
  bar().getByRole('button', { name: new RegExp(`回拨 ${masked.replaceAll('*', '\\*')}`) })
const answered = (id: CallId) => desk.run((fakes, call) => fakes.fake.theyAnswer(call as CallId), id)

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[WRAP-13] [WRAP-18] a missed caller is listed, counted and named in the bar; one key rings back, and reached is done', async () => {
  await open()
  await missed().getByText('今天没有未接').waitFor()
  const id = await desk.ring({ number: worker })
  await desk.theyHangUp(id)
  await missed().getByText(masked).waitFor()
  await backInBar().waitFor()
  await page.getByRole('link', { name: /^1\s*工作台$/ }).waitFor()
  await expect.poll(() => page.getByText(worker).count()).toBe(0)

  await page.keyboard.press('Control+F6')
  const call = await desk.dialling()
  expect(call.number).toBe(worker)
  await answered(call.id)
  await desk.theyHangUp(call.id)
  await missed().getByText('今天没有未接').waitFor()
  await missed().getByRole('button', { name: '全部' }).click()
  await missed()
    .getByText(/已联系上/)
    .waitFor()
  await page.getByRole('link', { name: '工作台', exact: true }).waitFor()
})

test('[WRAP-18] [BAR-3] a caller cut off with the line can be rung back by key once it is there again, from any page', async () => {
  await open()
  const id = await desk.ring({ number: worker })
  await page.keyboard.press('F2')
  await until('the call to be taken', async () =>
    (await desk.state()).calls.some((call) => call.id === id && call.phase.is === 'talking'),
  )
  await desk.run((fakes) => fakes.fake.dropLink())
  await desk.run((fakes, call) => fakes.fake.callBreaks(call as CallId), id)
  await bar().getByText('话路恢复后').or(backInBar()).first().waitFor()
  await expect.poll(() => backInBar().isDisabled()).toBe(true)
  await page.keyboard.press('Control+F6')
  await expect
    .poll(async () => (await desk.state()).calls.filter(({ phase }) => phase.is !== 'ended'))
    .toEqual([])

  await desk.run((fakes) => fakes.fake.restoreLink())
  // The row says who ended it and why, and offers the same key.
  await bar().getByText('线路或语音通道中断').waitFor()
  await until('the call back to be possible', async () => !(await backInBar().isDisabled()))
  await due().getByText('通话中断线').waitFor()
  // The form may wait: ready again, and the caller is still the next one to be rung, on another page as well.
  await page.keyboard.press('F5')
  await page.getByRole('link', { name: '通话记录' }).click()
  await backInBar().waitFor()
  await page.keyboard.press('Control+F6')
  expect((await desk.dialling()).number).toBe(worker)
})

test('[WRAP-19] [CALL-13] the last number dialled goes out again with one key, and what became of it is said', async () => {
  await open()
  await page.keyboard.press('Shift+F6')
  await page.getByText('还没有拨过电话，没有可以重拨的').waitFor()
  await page.keyboard.press('F6')
  await page.getByRole('textbox', { name: '号码' }).fill('12333')
  await page.keyboard.press('Enter')
  const first = await desk.dialling()
  await desk.run((fakes, call) => fakes.fake.theyRefuse(call as CallId, 404), first.id)
  await bar()
    .getByText(/刚才 12333·没有接通·空号/)
    .waitFor()
  await page.keyboard.press('Shift+F6')
  const again = await desk.dialling()
  expect(again.number).toBe('12333')
  expect(again.id).not.toBe(first.id)
  await desk.run((fakes, call) => fakes.fake.theyRefuse(call as CallId, 486), again.id)
  await bar().getByText('刚才 12333·对方正忙', { exact: true }).waitFor()
  // The list says of each why it reached nobody.
  await page.getByRole('link', { name: '通话记录' }).click()
  const results = page.getByRole('region', { name: '通话记录列表' }).getByTitle(/./)
  await expect.poll(() => results.allTextContents()).toEqual(['对方正忙', '空号'])
})

test("[STORE-12] the record of a passed-on call shows the other seat's part and leads there", async () => {
  await open()
  const id = await desk.ring({ number: worker, callRef: 'pbx-9' })
  await desk.theyHangUp(id)
  await until('the record to be kept', async () => (await desk.kept(id)) !== null)
  const other = await desk.run(async (fakes, call) => {
    const mine = await fakes.records.read(call as CallId)
    if (!mine.ok || !mine.value) throw new Error('no record')
    const leg = {
      ...mine.value,
      id: fakes.newCallId(),
      agent: '1002',
      seat: '1002',
      outcome: 'answered' as const,
    }
    await fakes.records.restore([leg as typeof mine.value])
    return leg.id
  }, id)
  await page.goto(`${page.url().split('#')[0]}#/records/${id}`)
  const parts = page.getByRole('region', { name: '同一通电话的其他段' })
  await parts.getByRole('button', { name: /工号 1002/ }).click()
  await until('the other part to be in front', async () => page.url().includes(other))
  await expect.poll(() => page.getByText('pbx-9').count()).toBe(1)
})

test('[WRAP-18] who is rung back has the name on the line and in the form that is known already', async () => {
  await open()
  const id = await desk.ring({ number: worker, name: '刘师傅' })
  await desk.theyHangUp(id)
  await missed().getByRole('button', { name: '回拨 刘师傅' }).waitFor()
  await page.keyboard.press('Control+F6')
  const call = await desk.dialling()
  await bar().getByText('刘师傅').first().waitFor()
  await expect
    .poll(async () => (await desk.state()).calls.find((each) => each.id === call.id)?.name)
    .toBe('刘师傅')
  const name = page.getByRole('tabpanel').getByRole('textbox', { name: '来电人', exact: true })
  await until('the name in the form', async () => (await name.inputValue()) === '刘师傅')
})
