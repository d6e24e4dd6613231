// The telephone in a real browser on a real PBX: who hears whom is told by the tone each one speaks with.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callQueue } from '../pbx/caller.ts'
import { startPbx, type Pbx } from '../pbx/pbx.ts'
import { dominantHz } from '../pbx/tones.ts'
import { accountOf, openSeatPage, type SeatPage } from './phonePage.ts'

let pbx: Pbx
let seat: SeatPage

beforeAll(async () => {
  pbx = await startPbx({ members: ['1001'] })
  seat = await openSeatPage(accountOf(pbx, '1001'), 1000)
  await seat.register()
})
afterAll(async () => {
  await seat.close()
  await pbx.stop()
})
beforeEach(async () => {
  await pbx.untilQuiet()
})

describe('a call from the queue', () => {
  test('rings with number, name, queue and reference, is answered at once, and both hear each other', async () => {
    const from = await seat.count()
    const caller = await callQueue(pbx, { name: '王小明' })
    const { call } = await seat.next('offered', { after: from })
    expect(call).toMatchObject({
      number: caller.number,
      name: '王小明',
      queue: '12351',
      callRef: await caller.callRef,
      internal: false,
    })
    const pressedToSentMs = await seat.run(async (page, id) => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return page.answer(id)
    }, call.callId)
    expect(pressedToSentMs).toBeLessThan(10)
    await seat.next('connected', { after: from })
    await seat.untilHears(440)
    const quality = await seat.next('qualityMeasured', { after: from })
    expect(quality.quality).toMatchObject({ heard: true })
    expect(quality.quality.mos).toBeGreaterThan(4)
    await caller.hangUp()
    const ended = await seat.next('ended', { after: from })
    expect(ended).toMatchObject({ callId: call.callId, by: 'them', cause: { protocol: 'Q.850', code: 16 } })
    const recording = await pbx.recordingOf(await caller.callRef)
    expect(Math.abs((dominantHz(recording.seat) ?? 0) - 1000)).toBeLessThan(10)
    expect(Math.abs((dominantHz(recording.caller) ?? 0) - 440)).toBeLessThan(10)
  })
})
