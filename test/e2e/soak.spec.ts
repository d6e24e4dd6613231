// The soak in small: a round of every kind of call on the built desk leaves nothing behind. The hour is `npm run soak`.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installProbe, leakMeter } from '../../bench/soak/leaks.ts'
import { scriptNames, work } from '../../bench/soak/shift.ts'
import { until } from '../pbx/until.ts'
import { openStage, type Stage } from './stage.ts'
import type { SeatWindow } from './seatWindow.ts'

let stage: Stage
let seat: SeatWindow

beforeAll(async () => {
  stage = await openStage()
  seat = await stage.openSeat('1001', { before: installProbe })
  await stage.pbx.untilRegistered('1001')
})
afterAll(() => stage.close())

test('[PHONE-3] a round of every kind of call leaves no connection, track, sound, timer or rejection behind', async () => {
  const meter = await leakMeter(seat.page)
  const round = (done: number) => done >= scriptNames.length
  await work({ pbx: stage.pbx, page: seat.page }, round)
  // The queue is told that the seat is ready again by a call of its own, which may still be under way.
  const atRest = () =>
    until('nothing to be open', async () => {
      const found = await meter.read()
      return found.openPeers + found.openContexts === 0 ? found : null
    })
  const before = await atRest()
  await work({ pbx: stage.pbx, page: seat.page }, round)
  const after = await atRest()
  expect(after.liveTracks).toBe(before.liveTracks)
  expect(after.sockets).toBe(before.sockets)
  // SIP keeps a timer or two for each call of the last half minute.
  expect(after.timers - before.timers).toBeLessThan(8 * scriptNames.length)
  expect(await meter.rejections()).toEqual([])
  expect(seat.faults).toEqual([])
  // Twelve calls from ring to filed form, one after another.
}, 300_000)
