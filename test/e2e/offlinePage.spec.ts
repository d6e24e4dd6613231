// [PAGE-9] A browser seat whose page is closed while the centre is away: it opens again, signs in and takes a call, and what
// was written goes once the centre is back. Real Chromium, PBX, caller, centre and PostgreSQL.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { shots, signIn, type SeatWindow } from './seatWindow.ts'
import { openStage, web, type Stage } from './stage.ts'
import { writeForm } from './writtenForm.ts'

const folder = mkdtempSync(join(tmpdir(), 'offline-page-'))
const bundles = join(folder, 'web')
let stage: Stage
let seat: SeatWindow

beforeAll(async () => {
  cpSync(web, bundles, { recursive: true })
  stage = await openStage({ bundles })
  seat = await stage.openSeat('1001', { keepsPage: true })
})
afterAll(async () => {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
})

const builds = (page: Page) => page.evaluate(() => caches.keys())
const keeperState = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
const registered = (page: Page) => page.getByRole('button', { name: /话路正常/ }).waitFor()
const recordsOf = (number: string) =>
  stage.query<{ body: { form?: { callerName: string } } }>(
    'select body from call_records where number = $1',
    [number],
  )

test('[PAGE-9] [SESSION-20] closed while the centre is away, the seat opens again with every page, takes a call, and its record arrives later', async () => {
  await registered(seat.page)
  await expect.poll(() => keeperState(seat.page)).toBe('activated')
  expect(await builds(seat.page)).toHaveLength(1)

  await stage.centre.kill()
  await seat.page.close()
  const page = await seat.context.newPage()
  await page.goto(stage.centre.address)
  await page.getByText('中心暂时连不上，照样可以签入').waitFor()
  await page.getByRole('textbox', { name: '工号' }).fill('1002')
  await page.getByLabel('密码', { exact: true }).fill(stage.centre.passwordOf('1002'))
  await page.getByRole('button', { name: '签入' }).click()
  await page.getByText(/这个工号近几天又没有在这台电脑上签入过/).waitFor()
  await page.screenshot({ path: join(shots, 'offline-door.png') })
  await signIn(page, '1001', stage.centre.passwordOf('1001'))
  await registered(page)
  await page.getByText(/离线/).first().waitFor()
  for (const name of ['工单', '知识库', '通话记录', '设置', '同步', '工作台']) {
    await page.getByRole('navigation').getByRole('link', { name }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await expect.poll(async () => (await page.getByRole('main').innerText()).length).toBeGreaterThan(20)
    expect(await page.getByText('这一页出错了').count()).toBe(0)
  }

  const number = madeUpNumber()
  const caller = await callQueue(stage.pbx, { number })
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor()
  await caller.hangUp()
  await page.getByText('对方已挂断').first().waitFor()
  await writeForm(page, { name: '陈示例', cause: '两个月没发工资', told: '先留好考勤和工资条' })
  await page.screenshot({ path: join(shots, 'offline-page.png') })
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/待上传/)
    .first()
    .waitFor()

  await stage.centre.start()
  await expect
    .poll(async () => (await recordsOf(number)).map(({ body }) => body.form?.callerName))
    .toEqual(['陈示例'])
  await page.getByText('已同步').first().waitFor()
  expect(seat.faults).toEqual([])
})

test('[PAGE-9] [SESSION-20] what the centre has anew is shown at once, and opens when it is away next', async () => {
  const [page] = seat.context.pages()
  if (!page) throw new Error('the seat has no page')
  const [first = ''] = await builds(page)
  const change = (name: string, from: string, to: string) => {
    const file = join(bundles, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  }
  change('index.html', '<meta ', '<meta name="build" content="second" /><meta ')
  change('pageKeeper.js', first.replace('page ', ''), 'second')

  const isSecond = () => page.locator('meta[name=build][content=second]').count()
  expect(await isSecond()).toBe(0)
  await page.reload()
  await expect.poll(isSecond).toBe(1)
  await expect.poll(() => builds(page)).toEqual(['page second'])

  await stage.centre.kill()
  await page.reload()
  const away = page.getByText('中心暂时连不上，照样可以签入')
  await away.waitFor()
  expect(await isSecond()).toBe(1)
  await stage.centre.start()
  await away.waitFor({ state: 'detached' })
})

test('[SESSION-20] what the door said for want of the centre goes once it is back, and who signs out later does not read it', async () => {
  const [page] = seat.context.pages()
  if (!page) throw new Error('the seat has no page')
  const away = page.getByText('中心暂时连不上，照样可以签入')
  const alert = page.getByRole('alert')
  const back = async () => {
    await stage.centre.start()
    await away.waitFor({ state: 'detached' })
    expect(await alert.count()).toBe(0)
  }
  const password = page.getByLabel('密码', { exact: true })

  // The door stood open while the centre went: nobody need try first.
  await password.waitFor()
  await stage.centre.kill()
  await away.waitFor()
  await back()

  // A reload found no centre to bring its person back to the desk.
  await signIn(page, '1001', stage.centre.passwordOf('1001'))
  await stage.centre.kill()
  await page.reload()
  await away.waitFor()
  await back()

  await stage.centre.kill()
  await page.reload()
  await away.waitFor()
  await page.getByRole('textbox', { name: '工号' }).fill('1002')
  await password.fill(stage.centre.passwordOf('1002'))
  await page.getByRole('button', { name: '签入' }).click()
  await alert.waitFor()
  await back()
  expect(await password.inputValue()).toBe(stage.centre.passwordOf('1002'))

  await stage.centre.kill()
  await page.reload()
  await away.waitFor()
  await signIn(page, '1001', stage.centre.passwordOf('1001'))
  await page.getByText(/离线/).first().waitFor()
  await stage.centre.start()
  await page.getByText('已同步').first().waitFor()
  await page.evaluate(() => {
    const look = () => {
      if (document.body.textContent?.includes('中心暂时连不上')) document.body.dataset['saidAway'] = 'true'
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })
  await page.getByRole('button', { name: '切换状态' }).click()
  await page.getByRole('menuitem', { name: '签出' }).click()
  await page.getByRole('textbox', { name: '工号' }).waitFor()
  await page.getByRole('button', { name: '签入' }).waitFor()
  expect(await page.evaluate(() => document.body.dataset['saidAway'])).toBeUndefined()
})
