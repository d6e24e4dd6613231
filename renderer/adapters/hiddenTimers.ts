// [F19] [F57] A clock whose timers are kept a second time by a worker: in a tab nobody sees the page's own ones may come
// a minute late, and the registration, the pings and the calls' timers must not. Whichever comes first counts.
import type { Clock } from '../../core/ports.ts'
import type { TimerAsked } from './timer.worker.ts'

export type Timekeeper = {
  postMessage(asked: TimerAsked): void
  addEventListener(type: 'message', heard: (event: { readonly data: number }) => void): void
}

/** null: this browser opens none, and the page's own timers have to do. */
export const openTimekeeper = (): Timekeeper | null => {
  try {
    return new Worker(new URL('./timer.worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return null
  }
}

export const keptAwake = (clock: Clock, keeper: Timekeeper | null): Clock => {
  if (keeper === null) return clock
  const waiting = new Map<number, () => void>()
  let last = 0
  keeper.addEventListener('message', ({ data }) => waiting.get(data)?.())
  return {
    ...clock,
    after(ms, run) {
      last += 1
      const id = last
      const stop = () => {
        if (!waiting.delete(id)) return false
        cancelOwn()
        return true
      }
      const due = () => void (stop() && run())
      const cancelOwn = clock.after(ms, () => {
        keeper.postMessage({ id, ms: null })
        due()
      })
      waiting.set(id, due)
      keeper.postMessage({ id, ms })
      return () => {
        if (stop()) keeper.postMessage({ id, ms: null })
      }
    },
  }
}
