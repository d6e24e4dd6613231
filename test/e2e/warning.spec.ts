// Promise 4, end to end: with the centre away an agent hears of a mass lay-off and reports it with one key; when the centre
// is back the duty leader's screen rings until somebody signs, and the agent sees who did.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { until } from '../pbx/until.ts'
import { seriousOf } from './accessibility.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

let stage: Stage
let agent: SeatWindow
let duty: SeatWindow
let lead: SeatWindow

/** Keeps every context of sound the page opens. */
const listens = () => {
  const opened: AudioContext[] = []
  const Real = AudioContext
  class Kept extends Real {
    constructor(options?: AudioContextOptions) {
      super(options)
      opened.push(this)
    }
  }
  Object.assign(window, { AudioContext: Kept, opened })
}
const sounds = (page: Page) =>
  page.evaluate(
    () =>
      (window as unknown as { opened: AudioContext[] }).opened.filter(({ state }) => state === 'running')
        .length,
  )
const strip = () => agent.page.getByRole('region', { name: '预警' })
const bar = () => duty.page.getByRole('region', { name: '通话条' })

beforeAll(async () => {
  stage = await openStage()
  ;[agent, duty, lead] = await Promise.all([
    stage.openSeat('1001', { width: 1366, height: 768 }),
    stage.openSeat('4001', { width: 1366, height: 768, before: listens }),
    stage.openSeat('2001', { voiceHz: 2900, dark: true, width: 1920, height: 1080 }),
  ])
  await lead.page.getByRole('navigation').getByRole('link', { name: '班长席' }).click()
  await lead.page.getByRole('listitem', { name: /王秀英/ }).waitFor()
})
afterAll(() => stage.close())

describe('a mass risk is reported the moment it is heard', () => {
  test('[WARN-7] [WARN-18] heard and raised with the centre away: kept here, the telephone tree at hand', async () => {
    await stage.pbx.untilRegistered('1001')
    const caller = await callQueue(stage.pbx, { number: madeUpNumber(), hangUpAfterMs: 60_000 })
    await agent.page.getByRole('button', { name: /接听/ }).waitFor()
    await agent.page.keyboard.press('F2')
    await caller.answered()
    await bar().getByText('没有等您签收的预警').waitFor()
    await stage.centre.kill()
    await agent.page.getByText(/^离线/).first().waitFor({ timeout: 60_000 })
    await agent.page
      .getByRole('tabpanel')
      .getByRole('textbox', { name: '单位', exact: true })
      .fill('恒泽电子（示例）有限公司')
    await agent.page.getByRole('tabpanel').getByRole('textbox', { name: '经过', exact: true }).click()
    await agent.page.keyboard.type('厂里裁了三百多人，没有开过职代会。')
    await strip().getByText('建议红色').waitFor()
    await agent.page.keyboard.press('F9')
    await strip()
      .getByText(/中心连不上/)
      .waitFor()
    await strip().getByRole('button', { name: '没通值班室' }).click()
    await strip()
      .getByText(/没打通/)
      .waitFor()
    await agent.shot('30-warning-offline')
  })

  test('[WARN-7] [WARN-9] the centre is back: it comes first, and the duty leader’s screen rings', async () => {
    await stage.centre.start()
    await bar().getByText('红色预警待签收：恒泽电子（示例）有限公司').waitFor({ timeout: 60_000 })
    await until('the siren to sound', async () => (await sounds(duty.page)) > 0)
    await duty.shot('31-duty-rings')
    await lead.page.getByRole('alert').filter({ hasText: '1 件预警没人签收' }).waitFor()
    await lead.shot('32-lead-wall-warning')
    await expect.poll(() => seriousOf(duty.page)).toEqual([])
    await expect.poll(() => seriousOf(lead.page)).toEqual([])
    const rows = await stage.query<{ reports: number; events: number }>(
      `select (select count(*)::int from warnings) as reports, (select count(*)::int from warning_events) as events`,
    )
    expect(rows).toEqual([{ reports: 1, events: 1 }])
  })

  test('[WARN-12] [WARN-13] signed for with one key, the agent sees by whom; orders and outcome by keyboard', async () => {
    await duty.page.keyboard.press('F9')
    await bar().getByText('没有等您签收的预警').waitFor()
    await until('the siren to stop', async () => (await sounds(duty.page)) === 0)
    await strip()
      .getByText(/何建军 \d\d:\d\d 已签收/)
      .waitFor({ timeout: 15_000 })
    await agent.shot('33-agent-sees-signed')
    const write = async (label: string, text: string) => {
      await duty.page.getByRole('textbox', { name: label }).focus()
      await duty.page.keyboard.type(text)
      await duty.page.keyboard.press('Control+Enter')
      await duty.page.getByRole('list', { name: '处置经过' }).getByText(text).waitFor()
    }
    await write('批示内容', '请权益保障部今天到现场，查是否报备。')
    await duty.page.getByRole('radio', { name: '续报' }).check()
    await write('现在怎样了', '已到现场，企业同意先停止签字。')
    await duty.page.getByText('没通').or(duty.page.getByText('没打通')).first().waitFor()
    await duty.shot('34-event-file')
    await duty.page.setViewportSize({ width: 1920, height: 1080 })
    await duty.shot('35-event-file-wide')
    await expect.poll(() => seriousOf(duty.page)).toEqual([])
    const audit = await stage.query<{ what: string }>(
      `select distinct what from audit where account = '4001' and what like 'warnings.%'`,
    )
    expect(audit).toEqual([{ what: 'warnings.read' }])
  })

  test('[E01] nothing broke on any of the three screens', () => {
    expect([...agent.faults, ...duty.faults, ...lead.faults]).toEqual([])
  })
})
