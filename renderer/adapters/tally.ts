// Counts what waits in the outbox whenever it changes, without slowing down its sending: thousands of rows take long
// to count, so counting rests ten times as long as it took. Decides nothing about the rows.
import type { Clock, Outbox, OutboxCounts } from '../../core/ports.ts'

export type Tally = {
  /** Something changed: count when it is time. */
  soon(): void
  /** What is shown must be right now: count as soon as the count under way is done. */
  now(): void
  stop(): void
}

const leastRestMs = 100
/** A store in trouble is not asked again and again. */
const failedRestMs = 5_000
const restFactor = 10

/** `counted` hears of every new result, and whether something changed while it was counted. */
export const keepTally = (
  outbox: Outbox,
  clock: Clock,
  counted: (counts: OutboxCounts, isOutdated: boolean) => void,
): Tally => {
  let state: 'free' | 'counting' | 'resting' | 'stopped' = 'free'
  let wanted: 'no' | 'soon' | 'now' = 'no'
  let cancelRest = (): void => undefined

  const count = async (): Promise<void> => {
    state = 'counting'
    wanted = 'no'
    const started = clock.tick()
    const counts = await outbox.counts()
    if (state !== 'counting') return
    state = 'resting'
    const leastMs = counts.ok ? leastRestMs : failedRestMs
    const restMs = Math.max(leastMs, (clock.tick() - started) * restFactor)
    cancelRest = clock.after(restMs, () => {
      state = 'free'
      if (wanted !== 'no') void count()
    })
    if (counts.ok) counted(counts.value, wanted !== 'no')
    // Nobody else might ask again, and what was put would be said to wait for ever.
    else if (wanted === 'no') wanted = 'soon'
    if (wantsNow()) wake()
  }
  const wantsNow = (): boolean => wanted === 'now' && state === 'resting'
  const wake = (): void => {
    cancelRest()
    void count()
  }
  return {
    soon() {
      if (state === 'free') void count()
      else if (wanted === 'no') wanted = 'soon'
    },
    now() {
      wanted = 'now'
      if (state === 'free') void count()
      else if (wantsNow()) wake()
    },
    stop() {
      state = 'stopped'
      cancelRest()
    },
  }
}
