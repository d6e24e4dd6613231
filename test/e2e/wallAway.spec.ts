// The monitoring wall when its server dies: it says until when it was true, the seats work on, and all comes back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const folder = mkdtempSync(join(tmpdir(), 'wall-'))
let centre: CentreProcess
let lead: SeatWindow
let agent: SeatWindow
beforeAll(async () => {
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--practice', '--web', join(import.meta.dirname, '../../out/renderer')],
  })
  lead = await openSeat(join(folder, 'lead'), centre, {})
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
  agent = await openSeat(join(folder, 'agent'), centre, {})
  await signIn(agent.page, '1001', centre.passwordOf('1001'))
})
afterAll(async () => {
  await lead.close()
  await agent.close()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

const open = (seat: SeatWindow, name: RegExp) =>
  seat.page.getByRole('navigation').getByRole('link', { name }).click()

test('[F39] [WALL-4] the centre is killed: the wall says until when it was true, the seat works on, and both come back', async () => {
  await open(lead, /班长席/)
  const tile = lead.page.getByRole('listitem', { name: /王秀英/ })
  await tile.waitFor()
  // What the seat needs is on its own disk.
  await open(agent, /通话记录/)
  const record = agent.page
    .getByRole('main')
    .getByText(/\d{3}\*{4}\d{4}/)
    .first()
  await record.waitFor()
  await open(agent, /工作台/)
  await agent.page.waitForTimeout(3_000)
  await centre.kill()
  await lead.page.getByText(/数据截至 \d\d:\d\d:\d\d/).waitFor({ timeout: 15_000 })
  await expect.poll(() => tile.count()).toBe(1)
  await lead.shot('wall-away')
  await open(agent, /通话记录/)
  await agent.page.getByRole('heading', { level: 1, name: '通话记录' }).waitFor()
  await agent.page
    .getByText(/周|王|李|张/)
    .first()
    .waitFor()
  await open(agent, /工作台/)
  await agent.page.getByText(/离线/).first().waitFor({ timeout: 30_000 })
  await centre.start()
  await lead.page.getByText(/数据截至/).waitFor({ state: 'hidden', timeout: 60_000 })
  expect(lead.faults).toEqual([])
}, 180_000)
