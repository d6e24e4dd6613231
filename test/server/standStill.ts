// Timers that wait to be let pass, so that a centre's seconds cost none and say what they say on any machine.
import { onTestFinished, vi } from 'vitest'

/** The answer lets what still waits come, and time go on. */
export const standStill = (): (() => void) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return () => void vi.runOnlyPendingTimers().useRealTimers()
}
