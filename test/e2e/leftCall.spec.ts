// A page that goes away in a call without a good-bye, as one that crashes does: the next one says it. Real PBX.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callQueue, madeUpNumber } from '../pbx/caller.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  // The PBX itself would miss the voice only long after this test has lost its patience.
  stage = await openStage({ pbx: { rtpTimeoutSeconds: 90 } })
})
afterAll(() => stage.close())

test('[PHONE-55] [CALL-5] the worker is let go by the next page, and the call has its record', async () => {
  const { page } = await stage.openSeat('1001', {
    // Nothing that would be said on leaving is said.
    before: () => addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true),
  })
  await stage.pbx.untilRegistered('1001', 30_000)
  const number = madeUpNumber()
  const caller = await callQueue(stage.pbx, { number, to: '1001' })
  await page.getByRole('button', { name: /^接听/ }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: /^保持/, disabled: false }).first().waitFor()
  await page.reload()
  const end = await Promise.race([caller.ended, pause(40_000, 'left in silence')])
  expect(end).toMatchObject({ by: 'pbx' })
  await page.getByText('程序中断').first().waitFor()
  await expect
    .poll(() => stage.query('select ended_by, outcome from call_records where number = $1', [number]))
    .toEqual([{ ended_by: 'system', outcome: 'interrupted' }])
})
