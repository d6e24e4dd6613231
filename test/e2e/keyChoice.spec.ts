// Other keys than the defaults, in a real browser: chosen, refused, swapped, followed by buttons and sentences; on paper.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const open = async (at: string, query = '') => {
  desk = await stage.open(query, at)
  page = desk.page
}
const rows = () => page.getByRole('list', { name: '按键一览' }).first()
const row = (word: string) => rows().getByRole('listitem').filter({ hasText: word })
const change = async (word: string, key: string) => {
  await row(word)
    .getByRole('button', { name: new RegExp(`^改键：${word} `) })
    .click()
  await row(word).getByRole('button', { name: '请按新的键' }).waitFor()
  await page.keyboard.press(key)
}
const untilPhase = (id: CallId, phase: string) =>
  until(`the call to be ${phase}`, async () =>
    (await desk.state()).calls.some((call) => call.id === id && call.phase.is === phase),
  )

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

test('[KEY-12] the search key leads from the desk to the records, and what is typed at once is searched for', async () => {
  await open('desk')
  const id = await desk.ring({ number: '13800008046' })
  await desk.theyHangUp(id)
  await page.keyboard.press('Control+k')
  const search = page.getByRole('search').getByRole('textbox').first()
  await until('the caret to be there', () =>
    search.evaluate((box) => document.activeElement === box, null, { timeout: 1_000 }).catch(() => false),
  )
  await page.keyboard.type('8046')
  await page.getByText('找到 1 通').waitFor()
})

test('[KEY-12] on the page of work orders the search key leads to the search there', async () => {
  await open('tickets')
  const search = page.getByRole('textbox', { name: /工单号/ })
  await search.waitFor()
  await page.keyboard.press('Control+k')
  await search.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('示例')
  await expect.poll(() => search.inputValue()).toBe('示例')
})

test('[KEY-7] [KEY-8] a chosen key answers, its button and its sentences say so, and the default is free again', async () => {
  await open('settings')
  await change('接听', 'Shift+F9')
  await row('接听')
    .getByText(/已改为 Shift.F9/)
    .waitFor()
  await page
    .getByText(/按 Shift.F9 接听/)
    .first()
    .waitFor()
  const id = await desk.ring()
  const answer = page.getByRole('region', { name: '通话条' }).getByRole('button', { name: '接听' })
  await answer.getByText(/Shift.F9/).waitFor()
  await page
    .getByRole('alert')
    .filter({ hasText: /按 Shift.F9 接听/ })
    .waitFor({ state: 'attached' })
  await page.keyboard.press('F2')
  await expect.poll(async () => (await desk.state()).calls[0]?.phase.is).toBe('ringing')
  await page.keyboard.press('Shift+F9')
  await untilPhase(id, 'talking')

  await desk.theyHangUp(id)
  await page.getByRole('button', { name: '恢复默认' }).click()
  await row('接听').getByRole('button', { name: '改键：接听 F2' }).waitFor()
})

test('[KEY-8] [KEY-9] a key somebody else has, or nobody may have, is refused with a sentence; two can be swapped', async () => {
  await open('settings')
  await change('静音', 'F4')
  await row('静音').getByText('F4 现在是“保持”，没有改').waitFor()
  await row('静音').getByRole('button', { name: '两个互换' }).click()
  await row('静音').getByRole('button', { name: '改键：静音 F4' }).waitFor()
  await row('保持').getByRole('button', { name: '改键：保持 F3' }).waitFor()
  for (const [key, why] of [
    ['Control+Space', '输入法要用'],
    ['Control+Alt+e', '输入法要用'],
    ['Control+c', '复制、粘贴'],
    ['F11', '挨着 F12'],
    ['a', '打字要用'],
  ] as const) {
    await change('静音', key)
    await row('静音').getByText(new RegExp(why)).waitFor()
  }
  await row('静音').getByRole('button', { name: '改键：静音 F4' }).waitFor()
})

test('[KEY-10] Escape leaves the key as it was, an input method is not heard, and a ring ends the choosing and is answered', async () => {
  await open('settings')
  await change('静音', 'Escape')
  await row('静音').getByRole('button', { name: '改键：静音 F3' }).click()
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'F8', keyCode: 229, bubbles: true }),
    ),
  )
  await row('静音').getByRole('button', { name: '请按新的键' }).waitFor()
  const id = await desk.ring()
  await row('静音').getByRole('button', { name: '改键：静音 F3' }).waitFor()
  await page.keyboard.press('F2')
  await untilPhase(id, 'talking')
})

test('[KEY-3] a call is answered by its key from any page and through any dialog', async () => {
  for (const at of ['desk', 'records', 'tickets', 'settings']) {
    await open(at)
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: '按键一览' }).waitFor()
    const id = await desk.ring()
    await page.keyboard.press('F2')
    await untilPhase(id, 'talking')
    await expect.poll(() => page.getByRole('dialog', { name: '按键一览' }).isVisible()).toBe(true)
  }
})

test('[KEY-11] F1 lists every key, and printing it fills one A4 sheet with the list and nothing else', async () => {
  await open('settings', 'theme=dark')
  await change('静音', 'Shift+F9')
  await row('静音')
    .getByText(/已改为 Shift.F9/)
    .waitFor()
  await page.keyboard.press('F1')
  const dialog = page.getByRole('dialog', { name: '按键一览' })
  await dialog.getByRole('button', { name: /^打印/ }).waitFor()
  await expect.poll(() => dialog.getByRole('listitem').count()).toBeGreaterThan(10)
  await page.emulateMedia({ media: 'print' })
  const seen = await page.evaluate(() => {
    const [body, ...more] = [...document.body.children].filter(
      (each) => getComputedStyle(each).display !== 'none',
    )
    const paper = getComputedStyle(document.body).backgroundColor
    return {
      text: body?.textContent ?? '',
      more: more.length,
      ink: body && getComputedStyle(body).color,
      paper,
    }
  })
  expect(seen.more).toBe(0)
  expect(seen.text).toContain('Shift F9静音')
  expect([seen.ink, seen.paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper) ?? []
  expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842])
})

test('[DESK-29] [KEY-7] a key that another program has is said once, with what to do, and beside the key; another one ends it', async () => {
  await open('settings', 'taken=F2')
  await page.getByText('F2（接听）被别的程序占用').waitFor()
  await row('接听').getByText('F2 被别的程序占用，来电时在那里按不到').waitFor()
  await expect.poll(() => row('拒接').getByText('被别的程序占用').count()).toBe(0)
  await change('接听', 'F9')
  await row('接听').getByText('F9 现在是“预警”').waitFor()
  await change('接听', 'Shift+F9')
  await row('接听')
    .getByText(/已改为 Shift.F9/)
    .waitFor()
  await expect.poll(() => row('接听').getByText('被别的程序占用').count()).toBe(0)
  await change('接听', 'F2')
  await row('接听').getByText('已改为 F2').waitFor()
  await row('接听').getByText('F2 被别的程序占用').waitFor()
})
