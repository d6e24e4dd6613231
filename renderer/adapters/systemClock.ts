// The computer's own two clocks and its timer, behind the Clock port.
import type { Clock } from '../../core/ports.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
