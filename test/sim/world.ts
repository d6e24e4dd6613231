// The simulated world's time. Nothing in it waits for a real timer: what is due next happens next, then everything
// that follows from it without time passing, and so on. Two runs of one seed are the same run.
import type { Clock } from '../../core/ports.ts'
import { morning } from '../makers/stamps.ts'

export type World = {
  /** True time, epoch ms: what a perfect clock would show. */
  now(): number
  /** The answer cancels it. */
  after(ms: number, run: () => void): () => void
  /** Lets this much time pass. */
  pass(ms: number): Promise<void>
}

/** One run of a program: when it dies nothing of it happens any more, whatever it was waiting for. */
export type Life = { readonly over: () => boolean; end(): void }

export const newLife = (): Life => {
  let over = false
  return {
    over: () => over,
    end() {
      over = true
    },
  }
}

type Due = { readonly at: number; readonly order: number; readonly run: () => void }

/** All promises are settled that can be: the world has no other source of events. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const newWorld = (): World => {
  let now = morning
  let order = 0
  const due: Due[] = []
  const put = (entry: Due): void => {
    let low = 0
    let high = due.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = due[middle]
      if (other && (other.at < entry.at || (other.at === entry.at && other.order < entry.order)))
        low = middle + 1
      else high = middle
    }
    due.splice(low, 0, entry)
  }
  return {
    now: () => now,
    after(ms, run) {
      order += 1
      const entry = { at: now + Math.max(0, Math.round(ms)), order, run }
      put(entry)
      return () => {
        const place = due.indexOf(entry)
        if (place !== -1) due.splice(place, 1)
      }
    },
    async pass(ms) {
      const end = now + ms
      await settled()
      for (let next = due[0]; next && next.at <= end; next = due[0]) {
        due.shift()
        now = next.at
        next.run()
        await settled()
      }
      now = end
    },
  }
}

export type ComputerClock = Clock & {
  /** Moves the wall clock, as a person, a time server or an empty battery does. */
  jump(ms: number): void
  /** How far the wall clock is ahead of true time. */
  ahead(): number
}

/** A computer's clock for one run of its program: wall time may be wrong, the monotonic one never goes back. */
export const clockFor = (world: World, life: Life, ahead: { ms: number }): ComputerClock => {
  const started = world.now()
  return {
    now: () => world.now() + ahead.ms,
    tick: () => world.now() - started,
    after: (ms, run) =>
      world.after(ms, () => {
        if (!life.over()) run()
      }),
    jump(ms) {
      ahead.ms += ms
    },
    ahead: () => ahead.ms,
  }
}
