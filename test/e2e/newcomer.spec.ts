// A newcomer alone at a practice centre, in a real browser: calls to practise with, and the next person at the same seat.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeatWindow } from './seatWindow.ts'
import { signIn } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'

let stage: Pick<Stage, 'centre' | 'openSeat' | 'close'>
let seat: SeatWindow

beforeAll(async () => {
  stage = await openPractice()
  seat = await stage.openSeat('1001')
})
afterAll(() => stage.close())

test('[PRACTICE-18] in a call one more simulated caller rings, and a third is not let in', async () => {
  const { page } = seat
  await page.getByText('话路正常').first().waitFor()
  await page.getByRole('navigation').getByRole('link', { name: '练习' }).click()
  const of = (name: string) => page.getByRole('listitem').filter({ hasText: name }).getByRole('button')
  const bar = page.getByRole('region', { name: '通话条' })
  await of('李阿姨').click()
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await expect.poll(() => of('何师傅').isDisabled()).toBe(true)
  await page.keyboard.press('F2')
  await page.getByText(/通话中也能再叫一位/).waitFor()
  await page.getByText('练习·通话中').first().waitFor()
  await of('何师傅').click()
  await bar.getByText('另一个来电').waitFor()
  await page.keyboard.press('F2')
  await bar.getByText('来电人·保持').waitFor({ state: 'attached' })
  await bar.getByText('何师傅').first().waitFor()
  await page.getByText('先把这通电话办完').waitFor()
  await expect.poll(() => of('小唐').isDisabled()).toBe(true)
  for (const said of [/通话中也能再叫一位/, '选一位，戴上耳机，等铃响']) {
    await page.keyboard.down('F12')
    await page.getByText(said).waitFor()
    await page.keyboard.up('F12')
  }
})

test('[AUDIO-10] the echo test says what to listen for, and ends at one press', async () => {
  const { page } = seat
  await page.keyboard.press('F5')
  await page.getByRole('navigation').getByRole('link', { name: '设置' }).click()
  await page.getByRole('button', { name: '回声测试' }).click()
  await page.getByText('请说话：听得到自己，耳机和话路就都好；按 F12 结束').waitFor()
  await page.getByText('按一下就结束').waitFor()
  await page.keyboard.press('F12')
  await page.getByText('会拨一个内线，您说的话会原样传回来').waitFor()
})

test('[SCREEN-7] what a step lacks is said until somebody goes on typing', async () => {
  const { page, close } = await stage.openSeat('3001', { width: 1366, height: 768 })
  await page.getByText('孩子考上大学').first().click()
  await page.getByRole('button', { name: '退单', exact: true }).click()
  await page.getByRole('textbox', { name: '退单理由' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写退单理由').waitFor()
  await page.keyboard.type('不')
  await page.getByText('请写退单理由').waitFor({ state: 'detached' })
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请写退单理由').waitFor()
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByText('请写退单理由').waitFor({ state: 'detached' })
  await close()
})

test('[SESSION-16] [F52] a duplicated tab asks for no session and says where the work is; a reload of the first goes on', async () => {
  const { page } = seat
  const refreshed: string[] = []
  page.context().on('request', (request) => {
    if (request.url().endsWith('/api/session/refresh')) refreshed.push(request.url())
  })
  const [copy] = await Promise.all([
    page.context().waitForEvent('page'),
    // As duplicating does, this copies the sessionStorage.
    page.evaluate(() => void window.open(location.href)),
  ])
  await copy.getByText('这个工号已在另一个窗口打开').waitFor()
  expect(await copy.evaluate(() => sessionStorage.getItem('refresh-token'))).not.toBeNull()
  expect(refreshed).toEqual([])
  await copy.close()
  await page.reload()
  await page.getByRole('navigation').waitFor()
  expect(refreshed).toHaveLength(1)
})

test('[PAGE-7] who signs in after another starts on the page of the role; a reload stays where it is', async () => {
  const { page } = seat
  const title = (name: string) => page.getByRole('heading', { level: 1, name })
  await page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
  await title('工单').waitFor()
  await page.reload()
  await title('工单').waitFor()
  await page.getByRole('button', { name: /切换状态/ }).click()
  await page.getByRole('menuitem', { name: '签出' }).click()
  await signIn(page, '1002', stage.centre.passwordOf('1002'))
  await title('工作台').waitFor()
})
