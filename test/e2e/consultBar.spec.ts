// Consult, hand over, swap and three-way from the bar, by key, over a fake telephone: what each key does, what the bar
// says, and that no key moves another.
import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import type { OfferedCall } from '../../core/softphone/phoneEvent.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Desk['page']
beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const open = async (query = '') => {
  desk = await stage.open(query)
  page = desk.page
}
const button = (name: RegExp) => page.getByRole('button', { name })
const bar = () => page.getByRole('region', { name: '通话条' })
const callOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id)
const untilPhase = (id: CallId, phase: string) =>
  until(`the call to be ${phase}`, async () => (await callOf(id))?.phase.is === phase)

const talking = async (recording: OfferedCall['recording'] = null, name = '王小明'): Promise<CallId> => {
  const id = await desk.ring({ number: '13800008000', name, recording })
  await page.keyboard.press('F2')
  await untilPhase(id, 'talking')
  return id
}

/** Asks 人社热线 by keys alone; the one asked has not answered yet. */
const ask = async (): Promise<CallId> => {
  await page.keyboard.press('Shift+F7')
  await page.getByRole('textbox', { name: '转给谁' }).fill('12333')
  await page.keyboard.press('Enter')
  const call = await until('the consultation', async () =>
    (await desk.state()).calls.find((each) => each.madeFor),
  )
  return call.id
}
const answered = (id: CallId) => desk.run((on, which) => on.fake.theyAnswer(which as CallId), id)

const consulting = async () => {
  const caller = await talking()
  const asked = await ask()
  await untilPhase(caller, 'held')
  await answered(asked)
  await untilPhase(asked, 'talking')
  return { caller, asked }
}

describe('consult', () => {
  test('[CALL-20] [KEY-1] Shift F7 asks while the caller waits; the form in front stays the caller’s', async () => {
    await open()
    const { caller, asked } = await consulting()
    await bar().getByText('来电人·保持').waitFor()
    await bar().getByText('人社热线 12333', { exact: true }).waitFor()
    await expect.poll(async () => (await desk.state()).openForm).toBe(caller)
    await expect.poll(() => page.getByRole('tab').count()).toBe(1)
    await expect.poll(() => desk.run((on) => on.fake.dialledFor.get('12333'))).toBe(`fake-${caller}`)
    // Swapped, and back.
    await page.keyboard.press('Shift+F4')
    await untilPhase(caller, 'talking')
    await untilPhase(asked, 'held')
    await bar().getByText('咨询方·保持').waitFor()
    await button(/^切换/).click()
    await untilPhase(asked, 'talking')
  })

  test('[CALL-21] the same key goes back to the caller, also while it still rings there', async () => {
    await open()
    const caller = await talking()
    const asked = await ask()
    await untilPhase(caller, 'held')
    await button(/^回来电人/).waitFor()
    await page.keyboard.press('Shift+F7')
    await untilPhase(caller, 'talking')
    await expect.poll(() => callOf(asked)).toBeUndefined()
    await page.getByRole('button', { name: '咨询', exact: true }).waitFor()
  })

  test('[F27] [CALL-21] an engaged department: the caller is back, and a sentence says why', async () => {
    await open()
    const caller = await talking()
    const asked = await ask()
    await untilPhase(caller, 'held')
    await desk.run((on, id) => on.fake.theyRefuse(id as CallId, 486), asked)
    await page.getByText('没有咨询到，正在接回来电人。').waitFor()
    await untilPhase(caller, 'talking')
    await expect.poll(() => desk.kept(asked)).toMatchObject({ madeFor: caller, outcome: 'busy', form: null })
  })

  test('[CALL-22] F7 hands over: said in the bar, and the record says to whom', async () => {
    await open()
    const { caller } = await consulting()
    await page.keyboard.press('F7')
    await bar().getByText('已转给 人社热线 12333').first().waitFor()
    const transfer = { kind: 'attended', number: '12333', name: '人社热线 12333' }
    await until('the record', async () => (await desk.kept(caller))?.transfer)
    await expect.poll(() => desk.kept(caller)).toMatchObject({ transfer, outcome: 'answered' })
    await page.goto(`${page.url().split('#')[0]}#/records/${caller}`)
    await page.getByText('咨询后转给 人社热线 12333·12333').waitFor()
    await page.getByText('转出后坐席离开').waitFor()
  })

  test('[CALL-22] [BAR-11] without asking: not to a number off the list; while it rings there the bar says to whom, the key is off', async () => {
    await open()
    await page.setViewportSize({ width: 1000, height: 768 })
    const id = await talking()
    const keys = () => Promise.all([/^静音/, /^转接/, /^三方/].map((name) => button(name).boundingBox()))
    const before = await keys()
    await page.keyboard.press('F7')
    const to = page.getByRole('textbox', { name: '转给谁' })
    await to.fill('13900002002')
    await page.getByText('不在名单里的号码不能直接转：先咨询，再转出').waitFor()
    await expect.poll(() => button(/^转给/).isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    await to.fill('12333')
    await desk.run((on) => void (on.fake.plan.transfer = 'waits'))
    await page.keyboard.press('Enter')
    await bar().getByText('正在转给 人社热线 12333').waitFor()
    await expect.poll(() => button(/^转接/).isDisabled()).toBe(true)
    await expect.poll(keys).toEqual(before)
    await page.keyboard.press('F7')
    await expect.poll(() => to.count()).toBe(0)
    expect((await callOf(id))?.passing).toMatchObject({ kind: 'blind', number: '12333' })
  })

  test('[F27] [CALL-21] a hand-over that fails: said, and the caller is back', async () => {
    await open()
    const { caller, asked } = await consulting()
    await desk.run((on) => void (on.fake.plan.transfer = 'fails'))
    await page.keyboard.press('F7')
    await page.getByText('没转成，职工还在线上。').waitFor()
    await untilPhase(caller, 'talking')
    await untilPhase(asked, 'held')
  })

  test('[CALL-23] whom a colleague puts through is shown, guarded, and has a form', async () => {
    await open()
    const id = await desk.ring({ number: '1002', name: null, queue: null, internal: true })
    await page.keyboard.press('F2')
    await untilPhase(id, 'talking')
    await desk.run((on, which) => on.fake.becomes(which as CallId, '13800008001', '李国庆'), id)
    await bar().getByText('138****8001').waitFor()
    await bar().getByText('1002 转来').waitFor()
    await button(/长按 1 秒结束/).waitFor()
    await page.getByRole('tab', { name: /李国庆/ }).waitFor()
  })
})

describe('three-way', () => {
  test('[CALL-24] [CALL-25] F8 joins all three and leaves again; the guard protects the worker', async () => {
    await open()
    const { caller, asked } = await consulting()
    await page.keyboard.press('F8')
    await untilPhase(caller, 'talking')
    await button(/^退出三方/).waitFor()
    await expect.poll(() => desk.run((on) => on.fake.joined())).toEqual([caller, asked])
    await button(/长按 1 秒结束/).waitFor()
    await page.keyboard.press('F3')
    await expect
      .poll(() => desk.run((on) => [...on.fake.calls().values()].map(({ muted }) => muted)))
      .toEqual([true, true])
    await page.keyboard.press('F8')
    await untilPhase(asked, 'held')
    await expect.poll(async () => (await callOf(caller))?.phase.is).toBe('talking')
    await expect.poll(() => desk.run((on) => on.fake.joined())).toEqual([])
  })

  test('[CALL-24] a second caller is joined to the first, and each has a form', async () => {
    await open()
    const first = await talking()
    const second = await desk.ring({ number: '18600005521' })
    await page.keyboard.press('F2')
    await untilPhase(second, 'talking')
    await untilPhase(first, 'held')
    await page.keyboard.press('F8')
    await untilPhase(first, 'talking')
    await bar().getByText('三方通话').waitFor()
    await desk.theyHangUp(second)
    await page.getByRole('button', { name: '咨询', exact: true }).waitFor()
    await expect.poll(async () => (await callOf(first))?.phase.is).toBe('talking')
    await expect.poll(() => desk.kept(second)).toMatchObject({ threeWay: true, endedBy: 'caller' })
  })

  test.each([1000, 1099, 1160, 1366])(
    '[BAR-11] at %i px no key moves when a consultation begins or the lines are swapped, and nothing sticks out',
    async (width) => {
      await open()
      await page.setViewportSize({ width, height: 768 })
      const caller = await talking({ is: 'on', mayPause: true })
      const places = () =>
        Promise.all(
          [/^静音/, /^(保持|取回)/, /^拨号盘/, /^(转接|转出)/, /^(咨询|回来电人)/, /^三方/].map(
            async (name) => (await bar().getByRole('button', { name }).first().boundingBox())?.x,
          ),
        )
      const before = await places()
      expect(before).not.toContain(undefined)
      const asked = await ask()
      await untilPhase(caller, 'held')
      await expect.poll(() => places()).toEqual(before)
      await answered(asked)
      await untilPhase(asked, 'talking')
      await bar().getByText('来电人·保持').waitFor({ state: 'attached' })
      const swap = bar().getByRole('button', { name: /^切换/ })
      const sticksOut = () =>
        swap.evaluate((key) => {
          const chip = key.parentElement?.getBoundingClientRect()
          const { left, right } = key.getBoundingClientRect()
          const keys = document.querySelector('fieldset')?.getBoundingClientRect()
          return (
            chip === undefined || left < chip.left || right > chip.right || chip.right > (keys?.left ?? 0)
          )
        })
      for (const waits of ['来电人·保持', '咨询方·保持']) {
        await bar().getByText(waits).waitFor({ state: 'attached' })
        await expect.poll(() => places()).toEqual(before)
        await expect.poll(() => sticksOut()).toBe(false)
        const shown = { x: 0, y: 0, width, height: 130 }
        await page.screenshot({ path: `test/e2e/shots/consult-${width}-${waits}.png`, clip: shown })
        await swap.click()
      }
    },
  )

  test.each([1366, 1440, 1560])(
    '[BAR-13] at %i px the names of both lines are whole while the recording light is on',
    async (width) => {
      await open()
      await page.setViewportSize({ width, height: 768 })
      await talking({ is: 'on', mayPause: true }, '欧阳建平')
      const second = await desk.ring({
        number: '18600005521',
        name: '欧阳晓慧',
        recording: { is: 'on', mayPause: true },
      })
      await page.keyboard.press('F2')
      await untilPhase(second, 'talking')
      await bar().getByText('来电人·保持').waitFor({ state: 'attached' })
      for (const name of ['欧阳建平', '欧阳晓慧']) {
        const word = bar().getByText(name, { exact: true })
        expect(
          await word.evaluate((text) => text.clientWidth > 0 && text.scrollWidth === text.clientWidth),
        ).toBe(true)
      }
    },
  )

  test.each(['', 'theme=dark', 'practice'])(
    '[SCREEN-1] with two lines in the bar axe finds nothing serious, nothing leaves the row, and no key moves (%s)',
    async (query) => {
      await open(query)
      const leftOf = async (name: RegExp) => (await bar().getByRole('button', { name }).boundingBox())?.x
      const { caller } = await consulting()
      await bar().getByText('来电人·保持').waitFor()
      const before = await leftOf(/^三方/)
      await page.keyboard.press('F8')
      await untilPhase(caller, 'talking')
      await button(/^退出三方/).waitFor()
      await page.keyboard.press('F8')
      await button(/^三方/).waitFor()
      await page.keyboard.press('Shift+F4')
      await bar().getByText('来电人·保持').waitFor()
      await expect.poll(() => leftOf(/^三方/)).toBe(before)
      const inside = await bar().evaluate((row) => row.scrollWidth <= row.clientWidth)
      expect(inside).toBe(true)
      await page.evaluate(axe.source)
      const serious = await page.evaluate(async () => {
        type Found = { violations: { id: string; impact: string }[] }
        const { run } = (window as unknown as { axe: { run: (on: Element) => Promise<Found> } }).axe
        const row = document.querySelector('[aria-label="通话条"]') ?? document.body
        return (await run(row)).violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id }) => id)
      })
      expect(serious).toEqual([])
    },
  )
})
