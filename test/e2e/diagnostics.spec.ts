// The file for support after a real call on a real PBX: made-up names, numbers and words go through caller id, keypad,
// dial box and form, secrets through registration and sign-in; none of them may stand in the file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Diagnostics } from '../../contract/diagnostics.ts'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { tone } from '../pbx/tones.ts'
import type { SeatWindow } from './seatWindow.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let seat: SeatWindow
let page: Page

beforeAll(async () => {
  stage = await openStage()
  seat = await stage.openSeat('1001', { width: 1366, height: 768 })
  page = seat.page
  await stage.pbx.untilRegistered('1001')
})
afterAll(() => stage.close())

const makeFile = async () => {
  await page.getByRole('link', { name: '设置' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '生成诊断包' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^hotline-diagnostics-\d{8}-\d{4}\.json$/)
  await page.getByText(/^已存为 hotline-diagnostics-/).waitFor()
  return readFileSync(await file.path(), 'utf8')
}

test('[DIAG-1] [T09] fifty made-up names, numbers and secrets go through a real call and none stands in the file', async () => {
  const number = madeUpNumber()
  const names = Array.from({ length: 22 }, (_, n) => `欧阳示例${String.fromCodePoint(0x4e00 + n * 37)}`)
  const numbers = Array.from({ length: 22 }, (_, n) => `1390000${7100 + n * 3}`)
  const dialled = ['13700002046', '01065551234']
  const digits = '622848001'
  const caller = await callQueue(stage.pbx, { number, name: names[0] ?? '', sound: tone(440, 1_000) })
  await page.getByRole('button', { name: /接听/ }).waitFor()
  await page.keyboard.press('F2')
  await caller.answered()
  await page.getByText('通话中').first().waitFor()
  const form = page.getByRole('tabpanel')
  await form.getByRole('textbox', { name: '来电人', exact: true }).fill(names[1] ?? '')
  await form.getByRole('textbox', { name: '起因' }).fill([...names, ...numbers].join('，'))
  await page.keyboard.press('F6')
  for (const digit of digits) await page.getByRole('button', { name: `按键 ${digit}`, exact: true }).click()
  await page.keyboard.press('F6')
  await page.getByText(/音质/).first().waitFor()
  const callRef = await caller.callRef
  await caller.hangUp()
  await page.getByText('对方已挂断').first().waitFor()
  for (const outside of dialled) {
    await page.keyboard.press('F6')
    await page.getByRole('textbox', { name: '号码' }).fill(outside)
    await page.keyboard.press('Enter')
    const end = page.getByRole('button', { name: /^结束/ })
    await end.click()
    // With the call still there F6 would open its keypad.
    await end.waitFor({ state: 'detached' })
    await page.getByText('对方已挂断').first().waitFor()
  }

  const text = await makeFile()
  const secrets = [stage.pbx.secrets['1001'] ?? '', stage.centre.passwordOf('1001'), '王秀英']
  const canaries = [number, ...names, ...numbers, ...dialled, digits, ...secrets]
  expect(canaries.length).toBeGreaterThanOrEqual(50)
  expect(canaries.filter((canary) => canary === '' || text.includes(canary))).toEqual([])

  const made = Diagnostics.parse(JSON.parse(text))
  // And it is worth something: the call can be found in the PBX's log, with its signalling, its sound and its end.
  const ref = createHash('sha256').update(callRef).digest('hex').slice(0, 12)
  const call = made.calls.find((each) => each.ref === ref)
  expect(call).toMatchObject({ direction: 'inbound', outcome: 'answered', endedBy: 'caller' })
  expect(call?.quality?.mos).toBeGreaterThan(1)
  const invite = made.sip.find((step) => step.way === 'in' && step.what === 'INVITE')
  const ladder = made.sip
    .filter((step) => step.call === invite?.call)
    .map((step) => `${step.way} ${step.what}`)
  expect(ladder).toEqual(expect.arrayContaining(['in INVITE', 'out 180', 'out 200', 'in ACK', 'in BYE']))
  expect(made.link.at(-1)).toMatchObject({ link: 'registered' })
  expect(made.devices.length).toBeGreaterThan(0)
  expect(made.sync).toMatchObject({ refused: 0 })
  await seat.shot('diagnostics')
})

test('[DIAG-5] with the centre and the PBX away the file is made all the same and tells of it', async () => {
  await stage.centre.stop()
  await stage.pbx.stop()
  await page
    .getByText(/话路断|话机未连接/)
    .first()
    .waitFor()
  const made = Diagnostics.parse(JSON.parse(await makeFile()))
  expect(made.link.at(-1)).toMatchObject({ link: 'disconnected' })
})
