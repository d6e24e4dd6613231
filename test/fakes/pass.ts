// Lets time pass on a manual clock for programs that also wait for promises: timer by timer, calm in between.
import type { ManualClock } from './manualClock.ts'

/** Everything that can happen without time passing has happened. */
export const calm = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await new Promise<void>((resolve) => setImmediate(resolve))
}

export const pass = async (clock: ManualClock, ms: number): Promise<void> => {
  await calm()
  let left = ms
  for (let next = clock.nextTimerMs(); next !== null && next <= left; next = clock.nextTimerMs()) {
    clock.advance(next)
    left -= next
    await calm()
  }
  clock.advance(left)
  await calm()
}
