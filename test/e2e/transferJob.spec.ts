// A worker is asked about, handed on and taken over, end to end: two built desks on a real PBX, keys alone, and what the
// centre's database holds of it afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { madeUpNumber } from '../pbx/caller.ts'
import { callWithEar } from '../pbx/ear.ts'
import { until } from '../pbx/until.ts'
import type { SeatWindow } from './seatWindow.ts'
import type { Stage } from './stage.ts'
import { openStage } from './stage.ts'

const colleagueHz = 1500

let stage: Stage
let seat: SeatWindow
let colleague: SeatWindow

beforeAll(async () => {
  stage = await openStage()
  seat = await stage.openSeat('1001', { voiceHz: 1000 })
  await until('the queue to offer calls to the seat', async () =>
    (await stage.pbx.members()).some((member) => member.number === '1001' && !member.paused),
  )
  colleague = await stage.openSeat('1002', { voiceHz: colleagueHz })
  await stage.pbx.untilRegistered('1002')
  // The worker is to reach the first seat.
  await colleague.page.getByRole('button', { name: /切换状态/ }).click()
  await colleague.page.getByRole('menuitem', { name: /小休/ }).click()
  await until('the queue to leave the colleague alone', async () =>
    (await stage.pbx.members()).some((member) => member.number === '1002' && member.paused),
  )
})
afterAll(() => stage.close())

type Row = {
  agent: string
  direction: string
  outcome: string
  body: {
    id: string
    callRef: string
    madeFor: string | null
    passedBy: string | null
    transfer: { kind: string; number: string } | null
  }
}

test('[CALL-20] [CALL-22] [CALL-23] asked, handed on, taken over: both desks and the centre say so, under one reference', async () => {
  const number = madeUpNumber()
  const masked = `${number.slice(0, 3)}****${number.slice(-4)}`
  const caller = await callWithEar(stage.pbx, { number })
  const callRef = await caller.callRef
  const barOf = ({ page }: SeatWindow) => page.getByRole('region', { name: '通话条' })
  await seat.page.getByRole('button', { name: /接听/ }).waitFor()
  await seat.page.keyboard.press('F2')
  // A call being answered is guarded as well: only a connected one can be asked about.
  await expect.poll(() => barOf(seat).getByRole('button', { name: '咨询' }).isEnabled()).toBe(true)

  await seat.page.keyboard.press('Shift+F7')
  await seat.page.getByRole('textbox', { name: '转给谁' }).fill('1002')
  await seat.page.keyboard.press('Enter')
  await colleague.page.getByRole('button', { name: /接听/ }).waitFor()
  await colleague.page.keyboard.press('F2')
  await barOf(seat).getByText('来电人·保持').waitFor()

  // The PBX puts the two together a moment after the answer; sooner nobody hands over.
  const everybody = async () => (await stage.pbx.channels()).every(({ bridged }) => bridged)
  await until('everybody to be put together', everybody)
  await seat.page.keyboard.press('F7')
  await barOf(seat).getByText('已转给 1002').first().waitFor()
  await barOf(colleague).getByText(masked).waitFor()
  await barOf(colleague).getByText('1001 转来').waitFor()
  await barOf(colleague).getByText(/长按/).waitFor()
  await caller.untilHears(colleagueHz)
  await caller.hangUp()
  await barOf(colleague).getByText('对方已挂断').first().waitFor()

  const rows = await until(
    'three records at the centre',
    async () => {
      const found = await stage.query<Row>(
        `select agent, body ->> 'direction' as direction, outcome, body from call_records where body ->> 'callRef' = $1`,
        [callRef],
      )
      return found.length === 3 && found
    },
    20_000,
  )
  const handed = rows.find(({ body }) => body.transfer)
  const consult = rows.find(({ body }) => body.madeFor)
  const taken = rows.find(({ body }) => body.passedBy)
  expect(handed).toMatchObject({
    agent: '1001',
    direction: 'inbound',
    outcome: 'answered',
    body: { transfer: { kind: 'attended', number: '1002' } },
  })
  expect(consult).toMatchObject({ agent: '1001', body: { madeFor: handed?.body.id } })
  expect(taken).toMatchObject({ agent: '1002', direction: 'inbound', body: { passedBy: '1001', number } })
})
