// What a duty leader and a lead have half written outlives another page, another event or order, and a reload, and is gone
// once it is sent. Real centre, real Chromium.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallId, WarningId } from '../../contract/ids.ts'
import { startingReference } from '../../server/reference.ts'
import { daysAfter } from '../../core/tickets/extension.ts'
import { aReport } from '../makers/reports.ts'
import { aDispatchOf, items } from '../server/aCentre.ts'
import { post } from '../server/program.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const web = join(import.meta.dirname, '../../out/renderer')
const folder = mkdtempSync(join(tmpdir(), 'halfWritten-'))
const titles = ['单位没有提供工资表', '加班费算不出来'] as const
const employers = ['恒泽电子（示例）有限公司', '宏达纺织（示例）有限公司'] as const
let centre: CentreProcess
let duty: SeatWindow
let lead: SeatWindow

const say = async (account: string) => {
  const { token } = (await post(centre.address, '/api/session/open', {
    account,
    password: centre.passwordOf(account),
  })) as { token: string }
  return (path: string, body: unknown) => post(centre.address, path, body, token)
}

beforeAll(async () => {
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web],
  })
  const [agent, handler, leader] = await Promise.all([say('1001'), say('3001'), say('4001')])
  for (const title of titles) {
    const ticket = aDispatchOf('1001', 'ZGFW', { title })
    await agent('/api/sync/push', items({ ticket }))
    const step = async (action: object) =>
      handler('/api/tickets/act', { id: ticket.id, action: { id: v7(), ...action } })
    const { dueAt } = (await step({ do: 'sign' })) as { dueAt: number }
    const [, day] = daysAfter(dueAt, 2, startingReference().calendar)
    await step({ do: 'ask', text: '已催过两次', day })
  }
  for (const [n, employer] of employers.entries()) {
    const heardAt = Date.now()
    const report = aReport(n, {
      id: WarningId.parse(v7()),
      callId: CallId.parse(v7()),
      employer,
      heardAt,
      raisedAt: heardAt,
    })
    await agent('/api/sync/push', items({ raw: { kind: 'warning', body: report } }))
    await leader('/api/warnings/act', { id: report.id, action: { do: 'sign', id: v7() } })
  }
  duty = await openSeat(join(folder, 'duty'), centre, { width: 1366, height: 768 })
  await signIn(duty.page, '4001', centre.passwordOf('4001'))
  lead = await openSeat(join(folder, 'lead'), centre, { width: 1920, height: 1080 })
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
})
afterAll(async () => {
  await lead.close()
  await duty.close()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

const goTo = (seat: SeatWindow, name: string) =>
  seat.page.getByRole('navigation').getByRole('link', { name }).click()

test('[PAGE-8] a duty leader’s words and what they are wait while the clause is looked up, through a reload too', async () => {
  const { page } = duty
  const choose = (employer: string) =>
    page.getByRole('region', { name: '预警事件' }).getByRole('button', { name: employer }).click()
  await goTo(duty, '预警')
  await choose(employers[0])
  await page.getByRole('radio', { name: '办结' }).check()
  const field = page.getByRole('region', { name: '处置经过' }).getByRole('textbox')
  await field.fill('企业撤回名单')
  await goTo(duty, '知识库')
  await field.waitFor({ state: 'detached' })
  await goTo(duty, '预警')
  await choose(employers[0])
  await expect.poll(() => field.inputValue()).toBe('企业撤回名单')
  expect(await page.getByRole('radio', { name: '办结' }).isChecked()).toBe(true)
  await field.pressSequentially('，已补偿')

  await choose(employers[1])
  await expect.poll(() => page.getByRole('radio', { name: '批示' }).isChecked()).toBe(true)
  expect(await field.inputValue()).toBe('')
  await field.fill('请到现场')
  // It is sealed first, which takes a moment.
  const waiting = () =>
    page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('.4001.')).length)
  await expect.poll(() => waiting()).toBe(2)
  await page.reload()
  await choose(employers[0])
  await expect.poll(() => field.inputValue()).toBe('企业撤回名单，已补偿')
  await duty.shot('half-written-outcome')
  await choose(employers[1])
  await expect.poll(() => field.inputValue()).toBe('请到现场')
  await page.getByRole('button', { name: /^批示/ }).click()
  await page.getByRole('list', { name: '处置经过' }).getByText('请到现场').waitFor()
  await expect.poll(() => field.inputValue()).toBe('')
  await expect.poll(() => waiting()).toBe(1)

  await page.reload()
  await choose(employers[1])
  await field.waitFor()
  await choose(employers[0])
  await expect.poll(() => field.inputValue()).toBe('企业撤回名单，已补偿')
  await choose(employers[1])
  await expect.poll(() => page.getByRole('radio', { name: '批示' }).isChecked()).toBe(true)
  expect(await field.inputValue()).toBe('')
})

test('[WARN-14] an event file that could not be read is asked for again where it says so', async () => {
  const { page } = duty
  const reading = '**/api/warnings/read'
  await page.route(reading, (route) => route.abort('connectionreset'))
  await goTo(duty, '知识库')
  await goTo(duty, '预警')
  await page.getByRole('region', { name: '预警事件' }).getByRole('button', { name: employers[0] }).click()
  const file = page.getByRole('region', { name: '处置经过' })
  await file.getByText('没取到预警').waitFor()
  await page.unroute(reading)
  await file.getByRole('button', { name: '再试' }).click()
  await file.getByRole('list', { name: '处置经过' }).waitFor()
  expect(await file.getByText('没取到预警').count()).toBe(0)
})

test('[PAGE-8] a lead’s word on a later limit waits while another order is compared, through a reload too', async () => {
  const { page } = lead
  const choose = async (title: string) => {
    await page.getByRole('button', { name: `打开工单：${title}` }).click()
    const field = page.getByRole('region', { name: title }).getByRole('textbox', { name: '批复' })
    await field.waitFor()
    return field
  }
  await goTo(lead, '工单')
  await (await choose(titles[0])).fill('同意，请先告知职工')
  expect(await (await choose(titles[1])).inputValue()).toBe('')
  const again = await choose(titles[0])
  await expect.poll(() => again.inputValue()).toBe('同意，请先告知职工')
  await goTo(lead, '知识库')
  await goTo(lead, '工单')
  await page.reload()
  const field = await choose(titles[0])
  await expect.poll(() => field.inputValue()).toBe('同意，请先告知职工')
  await lead.shot('half-written-decision')
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toContain('decision.2001.')
  await page.getByRole('button', { name: '同意延期' }).click()
  await page.getByText('已同意延期，新时限已生效').waitFor()
  await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('decision.2001.')
  expect([...duty.faults, ...lead.faults]).toEqual([])
})
