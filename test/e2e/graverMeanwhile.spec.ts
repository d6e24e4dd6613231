// A duty leader signs for a warning that became graver before the screen heard of it: the screen says so and asks again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallId, WarningId } from '../../contract/ids.ts'
import { aReport } from '../makers/reports.ts'
import { items } from '../server/aCentre.ts'
import { post } from '../server/program.ts'
import { seriousOf } from './accessibility.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const web = join(import.meta.dirname, '../../out/renderer')
const folder = mkdtempSync(join(tmpdir(), 'graverMeanwhile-'))
let centre: CentreProcess
let duty: SeatWindow
let token = ''

beforeAll(async () => {
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web],
  })
  const agent = { account: '1001', password: centre.passwordOf('1001') }
  ;({ token } = (await post(centre.address, '/api/session/open', agent)) as { token: string })
  duty = await openSeat(join(folder, 'duty'), centre, { width: 1366, height: 768 })
  await signIn(duty.page, '4001', centre.passwordOf('4001'))
})
afterAll(async () => {
  await duty.close()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('[WARN-12] the key signs for no warning that became graver than the screen shows: it says so, and signs when it does', async () => {
  const { page } = duty
  const heardAt = Date.now()
  const ids = { id: WarningId.parse(v7()), callId: CallId.parse(v7()) }
  const first = aReport(1, { ...ids, level: 'yellow', people: 60, heardAt, raisedAt: heardAt })
  const push = (body: object) =>
    post(centre.address, '/api/sync/push', items({ raw: { kind: 'warning', body } }), token)
  await push(first)
  await page.getByText(`黄色预警待签收：${first.employer}`).waitFor()
  // What the centre has to tell does not get through; the click does.
  await page.route('**/api/warnings/list', (route) => route.abort())
  await push({ ...first, rev: 2, level: 'red', people: 320, graverHeardAt: heardAt })
  await page.keyboard.press('F9')
  await page.getByText('没办成：这件预警刚升了级，还没有签收。请看清现在的级别再签收。').first().waitFor()
  await duty.shot('graver-meanwhile')
  await page.unroute('**/api/warnings/list')
  await page.getByText(`红色预警待签收：${first.employer}`).waitFor()
  await expect.poll(() => seriousOf(page)).toEqual([])
  await page.keyboard.press('F9')
  await page.getByText('没有等您签收的预警；一来就响铃').waitFor()
  expect(duty.faults).toEqual([])
})
