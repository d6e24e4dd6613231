// From the caller's mouth to the department and back: a call ends in a dispatch, the handler signs and replies in a browser, the agent reads the reply, and the lead's wall follows each step.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { until } from '../pbx/until.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

let stage: Stage
let agent: SeatWindow
let lead: SeatWindow
let handler: SeatWindow

beforeAll(async () => {
  stage = await openStage()
  lead = await stage.openSeat('2001', { voiceHz: 2900 })
  await lead.page.getByRole('navigation').getByRole('link', { name: '班长席' }).click()
  agent = await stage.openSeat('1001')
  handler = await stage.openSeat('3001')
})
afterAll(async () => {
  await stage.close()
})

const tile = (state: RegExp) => lead.page.getByRole('listitem', { name: state })

describe('a call becomes a work order', () => {
  test('[SEAT-1] the lead sees the seat ready, ringing, on call and in wrap-up as it happens', async () => {
    await stage.pbx.untilRegistered('1001')
    await tile(/王秀英.*空闲/).waitFor()
    const caller = await callQueue(stage.pbx, { number: madeUpNumber() })
    await agent.page.getByRole('button', { name: /接听/ }).waitFor()
    await tile(/王秀英.*振铃/).waitFor({ timeout: 5_000 })
    await agent.page.keyboard.press('F2')
    await caller.answered()
    await tile(/王秀英.*通话中/).waitFor({ timeout: 5_000 })
    await lead.shot('09-wall-on-call')
    // Not before the wall was looked at: each state lasts until then.
    await caller.hangUp()
    await tile(/王秀英.*话后整理/).waitFor({ timeout: 5_000 })
  })

  test('[TICKET-1] a form that ends in a dispatch becomes one work order with an official number', async () => {
    const { page } = agent
    const form = page.getByRole('tabpanel')
    const words = {
      来电人: '周示例',
      单位: '示例电子有限公司',
      时间: '上个月起',
      地址: '经开区示例路 9 号',
      起因: '加班费没有足额发放',
      经过: '十月加班四十小时，只按基本工资折算。',
      告知职工: '职工服务部一个工作日内联系',
    }
    for (const [name, text] of Object.entries(words))
      await form.getByRole('textbox', { name, exact: true }).fill(text)
    await form.getByRole('radio', { name: '服务帮扶' }).check()
    await form.getByRole('combobox', { name: '主题' }).fill('困难帮扶')
    await page.getByRole('option', { name: '困难帮扶' }).click()
    await form.getByRole('combobox', { name: '处置' }).fill('派单')
    await page.getByRole('option', { name: '派单' }).click()
    await agent.shot('10-dispatch-form')
    await page.keyboard.press('Control+Enter')
    const [ticket] = await until('the work order at the centre', async () => {
      const rows = await stage.query<{ number: string }>(
        'select number from tickets order by accepted_at desc limit 1',
      )
      return rows.length > 0 ? rows : null
    })
    expect(ticket?.number).toMatch(/^\d{8}-\d{4}$/)
  })

  test('[TICKET-2] [TICKET-16] the handler signs for it and replies, and the agent reads the reply', async () => {
    const { page } = handler
    await page
      .getByRole('button', { name: /加班费没有足额发放/ })
      .first()
      .click()
    // In the search field the key is not the work order's; on its row it is.
    const row = page.getByRole('button', { name: /加班费没有足额发放/ }).first()
    await page
      .getByRole('searchbox')
      .or(page.getByRole('textbox', { name: /工单号/ }))
      .first()
      .press('Control+Enter')
    await page.getByRole('button', { name: /^签收/ }).waitFor()
    await row.press('Control+Enter')
    await page.getByText('办理中').first().waitFor()
    await page.getByRole('radio', { name: '属实', exact: true }).check()
    await page.getByRole('radio', { name: '已解决' }).check()
    await page.getByRole('textbox', { name: /办理|反馈|结果/ }).fill('单位已补发加班费差额，职工认可。')
    await handler.shot('11-handler-reply')
    await page.keyboard.press('Control+Enter')
    await page.getByText('已反馈').first().waitFor()

    await agent.page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
    await agent.page
      .getByRole('button', { name: /加班费没有足额发放/ })
      .first()
      .click()
    await agent.page.getByText('单位已补发加班费差额，职工认可。').first().waitFor()
    await agent.shot('12-agent-reads-reply')
  })

  test('[E01] nothing broke on any of the three screens', () => {
    expect([...agent.faults, ...lead.faults, ...handler.faults]).toEqual([])
  })
})
