// The main job without a mouse, in Chinese, through an input method: answer, write the form, file it, be free again.
import type { CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'
import { untilMarked } from './marked.ts'

let stage: DeskStage
let desk: Desk
let page: Page
let method: CDPSession

beforeAll(async () => {
  stage = await openDeskStage()
  desk = await stage.open()
  page = desk.page
  method = await page.context().newCDPSession(page)
})
afterAll(() => stage.close())

/** Name of what has the focus, as its label or its own words say it. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement
    if (at === null || at === document.body) return ''
    const own = at.getAttribute('aria-label') ?? at.closest('[role=radiogroup]')?.getAttribute('aria-label')
    const labels = 'labels' in at ? [...(at.labels as NodeListOf<HTMLElement>)] : []
    return own ?? labels[0]?.textContent ?? at.textContent ?? ''
  })

/** Tab until this control has the focus. */
const tabTo = async (name: string) => {
  const seen: string[] = []
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const at = await focused()
    if (at.includes(name)) return
    seen.push(at)
  }
  throw new Error(`Tab never came to ${name}; it came to ${seen.join(' → ')}`)
}

/** Spells it out, then chooses the characters, as an input method does. */
const write = async (pinyin: string, characters: string) => {
  await method.send('Input.imeSetComposition', {
    text: pinyin,
    selectionStart: pinyin.length,
    selectionEnd: pinyin.length,
  })
  await method.send('Input.insertText', { text: characters })
}

/** A key the input method keeps for itself. */
const swallowed = async (key: string) => {
  for (const type of ['keyDown', 'keyUp'] as const)
    await method.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: 229 })
}

/** Closed, and what was typed for is gone from the field: only then does the next letter begin anew. */
const untilClosed = (field: Locator) =>
  until('the list to be closed and its field to be empty', async () => {
    const closed = (await field.getAttribute('aria-expanded')) === 'false'
    return closed && (await field.inputValue()) === ''
  })

/** For so long after a chosen character Ant Design takes an Escape for the input method's. */
const stillFor = (ms = 300) => page.waitForTimeout(ms)

test('[SCREEN-3] [SCREEN-2] a call is answered, written down in Chinese and filed without a mouse', async () => {
  const id = await desk.ring({ number: '13800008000', queue: '维权咨询' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await until('the call to be answered', async () =>
    (await desk.state()).calls.some((call) => call.phase.is === 'talking'),
  )

  await tabTo('来电人')
  await write('wangjianping', '王建平')
  await tabTo('起因')
  await write('tuoqiangongzi', '拖欠工资')
  await tabTo('类别')
  await page.keyboard.press('Space')
  await tabTo('主题')
  await write('laodongbaochou', '劳动报酬')
  await untilMarked(page, '劳动报酬')
  await page.keyboard.press('Enter')
  await tabTo('处置')
  await write('dangchangdafu', '当场答复')
  await untilMarked(page, '当场答复')
  await page.keyboard.press('Enter')
  await tabTo('告知职工')
  await write('kefasong', '可向监察部门投诉')

  await desk.theyHangUp(id)
  await page.getByText('对方已挂断').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await until('the seat to be free again', async () => (await desk.state()).since.phase === 'ready')
  await expect
    .poll(() => desk.kept(id))
    .toMatchObject({
      endedBy: 'caller',
      form: {
        callerName: '王建平',
        cause: '拖欠工资',
        category: 'ZX',
        disposition: 'DF',
        toldCaller: '可向监察部门投诉',
      },
    })
})

test('[SCREEN-3] [SCREEN-5] [SCREEN-2] [SCREEN-8] where a matter goes is changed without a mouse, and Escape closes one thing at a time', async () => {
  const id = await desk.ring({ number: '13800008000', queue: '维权咨询' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('tabpanel').getByRole('combobox', { name: '处置' }).focus()
  await write('paidan', '派单')
  await untilMarked(page, '派单')
  await page.keyboard.press('Enter')
  await tabTo('选单位 / 时限')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '派单' })
  const lead = dialog.getByRole('combobox', { name: '主办单位' })
  await lead.and(page.locator(':focus')).waitFor()

  // Spelling it out is the input method's: neither its Enter nor its Escape is ours.
  await method.send('Input.imeSetComposition', { text: 'falv', selectionStart: 4, selectionEnd: 4 })
  for (const key of ['Enter', 'Escape']) await swallowed(key)
  await dialog.waitFor()
  await method.send('Input.insertText', { text: '法律' })
  await untilMarked(page, '法律')
  await stillFor()
  await page.keyboard.press('Escape')
  await untilClosed(lead)
  await dialog.waitFor()
  await lead.and(page.locator(':focus')).waitFor()
  await write('falvfuwu', '法律服务')
  await untilMarked(page, '法律服务中心')
  await stillFor()
  await page.keyboard.press('Enter')
  await dialog.getByTitle('法律服务中心').waitFor()

  await tabTo('协办单位')
  await write('zhigong', '职工服务')
  await untilMarked(page, '职工服务部')
  await stillFor()
  await page.keyboard.press('Enter')
  await dialog.getByTitle('职工服务部').waitFor()
  // Its list is still open: Tab goes on and takes nothing from it.
  await tabTo('时限')
  const limit = dialog.getByRole('combobox', { name: '时限' })
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: /难点/ }).waitFor({ state: 'attached' })
  await stillFor()
  await page.keyboard.press('Escape')
  await untilClosed(limit)
  await stillFor()
  await expect.poll(() => dialog.isVisible()).toBe(true)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await tabTo('派单意见')
  await write('jin', '请今天联系职工。')
  await tabTo('用这个')
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '改单位 / 时限' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await dialog.waitFor()
  await stillFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '改单位 / 时限' }).and(page.locator(':focus')).waitFor()
  const plan = await until('the plan on disk', () =>
    desk.run(async ({ records }, call) => {
      const drafts = await records.drafts()
      return drafts.ok ? drafts.value.find(({ callId }) => callId === call)?.form.dispatch : null
    }, id),
  )
  expect(plan).toMatchObject({
    departmentName: '法律服务中心',
    assisting: [{ departmentName: '职工服务部' }],
    note: '请今天联系职工。',
  })
})
