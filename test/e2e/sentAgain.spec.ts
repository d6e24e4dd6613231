// A work order that came back, in a real browser over the desk's page: found first, read, corrected, dispatched again.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import { until } from '../pbx/until.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, aDispatchOf } from '../server/aCentre.ts'
import { seriousOf } from './accessibility.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { untilMarked } from './marked.ts'
import { shots } from './seatWindow.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

type Filed = { readonly record: CallRecord; readonly ticket: TicketDispatch }

const filed = (over: Partial<TicketDispatch>): Filed => {
  const form = aForm({ category: 'TS', topic: 'CYJC', disposition: 'PD' })
  const record = aCallOf('1001', { form })
  const ticket = aDispatchOf('1001', 'ZGFW', { callId: record.id, ...over })
  // One filing: both bear its instant.
  const together = { ticketId: ticket.id, filedAt: ticket.dispatchedAt }
  return { record: { ...record, ...together, form: { ...form, dispatch: ticket.plan } }, ticket }
}
/** Filed here; the one with a reason has come back from its department, and `sentOn` went out again by a lead. */
const put = async (
  desk: Desk,
  { record, ticket }: Filed,
  reason: string | null,
  sentOn: TicketDispatch | null = null,
) => {
  const line = { by: '3001', byName: '陈晓梅', substantiated: null, solved: null } as const
  const at = Date.now()
  const told = {
    id: ticket.id,
    number: reason === null ? '20261126-0002' : '20261126-0001',
    state: reason === null || sentOn ? 'dispatched' : 'returned',
    dispatch: sentOn ?? ticket,
    events: [
      {
        ...line,
        at: at - 60_000,
        what: 'dispatch',
        by: '1001',
        byName: '王秀英',
        text: '',
        department: '职工服务部',
      },
      ...(reason === null ? [] : [{ ...line, at, what: 'return', text: reason }]),
      ...(sentOn === null
        ? []
        : [
            {
              ...line,
              at: at + 1,
              what: 'dispatch',
              by: '2001',
              byName: '陈小军',
              text: sentOn.plan.note,
              department: sentOn.plan.departmentName,
            },
          ]),
    ],
    acceptedAt: at - 60_000,
    signDueAt: at + 3_600_000,
    dueAt: at + 86_400_000,
    changedAt: at,
  } as Ticket
  await desk.run(async ({ records }, words) => {
    const { record: call, ticket: order } = JSON.parse(words) as Filed
    await records.file(call, order)
  }, JSON.stringify({ record, ticket }))
  return desk.pulled({ tickets: [told] })
}
const kept = (desk: Desk, id: string) =>
  desk.run(async ({ records }, wanted) => {
    const all = await records.tickets(10)
    return all.ok ? (all.value.find(({ dispatch }) => dispatch.id === wanted)?.dispatch ?? null) : null
  }, id)

test('[TICKET-19] [TICKET-18] a lead’s own that came back is counted, first and sent again, the centre away', async () => {
  const desk = await stage.open('role=lead')
  const { page } = desk
  const reason = '不归本部门，建议派权益保障部。'
  const back = filed({ title: '公司通知产线调整，要裁员', dispatchedAt: Date.now() - 3_600_000 })
  await put(desk, back, reason)
  await put(desk, filed({ title: '加班费没有足额发放' }), null)
  const link = page.getByRole('navigation').getByRole('link', { name: '工单' })
  await link.getByText('1', { exact: true }).waitFor()
  await link.click()
  const list = page.getByRole('region', { name: '工单列表' })
  await list.getByText('没取到工单').waitFor()
  await expect.poll(() => list.getByRole('row').nth(1).innerText()).toContain(reason)
  expect(await list.getByRole('row').count()).toBe(1 + 2)
  await list.getByRole('button', { name: /^待上传/ }).waitFor()
  await page.screenshot({ path: join(shots, 'returned-lead.png') })
  await page
    .getByRole('region', { name: '公司通知产线调整，要裁员' })
    .getByRole('button', { name: '改好重新派单' })
    .click()
  const form = page.getByRole('tabpanel')
  await form.getByText(reason).waitFor()
  await form.getByRole('button', { name: /^重新派单/ }).click()
  await until('it is sent again', async () => (await kept(desk, back.ticket.id))?.round === 2)
  await link.getByText('1', { exact: true }).waitFor({ state: 'detached' })
})

test.each([
  ['', 1366, 768],
  ['theme=dark', 1920, 1080],
])('[TICKET-18] [TICKET-19] returned, read, corrected, sent again (%s)', async (query, width, height) => {
  const desk = await stage.open(query)
  const { page } = desk
  await page.setViewportSize({ width, height })
  const shot = (name: string) => page.screenshot({ path: join(shots, `returned-${name}-${width}.png`) })
  const reason = '裁员补偿不归职工服务部办理，建议派权益保障部。'
  const back = filed({ title: '公司通知产线调整，要裁员', dispatchedAt: Date.now() - 3_600_000 })
  await put(desk, back, reason)
  await put(desk, filed({ title: '加班费没有足额发放' }), null)

  const link = page.getByRole('navigation').getByRole('link', { name: '工单' })
  await link.getByText('1', { exact: true }).waitFor()
  await link.click()
  const list = page.getByRole('region', { name: '我派出的工单' })
  await list.getByText('已退单').waitFor()
  await expect.poll(() => list.getByRole('row').nth(1).innerText()).toContain(reason)
  const detail = page.getByRole('region', { name: '公司通知产线调整，要裁员' })
  await detail.getByText('职工服务部退单').waitFor()
  await detail.getByText(reason).first().waitFor()
  await shot('list')
  await expect.poll(() => seriousOf(page)).toEqual([])

  await detail.getByRole('button', { name: '改好重新派单' }).click()
  const form = page.getByRole('tabpanel')
  await form.getByText('工单号不变').waitFor()
  await form.getByText(reason).waitFor()
  await form.getByRole('textbox', { name: '经过', exact: true }).fill('名单上有六十多人，补充了书面通知。')
  await form.getByRole('button', { name: '改单位 / 时限' }).click()
  const dialog = page.getByRole('dialog', { name: '派单' })
  const lead = dialog.getByRole('combobox', { name: '主办单位' })
  await lead.and(page.locator(':focus')).waitFor()
  await lead.fill('权益')
  await untilMarked(page, '权益保障部')
  await page.keyboard.press('Enter')
  await dialog.getByTitle('权益保障部').waitFor()
  await dialog.getByRole('button', { name: '用这个' }).click()
  await shot('form')
  await expect.poll(() => seriousOf(page)).toEqual([])
  await form.getByRole('button', { name: /^重新派单/ }).click()
  await until('it is sent again', async () => (await kept(desk, back.ticket.id))?.rev === 2)
  await expect
    .poll(() => kept(desk, back.ticket.id))
    .toMatchObject({
      round: 2,
      localNumber: back.ticket.localNumber,
      course: '名单上有六十多人，补充了书面通知。',
      plan: { department: 'QYBZ', departmentName: '权益保障部' },
    })

  await link.getByText('1', { exact: true }).waitFor({ state: 'detached' })
  await link.click()
  await page.getByRole('button', { name: '打开工单：公司通知产线调整，要裁员' }).click()
  const history = detail.getByRole('list', { name: '办理经过' })
  await history.getByText('重新派单').waitFor()
  await history.getByText('派给 权益保障部').waitFor()
  await detail.getByText('待上传').waitFor()
  await shot('again')
})

test('[TICKET-23] what a lead dispatched meanwhile is said in the form, which bears their department', async () => {
  const desk = await stage.open()
  const { page } = desk
  const back = filed({ title: '劳动仲裁的材料怎么准备', dispatchedAt: Date.now() - 3_600_000 })
  const plan = { ...back.ticket.plan, department: 'FLFW', departmentName: '法律服务中心' }
  const sentOn = { ...back.ticket, rev: back.ticket.rev + 1, round: 2, plan }
  await put(desk, back, '应由法律服务中心办理', sentOn)
  await page.getByRole('link', { name: '通话记录' }).click()
  await page.getByRole('row').nth(1).click()
  await page.getByRole('button', { name: '改登记单' }).click()
  const form = page.getByRole('tabpanel')
  await form.getByText('退单后已由陈小军派给法律服务中心').waitFor()
  await form.getByText(/陈小军派的/).waitFor()
  await page.screenshot({ path: join(shots, 'sent-on.png') })
  await expect.poll(() => seriousOf(page)).toEqual([])
})

test('[SYNC-32] what the centre refused is let go of on the sync page: the centre is asked first, then the person, and it stays readable', async () => {
  const desk = await stage.open()
  const { page } = desk
  const { record, ticket } = filed({ title: '要求支付经济补偿' })
  await put(desk, { record, ticket }, null)
  await desk.run(async ({ outbox }) => {
    const rows = await outbox.list(5)
    const park = { fate: 'park', text: '承办单位已签收这张工单，改动没有保存。', field: null, at: 0 } as const
    const orders = rows.ok ? rows.value.filter(({ kind }) => kind === 'ticket') : []
    await outbox.settle(orders.map(({ seq, id, kind }) => ({ seq, id, kind, ...park })))
  })
  await page.getByRole('link', { name: '同步' }).click()
  const press = () => page.getByRole('button', { name: '不再上传：要求支付经济补偿' }).click()
  await press()
  await page.getByText('现在问不到').waitFor()
  await desk.run(({ told }, id) => {
    told.set('tickets.read', { ok: true, value: { id } })
  }, ticket.id)
  await press()
  await page.getByText('以中心的为准；这里写的').waitFor()
  await page.screenshot({ path: join(shots, 'let-go-asked.png') })
  await page.getByRole('button', { name: '留着' }).click()
  await page.getByRole('region', { name: '被中心退回' }).waitFor()
  // Where both versions stand side by side it can be let go of as well.
  await page.getByRole('link', { name: /^工单/ }).click()
  await page.getByRole('row').filter({ hasText: '要求支付经济补偿' }).click()
  await page.getByRole('button', { name: '改好重发' }).waitFor()
  await press()
  await page.screenshot({ path: join(shots, 'let-go-order.png') })
  await page.getByRole('button', { name: '不再上传', exact: true }).last().click()
  await page.getByRole('button', { name: '改好重发' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: '同步' }).click()
  const gone = page.getByRole('region', { name: '不再上传的' })
  await gone.getByText('看写的内容').click()
  await gone.getByText(ticket.course).waitFor()
  expect(await page.getByRole('region', { name: '被中心退回' }).count()).toBe(0)
  await page.screenshot({ path: join(shots, 'let-go.png') })
  await expect.poll(() => seriousOf(page)).toEqual([])
})
