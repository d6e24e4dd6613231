// The desk for everybody: nothing serious found by axe on any page, every control has a name, the keyboard alone is
// enough, and a Chinese input method is never disturbed by a key of ours.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousOf } from './accessibility.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'

/** Controls a screen reader would announce without a name. */
const namelessOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const named = (element: Element): boolean => {
      const by = element.getAttribute('aria-labelledby')
      const text = [
        element.getAttribute('aria-label'),
        by === null
          ? null
          : by
              .split(' ')
              .map((id) => document.getElementById(id)?.textContent ?? '')
              .join(''),
        'labels' in element
          ? Array.from((element as HTMLInputElement).labels ?? [])
              .map((label) => label.textContent)
              .join('')
          : null,
        element.textContent,
        element.querySelector('[aria-label]')?.getAttribute('aria-label') ?? null,
        element.getAttribute('title'),
      ]
      return text.some((each) => each !== null && each.trim() !== '')
    }
    return Array.from(
      document.querySelectorAll(
        'button, a[href], input:not([type=hidden]), textarea, select, [role=button], [role=tab], [role=switch], [role=combobox]',
      ),
    )
      .filter((element) => element.checkVisibility() && !named(element))
      .map((element) => element.outerHTML.slice(0, 160))
  })

const words: Record<string, string> = {
  desk: '工作台',
  tickets: '工单',
  knowledge: '知识库',
  warnings: '预警',
  records: '通话记录',
  wallboard: '班长席',
  outward: '对外通知',
  practice: '练习',
  sync: '同步',
  settings: '设置',
}

let hall: Pick<Stage, 'centre' | 'openSeat' | 'close'>
beforeAll(async () => {
  hall = await openPractice()
})
afterAll(async () => {
  await hall.close()
})

const visitAll = async (seat: SeatWindow, who: string): Promise<void> => {
  const pages = await seat.page.getByRole('navigation').getByRole('link').allInnerTexts()
  expect(pages.length).toBeGreaterThan(1)
  for (const name of pages) {
    const word = Object.entries(words).find(([, zh]) => name.includes(zh))?.[0] ?? name
    await seat.page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(words[word] ?? name) })
      .click()
    await seat.page.getByRole('heading', { level: 1, name: words[word] ?? name }).waitFor()
    await seat.settled()
    await seat.shot(`page-${who}-${word}`)
    await expect.poll(() => seriousOf(seat.page), { message: `${who}: ${word}` }).toEqual([])
    await expect.poll(() => namelessOf(seat.page), { message: `${who}: ${word}` }).toEqual([])
  }
  expect(seat.faults).toEqual([])
}

describe('every page of every role', () => {
  for (const [who, account, options] of [
    ['agent', '1001', {}],
    ['agent-dark-1366', '1002', { dark: true, width: 1366, height: 768 }],
    ['lead', '2001', {}],
    ['handler', '3001', {}],
    ['duty', '4001', {}],
  ] as const)
    test(`[SCREEN-1] axe finds nothing serious and every control has a name: ${who}`, async () => {
      const seat = await hall.openSeat(account, options)
      await visitAll(seat, who)
      await seat.close()
    })

  test('[SCREEN-1] the door too', async () => {
    const seat = await hall.openSeat('9001')
    await seat.context.clearCookies()
    await seat.page.evaluate(() => sessionStorage.clear())
    await seat.page.reload()
    await seat.page.getByRole('button', { name: '签入' }).waitFor()
    await expect.poll(() => seriousOf(seat.page)).toEqual([])
    await expect.poll(() => namelessOf(seat.page)).toEqual([])
    await seat.close()
  })
})

describe('the keyboard and the input method', () => {
  test('[SCREEN-2] [F70] a ring moves no focus, Enter answers nothing, and keys during composition belong to the input method', async () => {
    const seat = await hall.openSeat('1003')
    const { page } = seat
    await page.goto(`${hall.centre.address}/#/practice`)
    await page
      .getByRole('button', { name: /等.*来电/ })
      .first()
      .click()
    await page.getByRole('button', { name: /接听/ }).waitFor()
    await page.keyboard.press('F2')
    await page.getByText('通话中').first().waitFor()
    await page.goto(`${hall.centre.address}/#/desk`)
    const cause = page.getByRole('textbox', { name: '起因' })
    await cause.focus()

    // A Chinese input method: composition, a key it swallows (229), then the chosen word.
    const cdp = await seat.context.newCDPSession(page)
    await cdp.send('Input.imeSetComposition', { text: 'tuoqian', selectionStart: 7, selectionEnd: 7 })
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'F3',
      code: 'F3',
      windowsVirtualKeyCode: 229,
    })
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      key: 'F3',
      code: 'F3',
      windowsVirtualKeyCode: 229,
    })
    await expect.poll(() => page.getByRole('button', { name: /取消静音/ }).count()).toBe(0)
    await cdp.send('Input.insertText', { text: '拖欠' })
    await page.keyboard.press('Enter')
    await page.keyboard.type('工资')
    await expect.poll(() => cause.inputValue()).toContain('拖欠')
    await expect.poll(() => cause.inputValue()).toContain('工资')
    await expect.poll(() => cause.evaluate((element) => element === document.activeElement)).toBe(true)

    // Outside a composition the same key works, from inside the field.
    await page.keyboard.press('F3')
    await page.getByRole('button', { name: /取消静音/ }).waitFor()
    await expect.poll(() => cause.evaluate((element) => element === document.activeElement)).toBe(true)
    await seat.shot('ime-on-call')
    await seat.close()
  })
})
