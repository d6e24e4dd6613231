// The lead's page of outward messages: what the gateway would not take is seen in words, and goes out once when the
// lead says so. Real centre, real gateway over HTTP, real Chromium.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDispatchOf, items } from '../server/aCentre.ts'
import { startGateway, type TestGateway } from '../server/aGateway.ts'
import { post } from '../server/program.ts'
import { until } from '../server/until.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const web = join(import.meta.dirname, '../../out/renderer')
const folder = mkdtempSync(join(tmpdir(), 'outward-'))
let gateway: TestGateway
let centre: CentreProcess
let lead: SeatWindow
beforeAll(async () => {
  gateway = await startGateway()
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web, '--gateway', gateway.url],
  })
  lead = await openSeat(join(folder, 'lead'), centre, {})
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
})
afterAll(async () => {
  await lead.close()
  await centre.stop()
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

test('[OUT-6] before anything could be read the page says so, and not that nothing waits', async () => {
  const { page } = lead
  const reading = '**/api/outward/list*'
  await page.route(reading, (route) => route.abort('connectionreset'))
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /对外通知/ })
    .click()
  await page.getByRole('main').getByText('没读出来').waitFor()
  expect(await page.getByText('没有等着发的').count()).toBe(0)
  await page.unroute(reading)
  await page.getByText('没有等着发的').waitFor()
})

test('[F40] [OUT-6] the lead sees what the gateway refused, sends it again, and it is out once', async () => {
  gateway.next({ status: 422 }, { status: 422 })
  const session = (await post(centre.address, '/api/session/open', {
    account: '1001',
    password: centre.passwordOf('1001'),
  })) as { token: string }
  await post(centre.address, '/api/sync/push', items({ ticket: aDispatchOf('1001', 'ZGFW') }), session.token)
  await until(() => gateway.asked.length >= 2, 'the gateway refused both', 20_000)

  const { page } = lead
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /对外通知/ })
    .click()
  const open = page.getByRole('region', { name: '还没发出的' })
  await open.getByText('网关不收').first().waitFor({ timeout: 15_000 })
  await open
    .getByText(/网关答复 HTTP 422/)
    .first()
    .waitFor()
  await lead.shot('outward-refused')
  await expect.poll(() => open.getByText('短信给职工·138****8000').count()).toBe(1)
  await open.getByRole('button', { name: '不再发：短信给职工·138****8000' }).click()
  await open.getByRole('button', { name: '再发：通知部门·职工服务部', exact: true }).click()
  const settled = page.getByRole('region', { name: '最近办完的' })
  await settled.getByText('已发', { exact: true }).waitFor({ timeout: 25_000 })
  await open.getByText('没有等着发的').waitFor()
  await lead.shot('outward-delivered')
  expect(gateway.effects.map(({ kind }) => kind)).toEqual(['notice'])
  expect(lead.faults).toEqual([])
})
