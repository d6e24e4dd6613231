// The recording light in the call bar, in a real browser: what it shows, its key, its names, and that it moves nothing.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())

const talking = async (mayPause = true): Promise<CallId> => {
  desk = await stage.open()
  page = desk.page
  const id = await desk.ring({ number: '13800008000', name: '王建平', recording: { is: 'on', mayPause } })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('region', { name: '通话条' }).getByText('录音中').waitFor()
  return id
}
const button = (name: RegExp) => page.getByRole('button', { name })

test('[CALL-26] [CALL-27] the light says 录音中; its key pauses, says so with the time, and takes it up again', async () => {
  const id = await talking()
  const mute = () => page.getByRole('button', { name: /^静音/ }).boundingBox()
  const before = await mute()
  await page.keyboard.press('Shift+F3')
  await page.getByText(/^停录 00:0\d$/).waitFor()
  await page.getByText('录音已暂停，现在说的不会录下').waitFor({ state: 'attached' })
  await expect.poll(() => mute()).toEqual(before)
  await button(/继续录音/).click()
  await page.getByText('录音中').first().waitFor()
  await desk.theyHangUp(id)
  await until('the pause in the record', async () => (await desk.kept(id))?.recording?.pauses.length === 1)
})

test('[CALL-27] a pause the PBX does not confirm leaves the light on and says what that means', async () => {
  await talking()
  await desk.run((on) => void (on.fake.plan.recording = 'fails'))
  await button(/暂停录音/).click()
  await page
    .getByText(/还在录音。请先不要让职工说证件号/)
    .first()
    .waitFor()
  await page.getByText('录音中').first().waitFor()
  await expect.poll(() => button(/暂停录音/).isEnabled()).toBe(true)
})

test('[CALL-26] where the PBX offers no pause there is the light alone', async () => {
  await talking(false)
  await expect.poll(() => button(/暂停录音/).count()).toBe(0)
  await page.getByText('话务系统正在录音').waitFor({ state: 'attached' })
})

test('[CALL-27] while the line is down the key is off and says why; the call goes on, and with the line it is back', async () => {
  await talking()
  await desk.run((on) => on.fake.dropLink())
  await expect.poll(() => button(/暂停录音/).isDisabled()).toBe(true)
  expect(await button(/暂停录音/).getAttribute('title')).toBe('话路断着，现在不能暂停或继续录音')
  await page.keyboard.press('Shift+F3')
  await desk.run((on) => on.fake.restoreLink())
  await expect.poll(() => button(/暂停录音/).isEnabled()).toBe(true)
})

const phaseOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id)?.phase.is
const keysOf = () => page.getByRole('group', { name: '通话操作' }).getByRole('button').all()
const places = async () => {
  const keys = [...(await keysOf()), button(/长按 1 秒结束/)]
  return Promise.all(keys.map((key) => key.boundingBox()))
}
/** A text of the row is drawn whole: nothing around it cuts it. */
const isWhole = (text: Locator) =>
  text.evaluate((element) => {
    const letters = document.createRange()
    letters.selectNodeContents(element.firstChild ?? element)
    const { left, right } = letters.getBoundingClientRect()
    for (let around = element.parentElement; around; around = around.parentElement) {
      const frame = around.getBoundingClientRect()
      if (getComputedStyle(around).overflowX !== 'visible' && (left < frame.left || right > frame.right))
        return false
    }
    return right > left
  })

test('[CALL-26] [BAR-10] [BAR-11] on no width does a second caller ringing, taken or gone move a key or cut a number', async () => {
  const first = await talking()
  const bar = page.getByRole('region', { name: '通话条' })
  for (const width of [1000, 1024, 1099, 1100, 1150, 1200, 1280, 1320, 1366, 1400, 1440, 1560, 1600]) {
    await page.setViewportSize({ width, height: 768 })
    const at = `${width} px`
    const before = await places()
    expect(before.length, at).toBe(8)
    expect(before, at).not.toContain(null)
    const gone = await desk.ring({ number: '18600005521' })
    await page.getByText('另一个来电').waitFor({ state: 'attached' })
    await page.screenshot({
      path: `test/e2e/shots/second-${width}.png`,
      clip: { x: 0, y: 0, width, height: 130 },
    })
    expect(await places(), at).toEqual(before)
    for (const number of ['138****8000', '186****5521'])
      expect(await isWhole(bar.getByText(number, { exact: true })), at).toBe(true)
    const answer = await button(/^接听/).boundingBox()
    expect((answer?.x ?? width) + (answer?.width ?? 0), at).toBeLessThan(before[0]?.x ?? 0)
    expect(answer?.height, at).toBeGreaterThanOrEqual(24)
    await desk.theyHangUp(gone)
    await page.getByText('另一个来电').waitFor({ state: 'detached' })
    expect(await places(), at).toEqual(before)
    const second = await desk.ring({ number: '18600005521', recording: { is: 'on', mayPause: true } })
    await button(/^接听/).click()
    await bar.getByText('线路·保持').or(bar.getByText('来电人·保持')).waitFor({ state: 'attached' })
    expect(await places(), at).toEqual(before)
    await desk.theyHangUp(second)
    await until('the first caller to be held', async () => (await phaseOf(first)) === 'held')
    await page.keyboard.press('F4')
    await until('the first caller to be talked to', async () => (await phaseOf(first)) === 'talking')
  }
})

test.each(['中文', 'English'])(
  '[BAR-11] a key that changes its word stays where and as large as it is (%s)',
  async (language) => {
    const id = await talking()
    await page.evaluate(() => void (window.location.hash = '#/settings'))
    await page.getByRole('radio', { name: language }).check()
    await page.evaluate(() => void (window.location.hash = '#/desk'))
    const keys = page.locator('fieldset [aria-keyshortcuts]')
    const boxes = async () => Promise.all((await keys.all()).map((key) => key.boundingBox()))
    const call = async () => (await desk.state()).calls.find((each) => each.id === id)
    for (const width of [1000, 1100, 1200, 1320, 1366, 1440]) {
      await page.setViewportSize({ width, height: 768 })
      const before = await boxes()
      expect(before.length).toBe(7)
      for (const [key, changed] of [
        ['F3', async () => (await call())?.muted],
        ['F4', async () => (await call())?.phase.is === 'held'],
        ['Shift+F3', async () => (await call())?.recording?.is === 'paused'],
      ] as const) {
        const word = await keys.allInnerTexts()
        await page.keyboard.press(key)
        await until(`${key} to be taken`, changed)
        await until('another word', async () => (await keys.allInnerTexts()).join() !== word.join())
        expect(await boxes(), `${width} px, ${key}`).toEqual(before)
        await page.keyboard.press(key)
        await until(`${key} to be taken back`, async () => !(await changed()))
      }
    }
  },
)

test.each([1000, 1100, 1200, 1280, 1366])(
  '[BAR-10] [BAR-11] at %i px number, end key and what is wrong with the sound are whole, and no key has moved',
  async (width) => {
    const id = await talking()
    await page.setViewportSize({ width, height: 768 })
    const whole = () =>
      page.evaluate(() => {
        const row = document.querySelector('[data-crowded]')
        const fits = (part: DOMRect, frame: Element | null | undefined) => {
          const around = frame?.getBoundingClientRect()
          return around !== undefined && part.left >= around.left && part.right <= around.right
        }
        const number = Array.from(row?.querySelectorAll('span') ?? []).findLast(
          ({ textContent }) => textContent === '138****8000',
        )
        const letters = document.createRange()
        letters.selectNode(number?.firstChild ?? document.body)
        const end = Array.from(row?.querySelectorAll('button') ?? []).at(-1)
        return [
          fits(letters.getBoundingClientRect(), number?.closest('div')),
          fits(end?.getBoundingClientRect() ?? new DOMRect(), row),
        ]
      })
    await expect.poll(() => whole()).toEqual([true, true])
    const placeOf = (key: RegExp) => button(key).boundingBox()
    const places = () => Promise.all([/^静音/, /^保持/, /^转接/, /^三方/].map(placeOf))
    const before = await places()
    const measure = (quality: { readonly mos: number; readonly heard: boolean }) =>
      desk.run(
        (on, words) => {
          const [call, measured] = JSON.parse(words) as [CallId, { mos: number; heard: boolean }]
          on.fake.measure(call, { loss: 0.1, jitterMs: 90, roundTripMs: 20, ...measured })
        },
        JSON.stringify([id, quality]),
      )
    for (const [quality, word] of [
      [{ mos: 1.4, heard: true }, '网络差，声音断断续续'],
      [{ mos: 4, heard: false }, '听不到对方'],
    ] as const) {
      await measure(quality)
      await page.getByText(word).first().waitFor({ state: 'attached' })
      await page.screenshot({
        path: `test/e2e/shots/bar-${width}-${String(quality.heard)}.png`,
        clip: { x: 0, y: 0, width, height: 130 },
      })
      await expect.poll(() => whole()).toEqual([true, true])
      const said = page.locator('[data-trouble] b')
      expect(
        await said.evaluate((box) => [
          box.scrollWidth - box.clientWidth,
          box.scrollHeight - box.clientHeight,
        ]),
      ).toEqual([0, 0])
      await expect.poll(() => places()).toEqual(before)
    }
  },
)
