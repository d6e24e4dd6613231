// One beat for all timers.
import { expect, test } from 'vitest'
import { createTicker } from '../../../renderer/app/ticker.ts'
import { manualClock } from '../../fakes/manualClock.ts'

test('[PAGE-3] every listener hears the same beat, once per second, and none comes without a listener', () => {
  const clock = manualClock(Date.UTC(2026, 10, 23, 1))
  const ticker = createTicker(clock)
  const beats: number[] = []
  const first = ticker.subscribe(() => beats.push(ticker.tick()))
  const second = ticker.subscribe(() => {})
  clock.advance(0)
  const start = beats.length
  clock.advance(5100)
  expect(beats.length - start).toBe(5)
  first()
  second()
  clock.advance(60_000)
  expect(beats.length - start).toBe(5)
})
