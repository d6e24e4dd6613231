// Unsent work on other ways: exported while the centre is away and imported at another seat; and left on a computer where
// the next person signs in. Real Chromium, real centre, PostgreSQL.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCluster, type Cluster } from '../server/databases.ts'
import { until } from '../server/until.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const folder = mkdtempSync(join(tmpdir(), 'handover-'))
let cluster: Cluster
let pool: pg.Pool
let centre: CentreProcess
const open: SeatWindow[] = []
beforeAll(async () => {
  cluster = await newCluster()
  const databaseUrl = await cluster.newDatabase()
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl,
    flags: ['--demo', '--practice', '--web', join(import.meta.dirname, '../../out/renderer')],
  })
  pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  pool.on('error', () => undefined)
})
afterAll(async () => {
  for (const seat of open) await seat.close()
  await pool.end()
  await centre.stop()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

const seatOf = async (account: string, computer: string): Promise<SeatWindow> => {
  const seat = await openSeat(join(folder, computer), centre, {})
  open.push(seat)
  await signIn(seat.page, account, centre.passwordOf(account))
  return seat
}
const go = (seat: SeatWindow, name: RegExp) =>
  seat.page.getByRole('navigation').getByRole('link', { name }).click()
/** A look at a whole number leaves a note for the audit, which waits while the centre is away. */
const leaveSomethingUnsent = async (seat: SeatWindow): Promise<void> => {
  // A page looked at once needs the centre no more.
  await go(seat, /同步/)
  await seat.page.getByRole('region', { name: '待上传' }).waitFor()
  await go(seat, /通话记录/)
  await seat.page.getByRole('grid', { name: '通话记录列表' }).getByRole('row').nth(1).click()
  const show = seat.page.getByRole('button', { name: '显示完整号码（会留记录）' })
  await show.waitFor()
  await seat.page.waitForTimeout(3_000)
  await seat.context.setOffline(true)
  await show.click()
  await go(seat, /同步/)
  await seat.page.getByRole('region', { name: '待上传' }).getByText('看过一个号码').first().waitFor()
}
const notesOf = async (account: string): Promise<number> =>
  (await pool.query(`select 1 from audit where account = $1 and what = 'number.shown'`, [account]))
    .rowCount ?? 0
const carriers = async (): Promise<unknown[]> =>
  (await pool.query(`select account, subject from audit where what = 'handover.carried' order by seq`)).rows

test('[HAND-1] [HAND-3] exported with the centre away, imported at another seat, once', async () => {
  const seat = await seatOf('1001', 'first')
  await leaveSomethingUnsent(seat)
  const coming = seat.page.waitForEvent('download')
  await seat.page.getByRole('button', { name: '导出未上传' }).click()
  const download = await coming
  await seat.page.getByText('已导出 1 件').waitFor()
  await seat.shot('handover-exported')
  expect(download.suggestedFilename()).toBe('hotline-1001.handover')
  const file = await download.path()
  expect(readFileSync(file, 'utf8')).not.toContain('number.shown')

  const other = await seatOf('1002', 'second')
  await go(other, /同步/)
  const choose = other.page.locator('input[type=file]')
  await choose.setInputFiles(file)
  await other.page.getByText('1001 的：中心新收 1 件').waitFor()
  await choose.setInputFiles(file)
  await other.page.getByText('1001 的：中心新收 0 件，已有 1 件').waitFor()
  await other.shot('handover-imported')
  await expect.poll(() => notesOf('1001')).toBe(1)
  await expect
    .poll(() => carriers())
    .toEqual([
      { account: '1002', subject: '1001 1/1' },
      { account: '1002', subject: '1001 0/1' },
    ])
  expect([...seat.faults, ...other.faults].filter((fault) => !fault.includes('Failed to fetch'))).toEqual([])
  await seat.close()
  await other.close()
  open.length = 0
}, 180_000)

test('[F68] [F69] [HAND-4] [HAND-5] who signs out is told how much is unsent; the next person at the seat carries it, as theirs', async () => {
  const before = await notesOf('1003')
  const seat = await seatOf('1003', 'shared')
  await leaveSomethingUnsent(seat)
  await seat.page.getByRole('button', { name: /切换状态/ }).click()
  const leaving = seat.page.getByRole('menuitem', { name: /签出/ })
  await expect.poll(() => leaving.innerText()).toContain('还有 1 条没上传')
  await leaving.click()
  await seat.page.getByLabel('密码', { exact: true }).waitFor()
  await seat.close()
  open.length = 0
  const next = await openSeat(join(folder, 'shared'), centre, {})
  open.push(next)
  await next.page.getByRole('textbox', { name: '工号' }).waitFor()
  await signIn(next.page, '1002', centre.passwordOf('1002'))
  await until(async () => (await notesOf('1003')) === before + 1, 'it is at the centre as theirs', 30_000)
  await expect.poll(async () => (await carriers()).at(-1)).toEqual({ account: '1002', subject: '1003 1/1' })
  await go(next, /同步/)
  await next.page.getByRole('region', { name: '交接' }).waitFor()
  await expect.poll(() => next.page.getByText(/这台电脑上还有 1003/).count()).toBe(0)
  await expect.poll(() => next.page.getByText('看过一个号码').count()).toBe(0)
}, 180_000)
