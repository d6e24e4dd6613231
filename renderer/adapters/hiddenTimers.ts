// [F19] [F57] A clock whose timers are kept a second time by a worker: in a tab nobody sees the page's own ones may come
// a minute late, and the registration, the pings and the calls' timers must not. Whichever comes first counts.
import type { Clock } from '../../core/ports.ts'
import type { TimerAsked } from './timer.worker.ts'

export type Timekeeper = {
  ask(asked: TimerAsked): void
  /** Tells the id of each timer whose time is up. */
  listen(up: (id: number) => void): void
}

/** null: this browser opens none, and the page's own timers have to do. */
export const openTimekeeper = (): Timekeeper | null => {
  try {
    const worker = new Worker(new URL('./timer.worker.ts', import.meta.url), { type: 'module' })
    return {
      // A worker has one listener and no target to name.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      ask: (asked) => worker.postMessage(asked),
      listen: (up) => worker.addEventListener('message', ({ data }: MessageEvent<number>) => up(data)),
    }
  } catch {
    return null
  }
}

export const keptAwake = (clock: Clock, keeper: Timekeeper | null): Clock => {
  if (keeper === null) return clock
  const waiting = new Map<number, () => void>()
  let last = 0
  keeper.listen((id) => waiting.get(id)?.())
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
        keeper.ask({ id, ms: null })
        due()
      })
      waiting.set(id, due)
      keeper.ask({ id, ms })
      return () => {
        if (stop()) keeper.ask({ id, ms: null })
      }
    },
  }
}
