// What the timer of a line shows.
import { expect, test } from 'vitest'
import { connectedMs, shownMs } from '../../../core/softphone/callTime.ts'
import { callOf } from '../../../core/softphone/lines.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { aReadySeat, anOffer, play } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const on = (type: string, ms: number): WorkEvent => ({ type, callId: callId(1), ...at(ms) }) as WorkEvent

const after = (...events: WorkEvent[]) => {
  const offered: WorkEvent = { type: 'offered', call: anOffer(1), ...at(0) }
  const call = callOf(play([offered, ...events], aReadySeat()).state, callId(1))
  if (!call) throw new Error('the call is gone')
  return call
}

test('[CALL-9] a line shows how long it rings, then how long it has been connected, hold included', () => {
  const tick = (ms: number) => at(ms).tick
  expect(shownMs(after(), tick(6_000))).toBe(6_000)
  const talking = after(on('answerPressed', 6_000), on('connected', 7_000))
  expect(shownMs(talking, tick(67_000))).toBe(60_000)
  const held = after(on('answerPressed', 6_000), on('connected', 7_000), on('heldByUs', 17_000))
  expect(shownMs(held, tick(27_000))).toBe(20_000)
  expect(connectedMs(after(), tick(5_000))).toBe(0)
  expect(shownMs(held, tick(0))).toBe(10_000)
})
