// Timers of a page nobody sees: the worker's count when the page's own are late, and each runs once.
import { expect, test } from 'vitest'
import type { TimerAsked } from '../../renderer/adapters/timer.worker.ts'
import { keptAwake, type Timekeeper } from '../../renderer/adapters/hiddenTimers.ts'
import { manualClock } from '../fakes/manualClock.ts'
import { morning } from '../makers/stamps.ts'

const aPage = () => {
  const own = manualClock(morning)
  const asked: TimerAsked[] = []
  let up: (id: number) => void = () => {}
  const keeper: Timekeeper = {
    ask: (timer) => void asked.push(timer),
    listen: (heard) => void (up = heard),
  }
  return { own, clock: keptAwake(own, keeper), asked, up: (id: number) => up(id) }
}

test("[F19] [F57] the worker's word runs it, and the page's own late timer does not run it again", () => {
  const { own, clock, asked, up } = aPage()
  let runs = 0
  clock.after(5_000, () => (runs += 1))
  expect(asked).toEqual([{ id: 1, ms: 5_000 }])
  up(1)
  expect(runs).toBe(1)
  up(1)
  own.advance(60_000)
  expect(runs).toBe(1)
})

test('[F57] the page being quicker takes it back from the worker; a word under way is passed over', () => {
  const { own, clock, asked, up } = aPage()
  let runs = 0
  clock.after(5_000, () => (runs += 1))
  own.advance(5_000)
  expect(asked.at(-1)).toEqual({ id: 1, ms: null })
  up(1)
  expect(runs).toBe(1)
})

test('[F57] cancelled, neither runs it; cancelling again says nothing', () => {
  const { own, clock, asked, up } = aPage()
  let runs = 0
  const cancel = clock.after(5_000, () => (runs += 1))
  cancel()
  cancel()
  expect(asked).toEqual([
    { id: 1, ms: 5_000 },
    { id: 1, ms: null },
  ])
  up(1)
  own.advance(5_000)
  expect(runs).toBe(0)
})

test('[F57] what runs may set the next one, and several keep apart', () => {
  const { clock, up } = aPage()
  const ran: string[] = []
  const again = () => {
    ran.push('beat')
    clock.after(1_000, again)
  }
  clock.after(1_000, again)
  clock.after(500, () => ran.push('once'))
  up(2)
  up(1)
  up(3)
  expect(ran).toEqual(['once', 'beat', 'beat'])
})

test('[F57] without a worker the clock is the page’s own', () => {
  const own = manualClock(morning)
  expect(keptAwake(own, null)).toBe(own)
})
