// What the seat shows of its sound in a real browser: how a call sounded, and whether the seat can take calls at all.
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CallId } from '../../contract/ids.ts'
import { until } from '../pbx/until.ts'
import type { Desk, DeskStage } from './deskPage.ts'
import { openDeskStage } from './deskPage.ts'

let stage: DeskStage
let desk: Desk
let page: Page

const open = async (query = '', at = 'desk') => {
  desk = await stage.open(query, at)
  page = desk.page
}
const callOf = async (id: CallId) => (await desk.state()).calls.find((call) => call.id === id) ?? null

const talking = async (): Promise<CallId> => {
  const id = await desk.ring({ number: '13800008000', name: '王建平', queue: '维权咨询', queuedMs: 21_000 })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await until('the call to be talking', async () => (await callOf(id))?.phase.is === 'talking')
  return id
}

beforeAll(async () => {
  stage = await openDeskStage()
})
afterAll(() => stage.close())
afterEach(() => page.close())

test('[PHONE-30] the detail of a call draws how it sounded, and says its worst moment', async () => {
  await open()
  const id = await talking()
  await desk.run((on, call) => {
    const good = Array.from({ length: 18 }, () => 4.3)
    const mos = [...good, 2.4, 1.9, 3.4, ...good, null, null, null, ...good]
    const curve = { everyMs: 10_000, mos }
    on.fake.measure(call as CallId, {
      loss: 0.01,
      jitterMs: 6,
      roundTripMs: 20,
      mos: 4.1,
      heard: true,
      curve,
    })
  }, id)
  await desk.theyHangUp(id)
  await until('the record to be kept', async () => (await desk.kept(id))?.quality?.curve?.mos.length === 60)
  await page.goto(`${page.url().split('#')[0] ?? ''}#/records/${id}`)
  await page.getByRole('figure', { name: '全程音质曲线，最低 1.9 分，共 10:00' }).waitFor()
  await page.getByText('音质曲线，最低 1.9 分').waitFor()
  expect(
    await page
      .getByRole('figure', { name: /音质曲线/ })
      .locator('path')
      .getAttribute('d'),
  ).toMatch(/^M0\.0 /)
})
