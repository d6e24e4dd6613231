// No screen of any role shows a whole number: the demo's callers and a live practice call are looked for in everything
// a window says: text, labels, titles, fields, the tab's own title, and what is announced.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import personas from '../../assets/voices/personas.json' with { type: 'json' }
import story from '../../server/demo.json' with { type: 'json' }
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openPractice } from './stage.ts'

const canaries = [...new Set([...story.calls, ...personas].map(({ number }) => number))]

let stage: Pick<Stage, 'centre' | 'openSeat' | 'close'>

beforeAll(async () => {
  stage = await openPractice()
})
afterAll(() => stage.close())

/** Whatever the window says or would say. */
const said = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const words = [document.title, document.body.innerText, document.body.textContent]
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'href', 'value'])
        words.push(element.getAttribute(name) ?? '')
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
        words.push(element.value)
    }
    return words.join('\n')
  })

/** Also with the separators people write. */
const leaks = async (page: Page): Promise<string[]> => {
  const plain = (await said(page)).replaceAll(/(?<=\d)[ -](?=\d)/g, '')
  return canaries.filter((number) => plain.includes(number))
}

const visit = async ({ page, settled }: SeatWindow, name: string): Promise<void> => {
  await page.getByRole('link', { name: new RegExp(`${name}$`) }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  // Lists read the disk or the centre before they are drawn.
  await settled()
}
const pagesOf = async (page: Page): Promise<string[]> =>
  (await page.getByRole('navigation').getByRole('link').allInnerTexts()).map((text) =>
    text.replaceAll(/[\d+\s]/g, ''),
  )

describe('every page of every role, with a call of the records and a work order open', () => {
  const seen: string[] = []
  test.each(['1002', '2001', '3001', '9001'])('[PRIV-1] [P08] of %s', async (account) => {
    const found: string[] = []
    const seat = await stage.openSeat(account, { width: 1366, height: 768 })
    const { page } = seat
    for (const name of await pagesOf(page)) {
      await visit(seat, name)
      if (name === '通话记录')
        await page.getByRole('grid', { name: '通话记录列表' }).getByRole('row').nth(1).click()
      if (name === '工单') {
        const order = page
          .getByRole('main')
          .getByRole('button', { name: /^打开工单/ })
          .first()
        await order.or(page.getByText(/还没有派出过工单|部门现在没有工单/)).waitFor()
        if (await order.isVisible()) {
          await order.click()
          await page.getByRole('heading', { level: 2 }).first().waitFor()
        }
      }
      await seat.settled()
      if (/1[38]\d\*{4}\d{4}/.test(await said(page))) seen.push(`${account} ${name}`)
      found.push(...(await leaks(page)).map((number) => `${account} ${name}: ${number}`))
    }
    expect(found).toEqual([])
    await seat.close()
  })

  test('[PRIV-1] the masked numbers did stand there: the look was not at empty pages', () => {
    expect(seen).toEqual(expect.arrayContaining(['1002 通话记录', '2001 通话记录']))
    expect(seen.filter((page) => page.endsWith('工单')).length).toBeGreaterThan(0)
  })
})

test('[PRIV-1] [P08] a call from its ring to its end: bar, card, form, drafts, missed ones', async () => {
  const seat = await stage.openSeat('1001', { width: 1366, height: 768 })
  const { page } = seat
  await page.getByText('话路正常').first().waitFor()
  const call = async () => {
    await visit(seat, '练习')
    await page
      .getByRole('listitem')
      .filter({ hasText: '何师傅' })
      .getByRole('button', { name: /来电/ })
      .click()
    await page.getByRole('button', { name: /接听/ }).waitFor()
  }
  const found: string[] = []
  const look = async (when: string) =>
    found.push(...(await leaks(page)).map((number) => `${when}: ${number}`))
  await call()
  await look('rings')
  await visit(seat, '工作台')
  await look('rings on the desk')
  await page.keyboard.press('F2')
  await page.getByText('通话中').first().waitFor()
  await look('talks')
  await page.keyboard.press('F6')
  await look('keypad')
  await page.keyboard.press('F6')
  await page.keyboard.down('F12')
  await page.getByText('通话已结束').first().waitFor()
  await page.keyboard.up('F12')
  await look('ended')
  await page.keyboard.press('F5')
  await page.keyboard.press('F6')
  await look('dial box')
  await page.keyboard.press('Escape')
  for (const name of await pagesOf(page)) {
    await visit(seat, name)
    await look(`afterwards ${name}`)
  }
  expect(found).toEqual([])
})
