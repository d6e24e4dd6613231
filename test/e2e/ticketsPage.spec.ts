// The page of work orders, in a real browser over the desk's page: what an agent and a lead see of what changes under them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done } from '../../contract/answer.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import { aPage } from '../makers/traffic.ts'
import { aCallOf, aDispatchOf } from '../server/aCentre.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const line = { by: '3001', byName: '陈晓梅', substantiated: null, solved: null } as const

/** A colleague's, as the centre has it; with a reason it came back. */
const atCentre = (dispatch: TicketDispatch, reason: string | null): Ticket => {
  const { id, dispatchedAt: at } = dispatch
  return {
    id,
    number: '20261126-0001',
    state: reason === null ? 'dispatched' : 'returned',
    dispatch,
    events: [
      { ...line, at, what: 'dispatch', by: '1002', byName: '李文', text: '' },
      ...(reason === null ? [] : [{ ...line, at: at + 1, what: 'return' as const, text: reason }]),
    ] as Ticket['events'],
    acceptedAt: at,
    signDueAt: at + 3_600_000,
    dueAt: at + 86_400_000,
    changedAt: at + 1,
  }
}

/** What the centre answers from now on; a list is read again when something is written here. */
const tell = (desk: Desk, name: string, value: unknown): Promise<unknown> =>
  desk.run(
    async ({ told, records, newCallId }, words) => {
      const { name, answer } = JSON.parse(words)
      told.set(name, answer)
      await records.noteAudit({
        v: 1,
        id: newCallId() as never,
        rev: 1,
        agent: '1001' as never,
        what: 'number.shown',
        callId: null,
        at: Date.now(),
      })
    },
    JSON.stringify({ name, answer: done(value) }),
  )

const lead = async (ticket: Ticket): Promise<Desk> => {
  const desk = await stage.open('role=lead', 'tickets')
  await tell(desk, 'tickets.list', { tickets: [ticket] })
  await desk.page.getByRole('heading', { level: 2, name: ticket.dispatch.title }).waitFor()
  return desk
}

test('[TICKET-5] a number that was put right takes the place of the one that was shown', async () => {
  const ticket = aDispatchOf('1002', 'ZGFW', { contactNumber: '138****8000' })
  const desk = await lead(atCentre(ticket, null))
  const { page } = desk
  await tell(desk, 'tickets.reveal', { contactNumber: '13800008000' })
  await page.getByRole('button', { name: '显示联系电话' }).click()
  await page.getByText('13800008000').waitFor()
  const right = { ...ticket, rev: 2, contactNumber: '139****8001' }
  await tell(desk, 'tickets.list', { tickets: [atCentre(right, null)] })
  await page.getByText('139****8001').waitFor()
  expect(await page.getByText('13800008000').count()).toBe(0)
})

test('[TICKET-23] a limit that is out of use since is chosen anew by the lead, and no code stands for it', async () => {
  const ticket = aDispatchOf('1002', 'ZGFW')
  const gone = { ...ticket, plan: { ...ticket.plan, limit: 'GONE' } }
  const { page } = await lead(atCentre(gone, '不归我们管'))
  await page.getByRole('combobox', { name: '派给哪个部门' }).waitFor()
  expect(await page.getByText('GONE', { exact: true }).count()).toBe(0)
})

test('[PAGE-8] while a word is on its way to the centre nothing is written on into it that would be lost', async () => {
  const ticket = aDispatchOf('1002', 'ZGFW')
  const desk = await lead(atCentre(ticket, '不归我们管'))
  const { page } = desk
  await page.getByRole('combobox', { name: '派给哪个部门' }).fill('权益')
  await page.getByRole('option', { name: /权益/ }).click()
  const word = page.getByRole('textbox', { name: '派单意见' })
  await word.fill('请先告知职工')
  // The centre takes its time.
  await desk.run(({ told }) => {
    const answer = new Promise((resolve) => {
      Object.assign(window, { answer: resolve })
    })
    told.set('tickets.act', answer as never)
  })
  await page.getByRole('button', { name: '改派', exact: true }).click()
  await page.getByText('正在').waitFor()
  await word.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('，再约时间')
  expect(await word.inputValue()).toBe('请先告知职工')
  await page.evaluate(
    (ticket) => (window as never as { answer(told: unknown): void }).answer({ ok: true, value: ticket }),
    atCentre(ticket, '不归我们管'),
  )
  await expect.poll(() => word.inputValue()).toBe('')
  await word.fill('再写一条')
  expect(await word.inputValue()).toBe('再写一条')
})

test('[TICKET-13] a chip that was chosen stays to be seen when nothing is left under it', async () => {
  const desk = await stage.open('', 'tickets')
  const { page } = desk
  const ticket = aDispatchOf('1001', 'ZGFW')
  const record = aCallOf('1001', { id: ticket.callId, ticketId: ticket.id })
  await desk.run(async ({ records }, words) => {
    const { record, ticket } = JSON.parse(words)
    await records.file(record, ticket)
  }, JSON.stringify({ record, ticket }))
  const chip = page.getByRole('button', { name: /^待上传/ })
  await chip.click()
  await desk.run(
    async ({ outbox, mirror }, words) => {
      const rows = await outbox.list(10)
      const arrived = { fate: 'remove', number: '20261126-0001', said: { at: 0, epoch: 0 } } as const
      if (rows.ok) await outbox.settle(rows.value.map((row) => ({ ...row, ...arrived })))
      await mirror.take(JSON.parse(words))
    },
    JSON.stringify(aPage({ tickets: [atCentre(ticket, null)] })),
  )
  await page.getByText('没有符合的工单').waitFor()
  expect(await chip.getAttribute('aria-pressed')).toBe('true')
})

test('[WRAP-30] an order that came back, whose form is nowhere to be had, says so where it stands; once the centre has it, it opens', async () => {
  const desk = await stage.open('', 'tickets')
  const { page } = desk
  const ticket = aDispatchOf('1001', 'ZGFW')
  await desk.run(
    async ({ mirror, synced }, words) => {
      await mirror.take(JSON.parse(words))
      Object.assign(synced, { lastPulledAt: Date.now() })
    },
    JSON.stringify(aPage({ tickets: [atCentre(ticket, '不归我们管')] })),
  )
  const again = page.getByRole('button', { name: '改好重新派单' })
  await again.click()
  await page.getByText('登记单现在打不开，什么也没有改动').waitFor()
  await again.waitFor()
  const form = page.getByRole('textbox', { name: '来电人' })
  expect(await form.count()).toBe(0)
  await tell(desk, 'calls.read', aCallOf('1001', { id: ticket.callId, ticketId: ticket.id }))
  await again.click()
  await form.waitFor()
})

test('[ATTACH-10] files that could not be asked for are said to be missing, and asked for again; later ones are seen as they come', async () => {
  const desk = await lead(atCentre(aDispatchOf('1002', 'ZGFW'), null))
  const { page } = desk
  const files = page.getByRole('region', { name: '附件' })
  await files.getByText('中心的附件没取到').waitFor()
  const head = { id: 'one', name: '工资条.pdf', type: 'application/pdf', bytes: 2_048 }
  await tell(desk, 'attachments.list', [head])
  await files.getByRole('button', { name: '再试' }).click()
  await files.getByText('工资条.pdf').waitFor()
  expect(await files.getByText('中心的附件没取到').count()).toBe(0)
  // Another one, behind the order.
  await tell(desk, 'attachments.list', [head, { ...head, id: 'two', name: '合同.pdf' }])
  await desk.run(({ synced }) => void Object.assign(synced, { lastPulledAt: Date.now() }))
  await files.getByText('合同.pdf').waitFor()
})
