// Timers, order and alerts of the seat wall.
import { expect, test } from 'vitest'
import type { AccountId, Extension } from '../../../contract/ids.ts'
import type { SeatStatus } from '../../../contract/seat.ts'
import { alertOf, callTakers, countPhases, inPhaseMs, sortSeats } from '../../../core/wallboard/wall.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'

const seat = (number: string, over: Partial<SeatStatus> = {}): SeatStatus => ({
  agent: number as AccountId,
  name: `坐席${number}`,
  seat: number as Extension,
  phase: 'onCall',
  takesCalls: true,
  since: morning,
  reason: null,
  topic: null,
  waiting: 0,
  practice: false,
  ...over,
})
const numbers = (seats: readonly SeatStatus[]) => seats.map((each) => each.seat)

test('[WALL-1] the timer runs on the centre’s clock and is never negative', () => {
  expect(inPhaseMs(seat('1001'), morning + 61_000, 0)).toBe(61_000)
  expect(inPhaseMs(seat('1001'), morning - 3_600_000, 3_601_000)).toBe(1_000)
  expect(inPhaseMs(seat('1001'), morning - 5_000, 0)).toBe(0)
})

test('[WALL-2] by seat number the order does not depend on states; other orders fall back to it', () => {
  const wall = [
    seat('1010', { phase: 'ready', since: morning - 9_000 }),
    seat('999', { phase: 'wrapup' }),
    seat('1002', { phase: 'ringing' }),
    seat('1001', { phase: 'ready' }),
  ]
  expect(numbers(sortSeats(wall, 'seat'))).toEqual(['999', '1001', '1002', '1010'])
  expect(numbers(sortSeats(wall, 'phase'))).toEqual(['1002', '999', '1001', '1010'])
  expect(numbers(sortSeats(wall, 'since'))).toEqual(['1010', '999', '1001', '1002'])
})

test('states are counted in the order of the wall, empty ones left out', () => {
  expect(countPhases([seat('1', { phase: 'ready' }), seat('2'), seat('3')])).toEqual([
    { phase: 'onCall', count: 2 },
    { phase: 'ready', count: 1 },
  ])
})

test('[WALL-3] long after-call work and long breaks ask for a look, a long talk does not', () => {
  const { policy, notReadyReasons } = aReference()
  const ask = (over: Partial<SeatStatus>, minutes: number) =>
    alertOf(seat('1001', over), minutes * 60_000, policy, notReadyReasons)
  expect(ask({ phase: 'onCall' }, 90)).toBeNull()
  expect(ask({ phase: 'wrapup' }, 3)).toBeNull()
  expect(ask({ phase: 'wrapup' }, 4)).toEqual({ is: 'longWrapup' })
  expect(ask({ phase: 'notReady', reason: 'rest' }, 15)).toBeNull()
  expect(ask({ phase: 'notReady', reason: 'rest' }, 16)).toEqual({ is: 'longBreak', maxMinutes: 15 })
  expect(ask({ phase: 'notReady', reason: 'unknown' }, 600)).toBeNull()
})

test('[WALL-5] a lead’s free telephone is not one more free agent', () => {
  const wall = [
    seat('1001', { phase: 'ready' }),
    seat('1002', { phase: 'onCall' }),
    seat('2001', { phase: 'ready', takesCalls: false }),
  ]
  expect(countPhases(callTakers(wall))).toEqual([
    { phase: 'onCall', count: 1 },
    { phase: 'ready', count: 1 },
  ])
})
