// A clock that stands still until told: wall time and monotonic time move together, or apart with `jump`.
import type { Clock } from '../../core/ports.ts'

export type ManualClock = Clock & {
  /** Lets `ms` pass; timers due meanwhile run in order, each at its own instant. */
  advance(ms: number): void
  /** Moves only the wall clock, as a person or a time server does. */
  jump(ms: number): void
  /** Time until the next timer; null: none is set. */
  nextTimerMs(): number | null
}

export const manualClock = (start: number): ManualClock => {
  let wall = start
  let tick = 0
  let made = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  const next = (): [number, { at: number; run: () => void }] | undefined =>
    [...timers].sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0]
  const pass = (ms: number): void => {
    wall += ms
    tick += ms
  }
  return {
    now: () => wall,
    tick: () => tick,
    after(ms, run) {
      const id = (made += 1)
      timers.set(id, { at: tick + Math.max(0, ms), run })
      return () => timers.delete(id)
    },
    advance(ms) {
      const end = tick + ms
      for (let due = next(); due && due[1].at <= end; due = next()) {
        pass(due[1].at - tick)
        timers.delete(due[0])
        due[1].run()
      }
      pass(end - tick)
    },
    jump(ms) {
      wall += ms
    },
    nextTimerMs() {
      const due = next()
      return due ? Math.max(0, due[1].at - tick) : null
    },
  }
}
