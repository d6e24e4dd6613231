// The recording light in the call bar, in a real browser: what it shows, its key, its names, and that it moves nothing.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
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
afterEach(() => page.close())

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
  expect(await mute()).toEqual(before)
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
  expect(await button(/暂停录音/).isEnabled()).toBe(true)
})

test('[CALL-26] where the PBX offers no pause there is the light alone', async () => {
  await talking(false)
  expect(await button(/暂停录音/).count()).toBe(0)
  await page.getByText('话务系统正在录音').waitFor({ state: 'attached' })
})

test.each([1024, 1200, 1366])(
  '[CALL-26] the row holds at %i px with a second caller ringing',
  async (width) => {
    await talking()
    await page.setViewportSize({ width, height: 768 })
    await desk.ring({ number: '18600005521' })
    await page.getByText('另一个来电').waitFor({ state: 'attached' })
    const end = await page.getByRole('button', { name: /长按 1 秒结束/ }).boundingBox()
    expect((end?.x ?? width) + (end?.width ?? 0)).toBeLessThanOrEqual(width)
    await page.screenshot({ path: `test/e2e/shots/recording-${width}.png` })
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
    expect(await whole()).toEqual([true, true])
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
      expect(await whole()).toEqual([true, true])
      const said = page.locator('[data-trouble] b')
      expect(
        await said.evaluate((box) => [
          box.scrollWidth - box.clientWidth,
          box.scrollHeight - box.clientHeight,
        ]),
      ).toEqual([0, 0])
      expect(await places()).toEqual(before)
    }
  },
)
