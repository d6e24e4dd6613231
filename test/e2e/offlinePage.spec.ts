// [PAGE-9] A browser seat whose page is closed while the centre is away: it opens again, signs in, and what was left to
// send goes once the centre is back. Real Chromium, real centre.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCentre, type CentreProcess } from './centreProcess.ts'
import { openSeat, signIn, type SeatWindow } from './seatWindow.ts'

const folder = mkdtempSync(join(tmpdir(), 'offline-page-'))
const web = join(folder, 'web')
let centre: CentreProcess
let seat: SeatWindow

beforeAll(async () => {
  cpSync(join(import.meta.dirname, '../../out/renderer'), web, { recursive: true })
  centre = await startCentre({
    data: join(folder, 'data'),
    databaseUrl: null,
    flags: ['--demo', '--practice', '--web', web],
  })
  seat = await openSeat(join(folder, 'seat'), centre, { keepsPage: true })
})
afterAll(async () => {
  await seat.close()
  await centre.stop()
  rmSync(folder, { recursive: true, force: true })
})

const builds = (page: Page) => page.evaluate(() => caches.keys())
const untilKept = async (page: Page): Promise<void> => {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state))
    .toBe('activated')
}
const go = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation').getByRole('link', { name }).click()

test('[PAGE-9] closed while the centre is away, the seat opens again, and every page of it; what is left to send goes later', async () => {
  const { page, context } = seat
  await signIn(page, '1001', centre.passwordOf('1001'))
  await go(page, /通话记录/)
  await page.getByRole('grid', { name: '通话记录列表' }).getByRole('row').nth(1).waitFor()
  await untilKept(page)
  expect(await builds(page)).toHaveLength(1)

  await centre.kill()
  await page.close()
  const again = await context.newPage()
  await again.goto(centre.address)
  await signIn(again, '1001', centre.passwordOf('1001'))
  const pages: [RegExp, Locator][] = [
    [/工单/, again.getByRole('region', { name: /工单/ }).first()],
    [/知识库/, again.getByRole('region', { name: '条目全文' })],
    [/设置/, again.getByRole('region', { name: '外观和语言' })],
  ]
  for (const [name, shows] of pages) {
    await go(again, name)
    await shows.waitFor()
  }
  await go(again, /通话记录/)
  await again.getByRole('grid', { name: '通话记录列表' }).getByRole('row').nth(1).click()
  await again.getByRole('button', { name: '显示完整号码（会留记录）' }).click()
  await go(again, /同步/)
  await again.getByRole('region', { name: '待上传' }).getByText('看过一个号码').first().waitFor()
  await again.screenshot({ path: join(import.meta.dirname, 'shots', 'offline-page.png') })

  await centre.start()
  await expect
    .poll(() => again.getByRole('region', { name: '待上传' }).getByText('看过一个号码').count())
    .toBe(0)
  expect(seat.faults).toEqual([])
})

test('[PAGE-9] what the centre has anew is shown at once, and opens when it is away next', async () => {
  const [page] = seat.context.pages()
  if (!page) throw new Error('the seat has no page')
  const [first = ''] = await builds(page)
  const file = (name: string) => join(web, name)
  const index = readFileSync(file('index.html'), 'utf8')
  writeFileSync(file('index.html'), index.replace('<meta ', '<meta name="build" content="second" /><meta '))
  const keeper = readFileSync(file('pageKeeper.js'), 'utf8')
  writeFileSync(file('pageKeeper.js'), keeper.replace(first.replace('page ', ''), 'second'))

  const isSecond = () => page.locator('meta[name=build][content=second]').count()
  expect(await isSecond()).toBe(0)
  await page.reload()
  await expect.poll(isSecond).toBe(1)
  await expect.poll(() => builds(page)).toEqual(['page second'])

  await centre.kill()
  await page.reload()
  await page.getByRole('button', { name: '签入' }).or(page.getByRole('navigation')).first().waitFor()
  expect(await isSecond()).toBe(1)
})
