// Lists as files for a spreadsheet, in a real browser: what is found is in the file and nothing else, on record, and stopped
// when somebody says so. The lead's with a real centre.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import papa from 'papaparse'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallRecord } from '../../contract/softphone.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, aDispatchOf, items } from '../server/aCentre.ts'
import { post } from '../server/program.ts'
import { seriousOf } from './accessibility.ts'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { openSeat, shots, signIn, type SeatWindow } from './seatWindow.ts'

const folder = mkdtempSync(join(tmpdir(), 'export-'))
let stage: DeskStage
let centre: CentreProcess
let lead: SeatWindow
beforeAll(async () => {
  stage = await openDeskStage()
  const web = join(import.meta.dirname, '../../out/renderer')
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--web', web],
  })
  lead = await openSeat(join(folder, 'lead'), centre, { width: 1920, height: 1080 })
  await signIn(lead.page, '2001', centre.passwordOf('2001'))
})
afterAll(async () => {
  await lead.close()
  await centre.stop()
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Presses 导出: the lines of the file, its head first. */
const exported = async (page: Page): Promise<{ name: string; rows: readonly string[][] }> => {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const download = await coming
  const bytes = readFileSync(await download.path())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const text = bytes.subarray(3).toString()
  return { name: download.suggestedFilename(), rows: papa.parse(text, { skipEmptyLines: true }).data }
}
const put = (desk: Desk, records: readonly CallRecord[]) =>
  desk.run(async (on, words) => {
    await on.records.restore(JSON.parse(words) as CallRecord[])
  }, JSON.stringify(records))
const calls = (count: number, callerName: string): CallRecord[] =>
  Array.from({ length: count }, (_, n) =>
    aCallOf('1001', {
      number: `1380000${String(n).padStart(4, '0')}`,
      offeredAt: Date.now() - n * 1_000,
      form: aForm({ callerName, category: 'TS', topic: 'CYJC', disposition: 'DF', cause: `=1+${String(n)}` }),
    }),
  )

test.each([
  ['', 1366, 768],
  ['theme=dark', 1920, 1080],
])(
  '[EXPORT-1] [EXPORT-3] [EXPORT-4] what the search finds is in the file, masked, and on record (%s)',
  async (query, width, height) => {
    const desk = await stage.open(query, 'records')
    const { page } = desk
    await page.setViewportSize({ width, height })
    await put(desk, [...calls(1_203, '王建平'), ...calls(5, '=HYPERLINK("http://x")')])
    await page.getByLabel('号码尾号、姓名').fill('王建')
    await page.getByText('找到 1,203 通').waitFor()
    const { name, rows } = await exported(page)
    expect(name).toMatch(/^通话记录-\d{8}-\d{4}\.csv$/)
    expect(rows).toHaveLength(1 + 1_203)
    expect(rows[0]?.slice(0, 4)).toEqual(['时间', '方向', '来电人', '号码'])
    expect(new Set(rows.slice(1).map((row) => row[2]))).toEqual(new Set(['王建平']))
    for (const row of rows.slice(1)) expect(row[3]).toMatch(/^138\*{4}\d{4}$/)
    await page.getByText('已导出 1,203 行').waitFor()
    await page.screenshot({ path: join(shots, `export-records-${String(width)}.png`) })
    await expect.poll(() => seriousOf(page)).toEqual([])
    await expect
      .poll(() => desk.run((on) => on.audit))
      .toMatchObject([{ what: 'calls.exported', agent: '1001', about: 'rows 1203', callId: null }])
    await page.getByRole('button', { name: '清除条件' }).click()
    const all = await exported(page)
    expect(all.rows).toHaveLength(1 + 1_208)
    expect(all.rows.filter((row) => row[2]?.startsWith("'=HYPERLINK"))).toHaveLength(5)
  },
)

test('[EXPORT-5] a long one says how far it is, and stopped leaves neither file nor note', async () => {
  const desk = await stage.open('', 'records')
  const { page } = desk
  await put(desk, calls(2_500, '王建平'))
  await page
    .getByText(/2,500 通/)
    .first()
    .waitFor()
  let files = 0
  page.on('download', () => (files += 1))
  await desk.run((on) => {
    const { page: whole } = on.records
    // A disk that takes its time: no second part comes, to whoever asks, before somebody presses.
    const pressed = new Promise<void>((go) => Object.assign(on, { go }))
    Object.assign(on.records, {
      page: (query: Parameters<typeof whole>[0]) =>
        query.before === null ? whole(query) : pressed.then(() => whole(query)),
    })
  })
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await page.getByText('已写 1,000 / 2,500 行').waitFor()
  await page.getByRole('button', { name: '停止导出' }).click()
  await desk.run((on) => (on as unknown as { go(): void }).go())
  await page.getByText('已停止，没有存文件').waitFor()
  expect([files, await desk.run((on) => on.audit.length)]).toEqual([0, 0])
})

test('[EXPORT-2] [EXPORT-4] a lead saves the list as it is shown, without telephone numbers, and the centre notes it', async () => {
  const session = (await post(centre.address, '/api/session/open', {
    account: '1001',
    password: centre.passwordOf('1001'),
  })) as { token: string }
  const ticket = aDispatchOf('1001', 'QYBZ', { title: '=SUM(A1)要求补发工资' })
  await post(centre.address, '/api/sync/push', items({ ticket }), session.token)
  const { page } = lead
  await page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
  await page.getByRole('textbox', { name: '工单号、姓名、单位、诉求' }).fill('要求补发')
  await page.getByText('共 1 件').waitFor({ timeout: 20_000 })
  const noted = page.waitForResponse((response) => response.url().endsWith('/api/sync/push'))
  const { name, rows } = await exported(page)
  expect(name).toMatch(/^工单-\d{8}-\d{4}\.csv$/)
  expect(rows).toHaveLength(2)
  expect(rows[1]?.slice(1, 4)).toEqual(['待签收', "'=SUM(A1)要求补发工资", '王建平'])
  expect(rows[1]?.join()).not.toContain('8000')
  await page.getByText('已导出 1 行').waitFor()
  // This seat has written nothing else.
  expect(await (await noted).json()).toMatchObject({ value: { verdicts: [{ verdict: 'stored' }] } })
  await lead.shot('export-tickets-1920')
  expect(lead.faults).toEqual([])
})
