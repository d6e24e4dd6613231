// The built pages in a browser: whole again after they could not be fetched, and filled by what the centre knows.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'
import { until } from '../pbx/until.ts'

let stage: Pick<Stage, 'openSeat' | 'close'>
let seat: SeatWindow

beforeAll(async () => {
  stage = await openPractice()
  seat = await stage.openSeat('1001')
})
afterAll(() => stage.close())

test('[PAGE-6] a page that failed to load opens with its whole look when it is asked for again', async () => {
  const { page, context } = seat
  const asked: string[] = []
  await context.route(/WarningsPage|TicketsPage|KnowledgePage|RecordsPage|SettingsPage/, (route) => {
    asked.push(route.request().url())
    return route.abort('internetdisconnected')
  })
  // From the start, so that nothing of it was fetched ahead.
  await page.reload()
  const link = page.getByRole('navigation').getByRole('link', { name: '工单' })
  await link.click()
  await page.getByText('这一页出错了').waitFor()
  const again = page.getByRole('main').getByRole('button')
  const tries = () => asked.filter((url) => url.includes('TicketsPage')).length
  const before = tries()
  await again.click()
  // The words of before still stand there: it has been asked for in vain again.
  await until('it to be asked for again', () => tries() > before)
  await page.getByText('这一页出错了').waitFor()

  await context.unroute(/WarningsPage|TicketsPage|KnowledgePage|RecordsPage|SettingsPage/)
  await again.click()
  const list = page.getByRole('region', { name: /工单/ }).first()
  await list.waitFor()
  await expect.poll(() => list.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('solid')
  await expect
    .poll(() => list.evaluate((element) => getComputedStyle(element.parentElement ?? element).display))
    .toBe('grid')
  // Another page, left and come back to, needs no button.
  await page.getByRole('navigation').getByRole('link', { name: '知识库' }).click()
  await page.getByRole('list').filter({ hasText: '工' }).first().waitFor()
  expect(seat.faults.filter((fault) => fault.startsWith('csp'))).toEqual([])
})

test.each([1000, 1200, 1366, 1440, 1920])(
  '[SCREEN-4] at %i px the longest limit is whole in the list, an order open beside it',
  async (width) => {
    const { page } = seat
    await page.setViewportSize({ width, height: 768 })
    await page.getByRole('navigation').getByRole('link', { name: '工单' }).click()
    const row = page.getByRole('button', { name: /大学/ }).first()
    // Whatever was open before.
    const close = page.getByRole('button', { name: '关闭' })
    await row.or(close).first().waitFor()
    if (await close.isVisible()) await close.click()
    await row.waitFor()
    if (width >= 1200) {
      await row.click()
      await page.getByRole('heading', { level: 2, name: /大学/ }).waitFor()
    }
    const limit = page.getByRole('row').filter({ hasText: '大学' }).getByRole('cell').last()
    const box = await limit.evaluate((cell) => {
      const words = cell.querySelector('svg + span')
      if (words) words.textContent = '签收超 47 小时 59 分'
      const end = words?.getBoundingClientRect().right ?? Number.POSITIVE_INFINITY
      return cell.getBoundingClientRect().right - end
    })
    expect(box).toBeGreaterThanOrEqual(0)
  },
)

test('[WRAP-4] [DESK-12] the form takes what only the centre knows of the caller; a browser seat cannot move to another centre', async () => {
  const { page } = seat
  await page.getByRole('navigation').getByRole('link', { name: '练习' }).click()
  await page.getByRole('listitem').filter({ hasText: '老郭' }).getByRole('button', { name: /来电/ }).click()
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.getByRole('navigation').getByRole('link', { name: '工作台' }).click()
  const form = page.getByRole('tabpanel')
  await until('the employer', async () =>
    (await form.getByRole('textbox', { name: '单位', exact: true }).inputValue()).includes('建筑劳务'),
  )
  await expect.poll(() => form.getByRole('radio', { name: '会员', exact: true }).isChecked()).toBe(true)
  await page.keyboard.press('Shift+F2')
  await page.getByText('没有打开的登记单').waitFor()
  await page.getByRole('navigation').getByRole('link', { name: '设置' }).click()
  await page.getByText(/这个页面就是它给的/).waitFor()
  await expect.poll(() => page.getByRole('textbox', { name: '中心地址' }).count()).toBe(0)
})

test('[PRACTICE-17] once the ordered call has come and gone the practice page says no more that it comes', async () => {
  const { page } = seat
  await page.getByRole('navigation').getByRole('link', { name: '练习' }).click()
  await page.getByRole('listitem').filter({ hasText: '李阿姨' }).getByRole('button', { name: /来电/ }).click()
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.getByText('先把这通电话办完').waitFor()
  await page.keyboard.press('Shift+F2')
  await page.getByText('选一位，戴上耳机，等铃响').waitFor()
})

test.each([1000, 1366, 1920])('[SCREEN-6] at %i px no card of any page lies over another', async (width) => {
  const { page } = seat
  await page.setViewportSize({ width, height: 768 })
  const links = page.getByRole('navigation').getByRole('link')
  let all = 0
  for (const link of await links.all()) {
    await link.click()
    const name = await link.innerText()
    await page.getByRole('heading', { level: 1, name: name.replace(/^\d+\+?\s*/, '') }).waitFor()
    await page.getByRole('main').locator('button:visible, [role=grid]').first().waitFor()
    await seat.settled()
    const [seen, over] = await page.getByRole('main').evaluate((main) => {
      const radius = getComputedStyle(document.documentElement).getPropertyValue('--radius-card')
      const cards = [...main.querySelectorAll('*')].filter(
        (each) => each.checkVisibility() && getComputedStyle(each).borderRadius === radius,
      )
      const overlap = (one: Element, other: Element) => {
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
      }
      const pairs = cards.flatMap((one, at) => cards.slice(at + 1).map((other) => [one, other] as const))
      const found = pairs.filter(([one, other]) => !one.contains(other) && overlap(one, other))
      return [cards.length, found.map((pair) => pair.map(({ className }) => className).join(' × '))] as const
    })
    expect(over, name).toEqual([])
    all += seen
  }
  expect(all).toBeGreaterThan(20)
})

test('[SESSION-18] [STORE-17] a desk that cannot be opened leaves its agent at the door, and nobody signed in', async () => {
  const { page } = seat
  const door = page.getByRole('textbox', { name: '工号' })
  /** What a program of a later version does to the store, or undoes. */
  const store = (later: number | null) =>
    page.evaluate(async (version) => {
      const names = (await indexedDB.databases()).flatMap(({ name }) =>
        name?.includes('1001') ? [name] : [],
      )
      for (const name of names)
        await new Promise((resolve, reject) => {
          const asked = version === null ? indexedDB.deleteDatabase(name) : indexedDB.open(name, version)
          asked.onsuccess = () => resolve(version === null || asked.result.close())
          asked.onerror = () => reject(new Error(String(asked.error)))
        })
      return names.length
    }, later)
  expect(await store(10_000)).toBeGreaterThan(0)
  await page.reload()
  await door.waitFor()
  await page.getByText(/由更新版本的程序接管/).waitFor()
  await store(null)
  await page.reload()
  await door.waitFor()
  await expect.poll(() => page.getByText(/由更新版本的程序接管/).count()).toBe(0)
  expect(await page.getByRole('navigation').count()).toBe(0)
})
