// What the seat shows of its sound in a real browser: how a call sounded, and whether the seat can take calls at all.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('[SEAT-20] [SEAT-21] [F73] without a microphone the bar says why no call can come, ready waits, and all is well again by itself', async () => {
  await open()
  await desk.run((on) => on.fake.microphone('missing'))
  const bar = page.getByRole('region', { name: '通话条' })
  await bar.getByRole('alert').filter({ hasText: '没有找到麦克风，还不能接电话' }).waitFor()
  await page.getByRole('button', { name: /坐席状态：.*示忙·设备自检/ }).waitFor()
  await expect.poll(() => desk.run((on) => on.fake.queueCodes.at(-1))).toBe('*46')
  await page.keyboard.press('F5')
  await page.getByText(/自检没有通过，还不能接电话/).waitFor()
  await bar.getByRole('button', { name: '再查一次' }).click()
  expect(await desk.run((on) => on.fake.checks())).toBe(1)
  await desk.run((on) => on.fake.microphone('live'))
  await page.getByRole('button', { name: /坐席状态：.*空闲/ }).waitFor()
  await until(
    'the queue to hear ready',
    async () => (await desk.run((on) => on.fake.queueCodes.at(-1))) === '*47',
  )
})

test('[AUDIO-1] [AUDIO-2] [AUDIO-4] in a call the bar says who cannot hear whom and what to do, and stops when it is over', async () => {
  await open()
  const id = await talking()
  const good = { loss: 0, jitterMs: 1, roundTripMs: 9, mos: 4.3, heard: true, said: true }
  const measure = (over: object) =>
    desk.run(
      (on, words) => {
        const { call, quality } = JSON.parse(words)
        on.fake.measure(call, quality)
      },
      JSON.stringify({ call: id, quality: { ...good, ...over } }),
    )
  const alert = (text: string) => page.getByRole('alert').filter({ hasText: text })
  await desk.run((on) => on.fake.microphone('muted'))
  await alert('来电人听不到您').filter({ hasText: '耳机的静音键按下了' }).waitFor()
  await page.keyboard.press('F3')
  await alert('来电人听不到您').waitFor({ state: 'detached' })
  await page.keyboard.press('F3')
  await alert('来电人听不到您').waitFor()
  await desk.run((on) => on.fake.microphone('live'))
  await alert('来电人听不到您').waitFor({ state: 'detached' })
  await measure({ said: false })
  await alert('麦克风没有声音').waitFor()
  await measure({ heard: false, mos: 1 })
  await alert('您听不到来电人').waitFor()
  await measure({})
  await alert('您听不到来电人').waitFor({ state: 'detached' })
  await desk.run((on) => on.fake.ear({ is: 'asks', id: 'boxes', label: 'Speakers' }))
  await alert('耳机没插好，只剩“Speakers”').getByRole('button', { name: '用它听' }).click()
  expect(await desk.run((on) => on.fake.agreed)).toEqual(['boxes'])
})

test('[AUDIO-8] by policy a call from the queue counts down in the bar, beeps in the headset, and is answered', async () => {
  await open('answers=2')
  // Looked for before it is there: it stands for two seconds.
  const counting = page.getByText(/[12] 秒后自动接听/).waitFor()
  const id = await desk.ring({ number: '13800008000', queue: '维权咨询' })
  await counting
  await until('the call to be talking', async () => (await callOf(id))?.phase.is === 'talking')
  const { beeped, answered } = await desk.run((on, call) => {
    const phase = on.store.read().calls.find((each) => each.id === call)?.phase
    return { beeped: [...on.beeps], answered: phase?.is === 'talking' ? phase.sinceTick : 0 }
  }, id)
  expect(beeped).toHaveLength(1)
  expect(beeped[0]).toBeLessThanOrEqual(answered)
})

test('[AUDIO-9] [AUDIO-7] the device check lets one hear oneself without any call, a note, and every ring', async () => {
  await open('', 'settings')
  const takes = page.getByText('请对着麦克风说话…').waitFor()
  await page.getByRole('button', { name: '听自己的声音' }).click()
  await takes
  await page.getByText('放完了：听得清楚').waitFor()
  expect((await desk.state()).calls).toEqual([])
  // Looked for before it is there: it stands as long as the note sounds.
  const sounds = page.getByRole('button', { name: '正在响' }).waitFor()
  await page.getByRole('button', { name: '试听一声' }).click()
  await sounds
  const rings = page.getByRole('group', { name: '各种来电的铃声' })
  await rings.getByRole('combobox', { name: '内线' }).click()
  await page.getByRole('option', { name: '钟声' }).click()
  await rings.getByRole('button', { name: /听响铃\s*内线/ }).click()
  await rings
    .getByRole('button', { name: /响铃中|正在响|内线/ })
    .first()
    .waitFor()
  await rings.getByText('钟声').waitFor()
})
