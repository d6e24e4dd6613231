// The call bar in a real browser: the guard of promise 3, a ring while somebody types, an input method, keys and names.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import type { OfferedCall } from '../../core/softphone/phoneEvent.ts'
import { until } from '../pbx/until.ts'
import { seriousOf } from './accessibility.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const open = async (query = '', at = 'desk') => {
  desk = await stage.open(query, at)
  page = desk.page
}
const button = (name: RegExp | string) => page.getByRole('button', { name })
const callOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id) ?? null
const phaseOf = async (id: CallId) => (await callOf(id))?.phase.is ?? 'gone'
const untilPhase = (id: CallId, phase: string) =>
  until(`the call to be ${phase}`, async () => (await phaseOf(id)) === phase)

/** A worker calls and the agent answers with the key. */
const talking = async (recording: OfferedCall['recording'] = null): Promise<CallId> => {
  const id = await desk.ring({
    number: '13800008000',
    name: '王建平',
    queue: '维权咨询',
    queuedMs: 21_000,
    recording,
  })
  await button(/^接听/).waitFor()
  await page.keyboard.press('F2')
  await untilPhase(id, 'talking')
  return id
}

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

describe('ending a call that a worker is still on', () => {
  test('[CALL-3] [BAR-4] the end key released early cancels and says so; held, it ends the call', async () => {
    await open()
    const id = await talking()
    // Sent together: a test that is kept waiting in between would hold the key.
    await Promise.all([page.keyboard.down('F12'), page.keyboard.up('F12')])
    await page.getByText('已取消，通话继续').first().waitFor()
    await expect.poll(() => phaseOf(id)).toBe('talking')
    await page.keyboard.down('F12')
    await untilPhase(id, 'ended')
    await page.keyboard.up('F12')
    await expect.poll(() => callOf(id)).toMatchObject({ phase: { by: 'agent' }, hangUpReason: null })
  })

  test('[BAR-4] a click asks for the reason and the focus stands on staying', async () => {
    await open()
    const id = await talking()
    await button(/长按 1 秒结束/).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '继续通话' }).waitFor()
    await until('the focus to stand on staying', () =>
      page.evaluate(() => document.activeElement?.textContent === '继续通话'),
    )
    await expect.poll(() => dialog.getByRole('button', { name: '结束通话' }).isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => phaseOf(id)).toBe('talking')
    await button(/长按 1 秒结束/)
      .and(page.locator(':focus'))
      .waitFor()

    await button(/长按 1 秒结束/).click()
    await dialog.getByRole('radio', { name: '骚扰电话' }).check()
    await dialog.getByRole('button', { name: '结束通话' }).click()
    await untilPhase(id, 'ended')
    await expect.poll(async () => (await callOf(id))?.hangUpReason).toBe('SR')
  })

  test('[CALL-4] [BAR-4] when the caller hangs up first, the key still held ends nothing more', async () => {
    await open()
    const id = await talking()
    // On the page's own clock: whoever is late from out here has held the key for its second.
    await desk.run((on, call) => {
      const hangUp = () => setTimeout(() => on.fake.theyHangUp(call as CallId), 100)
      addEventListener('keydown', hangUp, { once: true })
    }, id)
    await page.keyboard.down('F12')
    await page.getByText('对方已挂断').first().waitFor()
    await page.keyboard.up('F12')
    await expect
      .poll(() => callOf(id))
      .toMatchObject({ phase: { is: 'ended', by: 'caller' }, hangUpReason: null })
  })

  test('[CALL-3] an outgoing call ends at a plain press', async () => {
    await open()
    await page.keyboard.press('F6')
    await page.getByRole('textbox', { name: '号码' }).fill('１３９　0000－4472')
    await page.getByText('将拨 13900004472·外线').waitFor()
    await page.keyboard.press('Enter')
    await button(/^结束/).waitFor()
    await page.keyboard.press('F12')
    await until('no call to be left', async () => (await desk.state()).calls.length === 0)
  })
})

describe('a ring while somebody types', () => {
  test('[F70] [BAR-5] [SCREEN-2] the caret stays, Enter makes a new line, F2 answers without leaving the field', async () => {
    await open()
    const first = await talking()
    await desk.theyHangUp(first)
    await page.getByText('对方已挂断').first().waitFor()
    const course = page.getByRole('textbox', { name: /经过/ })
    await course.fill('上周五开会')
    const before = await course.boundingBox()
    const second = await desk.ring({ number: '18600005521' })
    await button(/^接听/).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('口头通知')
    await expect.poll(() => course.inputValue()).toBe('上周五开会\n口头通知')
    await expect.poll(() => course.boundingBox()).toEqual(before)
    await expect.poll(() => phaseOf(second)).toBe('ringing')
    await page.getByRole('alert').filter({ hasText: '来电：186****5521' }).waitFor({ state: 'attached' })
    await page.keyboard.press('F2')
    await untilPhase(second, 'talking')
  })

  test('[KEY-2] [SCREEN-2] a key pressed while the input method composes answers nothing', async () => {
    await open()
    const first = await talking()
    await desk.theyHangUp(first)
    await page.getByRole('textbox', { name: /经过/ }).focus()
    const second = await desk.ring({ number: '18600005521' })
    await button(/^接听/).waitFor()
    const line = await page.context().newCDPSession(page)
    await line.send('Input.imeSetComposition', { text: 'cai', selectionStart: 3, selectionEnd: 3 })
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => phaseOf(second)).toBe('ringing')
    await line.send('Input.insertText', { text: '裁员' })
    await expect.poll(() => page.getByRole('textbox', { name: /经过/ }).inputValue()).toBe('裁员')
    await page.keyboard.press('F2')
    await untilPhase(second, 'talking')
  })
})

describe('during a call', () => {
  test('[KEY-1] mute, hold, keypad and transfer follow their keys', async () => {
    await open()
    const id = await talking()
    await page.keyboard.press('F3')
    await button(/^取消静音/).waitFor()
    await page.keyboard.press('F4')
    await untilPhase(id, 'held')
    await page.keyboard.press('F4')
    await untilPhase(id, 'talking')
    await page.keyboard.press('F6')
    await page.keyboard.type('15')
    await page.keyboard.down('9')
    await page.keyboard.down('9')
    await page.keyboard.up('9')
    await page.keyboard.type('#')
    await expect.poll(async () => (await callOf(id))?.digits).toBe('159#')
    await page.keyboard.press('Escape')
    await page.keyboard.press('F7')
    await page.getByRole('button', { name: /人社热线/ }).click()
    await page.getByRole('button', { name: /^转给/ }).click()
    await untilPhase(id, 'ended')
    await expect.poll(() => desk.run((on) => on.fake.transferredTo)).toEqual(['12333'])
  })

  test('[BAR-2] a second caller is shown beside the line in hand and taken with F2', async () => {
    await open()
    const first = await talking()
    const second = await desk.ring({ number: '18600005521' })
    await page.getByText('另一个来电').waitFor()
    await page.keyboard.press('F2')
    await untilPhase(second, 'talking')
    await untilPhase(first, 'held')
  })

  test('[BAR-7] the number is masked until asked for, and who asked is on record first', async () => {
    await open()
    const id = await talking()
    const bar = page.getByRole('region', { name: '通话条' })
    await bar.getByText('138****8000').waitFor()
    await bar.getByRole('button', { name: /显示完整号码/ }).click()
    await bar.getByText('13800008000').waitFor()
    await expect.poll(() => desk.run((on) => on.audit)).toMatchObject([{ what: 'number.shown', callId: id }])
  })

  test.each([1000, 1099, 1100, 1200, 1366])(
    '[SCREEN-4] [PRIV-1] at %i px the number in the form is whole, masked and shown',
    async (width) => {
      await open()
      await talking()
      await page.setViewportSize({ width, height: 768 })
      const field = page.getByRole('tabpanel').getByRole('textbox', { name: '联系电话' })
      const cut = () => field.evaluate((input) => input.scrollWidth - input.clientWidth)
      await until('the masked number', async () => (await field.inputValue()) === '138****8000')
      await expect.poll(() => cut()).toBe(0)
      await field.press('9')
      await page.getByText('联系电话遮住了').waitFor()
      await expect.poll(() => field.inputValue()).toBe('138****8000')
      await page.getByRole('tabpanel').getByRole('button', { name: '显示联系电话' }).click()
      await until('the whole number', async () => (await field.inputValue()) === '13800008000')
      await expect.poll(() => cut()).toBe(0)
    },
  )

  test('[BAR-3] [F01] the line to the PBX gone: said in the badge and beside the call, the call stays', async () => {
    await open()
    const id = await talking()
    await desk.run((on) => on.fake.dropLink())
    await button('话机未连接').waitFor()
    await expect.poll(() => phaseOf(id)).toBe('talking')
  })
})

describe('practice', () => {
  test('[BAR-6] every state says practice', async () => {
    await open('practice')
    await page.getByText('练习中，电话都是模拟的').waitFor()
    await button(/练习·空闲/).waitFor()
    const id = await desk.ring()
    await page.getByText('练习来电').waitFor()
    await page.keyboard.press('F2')
    await untilPhase(id, 'talking')
    await button(/练习·通话中/).waitFor()
  })
})

describe('names and contrast', () => {
  // The bar and what hangs from it; the pages have their own check.
  const serious = () => seriousOf(page, ['.ant-dropdown', '[aria-label="通话条"]'])
  /** What is arranged, and a word by which it is known to be on screen. */
  const faces: [string, () => Promise<unknown>, string][] = [
    ['waiting', async () => undefined, '话路正常'],
    ['ringing', () => desk.ring({ number: '18600005521' }), '拒接'],
    ['the keypad', async () => (await talking()) && page.keyboard.press('F6'), '直接在键盘上按数字也行'],
    ['the transfer', async () => (await talking()) && page.keyboard.press('F7'), '转出去后您就离开这通电话'],
    ['two calls', async () => (await talking()) && desk.ring({ number: '18600005521' }), '另一个来电'],
    ['recorded', () => talking({ is: 'on', mayPause: true }), '录音中'],
    ['ended', async () => desk.theyHangUp(await talking()), '对方已挂断'],
    ['the PBX gone', () => desk.run((on) => on.fake.dropLink()), '话机未连接'],
    ['the menu of states', () => button(/坐席状态/).click(), '接队列来电'],
  ]
  test.each(['', 'theme=dark', 'practice'])(
    '[SCREEN-1] axe finds nothing serious in the bar (%s)',
    async (query) => {
      for (const [face, arrange, word] of faces) {
        await open(query, 'settings')
        await arrange()
        await page.getByText(word).first().waitFor()
        // What still fades in has no contrast yet.
        await expect.poll(serious, { message: face }).toEqual([])
      }
    },
    // Nine pages.
    240_000,
  )

  test('[SCREEN-1] options are named by their words, not by their codes', async () => {
    await open('', 'settings')
    await page.getByRole('combobox', { name: '响铃设备' }).click()
    await page.getByRole('option', { name: '跟随系统' }).first().waitFor({ state: 'attached' })
  })
})

test('[BAR-1] [SEAT-12] a seat that comes back in wrap-up says so and offers to be ready', async () => {
  await open()
  await desk.run((on) => {
    const { holder } = on.store.read()
    if (!holder) throw new Error('nobody is signed in')
    const policy = { secondCall: 'show', ringSeconds: 20 } as const
    const stamp = { at: Date.now(), tick: performance.now() }
    on.store.dispatch({ type: 'signedIn', holder, policy, wrapups: [on.newCallId()], ...stamp })
  })
  const bar = page.getByRole('region', { name: '通话条' })
  await bar.getByText('登记单提交后自动恢复空闲').waitFor()
  await bar.getByRole('button', { name: /^恢复空闲/ }).click()
  await bar.getByText('来电会在这里响铃').waitFor()
})
