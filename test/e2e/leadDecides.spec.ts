// What a department asks a lead for in a browser, a later limit, and what it returns that its agent does not send again.
// Real centre, real Chromium.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDispatchOf, items } from '../server/aCentre.ts'
import { post } from '../server/program.ts'
import { seriousOf } from './accessibility.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { untilMarked } from './marked.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const web = join(import.meta.dirname, '../../out/renderer')
const folder = mkdtempSync(join(tmpdir(), 'lead-decides-'))
const title = '单位没有提供工资表，补偿算不出来'
const astray = '劳动仲裁的材料怎么准备'
let centre: CentreProcess
let lead: SeatWindow
let handler: SeatWindow
beforeAll(async () => {
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web],
  })
  const session = (await post(centre.address, '/api/session/open', {
    account: '1001',
    password: centre.passwordOf('1001'),
  })) as { token: string }
  for (const each of [title, astray]) {
    const ticket = aDispatchOf('1001', 'ZGFW', { title: each })
    await post(centre.address, '/api/sync/push', items({ ticket }), session.token)
  }
  handler = await openSeat(join(folder, 'handler'), centre, { width: 1366, height: 768 })
  await signIn(handler.page, '3001', centre.passwordOf('3001'))
  lead = await openSeat(join(folder, 'lead'), centre, { width: 1920, height: 1080, dark: true })
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
})
afterAll(async () => {
  await lead.close()
  await handler.close()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

const open = async ({ page }: SeatWindow, name: string) => {
  await page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
  await page.getByRole('button', { name: `打开工单：${name}` }).click()
  return page.getByRole('region', { name })
}

test('[TICKET-20] [TICKET-21] [TICKET-22] asked for with a day and a reason, granted with a word, seen by both', async () => {
  const mine = await open(handler, title)
  await mine.getByRole('button', { name: /^签收/ }).click()
  await mine.getByRole('button', { name: '申请延期' }).click()
  const send = mine.getByRole('button', { name: /^申请延期/ })
  await send.click()
  await mine.getByText('请选延到哪天，写明理由').waitFor()
  await mine.getByRole('combobox', { name: '延到哪天' }).press('ArrowDown')
  // A list that is not there yet hears no key.
  await handler.page.getByRole('option').first().waitFor({ state: 'attached' })
  await handler.page.keyboard.press('ArrowDown')
  await handler.page.keyboard.press('Enter')
  await mine.getByRole('textbox', { name: '延期理由' }).fill('单位下周才能给工资表，已催过两次。')
  await handler.shot('later-limit-asking')
  await expect.poll(() => seriousOf(handler.page)).toEqual([])
  await send.click()
  await mine.getByText('等班长批复延期').waitFor()
  await expect.poll(() => mine.getByRole('button', { name: '申请延期' }).count()).toBe(0)

  // [TICKET-22] Wherever the lead is.
  const icon = lead.page.getByRole('navigation').getByRole('link', { name: /^1\s*工单$/ })
  await icon.waitFor()
  await lead.shot('later-limit-waits')
  const theirs = await open(lead, title)
  await lead.page.getByRole('button', { name: /^申请延期\s*1$/ }).click()
  await theirs.getByText('单位下周才能给工资表，已催过两次。').first().waitFor()
  await theirs.getByRole('button', { name: '同意延期' }).click()
  await theirs.getByText('请写批复').waitFor()
  await theirs.getByRole('textbox', { name: '批复' }).fill('同意，请先告知职工')
  await lead.shot('later-limit-deciding')
  await expect.poll(() => seriousOf(lead.page)).toEqual([])
  await theirs.getByRole('button', { name: '同意延期' }).click()
  await lead.page.getByText('已同意延期，新时限已生效').waitFor()
  await icon.waitFor({ state: 'detached' })
  await theirs.getByText('已延期', { exact: true }).waitFor()
  await lead.shot('later-limit-granted')

  await mine.getByText('已延期', { exact: true }).waitFor({ timeout: 20_000 })
  const history = mine.getByRole('list', { name: '办理经过' })
  await history.getByText(/同意，请先告知职工/).waitFor()
  await handler.shot('later-limit-holds')
  expect([...handler.faults, ...lead.faults]).toEqual([])
})

test('[TICKET-23] returned and not sent again, a lead dispatches it elsewhere with a word, and it is gone from who returned it', async () => {
  const mine = await open(handler, astray)
  await mine.getByRole('button', { name: '退单' }).click()
  await mine.getByRole('textbox', { name: '退单理由' }).fill('应由法律服务中心办理')
  await mine.getByRole('button', { name: /^退单/ }).last().click()
  await handler.page.getByText('退单成功，已退回热线').waitFor()

  await lead.page.reload()
  const theirs = await open(lead, astray)
  await theirs.getByText('应由法律服务中心办理').first().waitFor()
  const send = theirs.getByRole('button', { name: '改派' })
  await send.click()
  await theirs.getByText('请选部门和时限，写上派单意见').waitFor()
  const department = theirs.getByRole('combobox', { name: '派给哪个部门' })
  await department.fill('法律')
  await untilMarked(lead.page, '法律服务中心')
  await department.press('Enter')
  await theirs.getByRole('textbox', { name: '派单意见' }).fill('请接办，并先回复职工')
  await lead.shot('redispatch')
  await expect.poll(() => seriousOf(lead.page)).toEqual([])
  await send.click()
  await lead.page.getByText('已改派，两个时限重新算起').waitFor()
  await theirs.getByRole('list', { name: '办理经过' }).getByText('法律服务中心').first().waitFor()
  await send.waitFor({ state: 'detached' })
  await lead.shot('redispatched')
  expect([...handler.faults, ...lead.faults]).toEqual([])
})
