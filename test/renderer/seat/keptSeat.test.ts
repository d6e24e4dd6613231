// A page that comes back knows that its agent was not ready.
import { expect, test } from 'vitest'
import { keptSeat } from '../../../renderer/adapters/keptSeat.ts'
import type { WorkEvent } from '../../../core/workstation.ts'
import { anOffer, aReadySeat, play, registered, signedIn } from '../../makers/seats.ts'
import { at, callId } from '../../makers/stamps.ts'

const inMemory = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const ready = aReadySeat()
const resting = play([{ type: 'notReadyPressed', reason: 'meal', ...at(20) }], ready).state
const gone = play([{ type: 'signedOut', ...at(30) }], resting).state

test('[SEAT-11] not ready stays not ready through a reload, for the same person only', () => {
  const window = inMemory()
  keptSeat(window, 'hotline-c1-1001').keep(resting)
  expect(keptSeat(window, 'hotline-c1-1001').read().reason).toBe('meal')
  expect(keptSeat(window, 'hotline-c1-1002').read().reason).toBeNull()
})

test('[SEAT-11] being ready again, or signing out, is kept too', () => {
  for (const after of [ready, gone]) {
    const window = inMemory()
    keptSeat(window, 'hotline-c1-1001').keep(resting)
    keptSeat(window, 'hotline-c1-1001').keep(after)
    expect(keptSeat(window, 'hotline-c1-1001').read().reason).toBeNull()
  }
})

const talking = play(
  [
    { type: 'offered', call: anOffer(1), ...at(20) },
    { type: 'answerPressed', callId: callId(1), ...at(30) },
    { type: 'connected', callId: callId(1), ...at(40) },
  ],
  ready,
).state
const writing = play(
  [{ type: 'ended', callId: callId(1), by: 'them', cause: null, ...at(50) }],
  talking,
).state

test('[SEAT-12] whom the agent was talking to or writing about is known after a reload', () => {
  for (const before of [talking, writing]) {
    const window = inMemory()
    keptSeat(window, 'hotline-c1-1001').keep(before)
    expect(keptSeat(window, 'hotline-c1-1001').read()).toEqual({ reason: null, wrapups: [callId(1)] })
  }
})

test('[SEAT-12] [CALL-20] a consultation outside asks for no form after a reload: the one of its caller is all there is', () => {
  const asking = play(
    [
      {
        type: 'dialPressed',
        callId: callId(2),
        number: '12333',
        internal: false,
        madeFor: callId(1),
        ...at(50),
      },
      { type: 'connected', callId: callId(2), ...at(60) },
    ],
    talking,
  ).state
  const window = inMemory()
  keptSeat(window, 'hotline-c1-1001').keep(asking)
  expect(keptSeat(window, 'hotline-c1-1001').read().wrapups).toEqual([callId(1)])
})

test('[SEAT-12] of several the one in front comes back in front', () => {
  const second = play(
    [
      { type: 'offered', call: anOffer(2), ...at(60) },
      { type: 'answerPressed', callId: callId(2), ...at(70) },
      { type: 'connected', callId: callId(2), ...at(80) },
    ],
    writing,
  ).state
  const window = inMemory()
  keptSeat(window, 'hotline-c1-1001').keep(second)
  expect(keptSeat(window, 'hotline-c1-1001').read().wrapups).toEqual([callId(2), callId(1)])
})

test('[SEAT-12] a filed form, and ready said over an unfiled one, leave nothing to come back to', () => {
  const filed = play([{ type: 'formFiled', callId: callId(1), ...at(60) }], writing).state
  const saidReady = play([{ type: 'readyPressed', ...at(60) }], writing).state
  for (const after of [filed, saidReady]) {
    const window = inMemory()
    const seat = keptSeat(window, 'hotline-c1-1001')
    seat.keep(writing)
    seat.keep(after)
    expect(seat.read().wrapups).toEqual([])
  }
})

test('[SEAT-12] the seat comes back in wrap-up with that form in front, and filing it makes the seat ready', () => {
  const back = play([{ ...signedIn, wrapups: [callId(1)] } as WorkEvent, registered])
  expect(back.state.since.phase).toBe('wrapup')
  expect(back.state.openForm).toBe(callId(1))
  expect(back.effects).toContainEqual({ do: 'tellQueue', word: 'pause' })
  const filed = play([{ type: 'formFiled', callId: callId(1), ...at(60) }], back.state)
  expect(filed.state.since.phase).toBe('ready')
  expect(filed.effects).toContainEqual({ do: 'tellQueue', word: 'resume' })
})

test('[SEAT-12] what was kept and cannot be read is nothing', () => {
  const window = inMemory()
  window.setItem('seat.hotline-c1-1001', '{"reason":7}')
  expect(keptSeat(window, 'hotline-c1-1001').read()).toEqual({ reason: null, wrapups: [] })
})
