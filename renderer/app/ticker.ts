// One beat per second for every timer on screen, so that they change together and nothing else needs an interval.
// Beats follow the monotonic clock: a late beat does not push the next one back.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Clock } from '../../core/ports.ts'
import { dayNumber } from '../../core/tickets/workdays.ts'

export type Ticker = {
  readonly subscribe: (listener: () => void) => () => void
  /** Monotonic ms at the last beat. */
  readonly tick: () => number
  /** Wall time at the last beat. */
  readonly now: () => number
}

/** Beats only while somebody listens. */
export const createTicker = (clock: Clock): Ticker => {
  const listeners = new Set<() => void>()
  let tick = clock.tick()
  let now = clock.now()
  let cancel: (() => void) | null = null
  const beat = () => {
    tick = clock.tick()
    now = clock.now()
    cancel = clock.after(1000 - (tick % 1000) + 4, beat)
    for (const listener of listeners) listener()
  }
  return {
    tick: () => tick,
    now: () => now,
    subscribe: (listener) => {
      listeners.add(listener)
      cancel ??= clock.after(0, beat)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        cancel?.()
        cancel = null
      }
    },
  }
}

/** Runs whenever another day has begun on the hotline's clock, also while this computer slept. The answer stops it. */
export const onNewDay = (ticker: Ticker, run: () => void): (() => void) => {
  let day = dayNumber(ticker.now())
  return ticker.subscribe(() => {
    const today = dayNumber(ticker.now())
    if (today === day) return
    day = today
    run()
  })
}

export const TickerContext = createContext<Ticker | null>(null)

export const useTicker = (): Ticker => {
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('a timer was drawn outside the frame')
  return ticker
}

/** Monotonic ms, new every second. */
export const useTick = (): number => {
  const ticker = useTicker()
  return useSyncExternalStore(ticker.subscribe, ticker.tick)
}

/** Wall time in ms, new every second. */
export const useNow = (): number => {
  const ticker = useTicker()
  return useSyncExternalStore(ticker.subscribe, ticker.now)
}

/** The day on the hotline's clock, new at its midnight. */
export const useDay = (): number => {
  const ticker = useTicker()
  return useSyncExternalStore(ticker.subscribe, () => dayNumber(ticker.now()))
}
