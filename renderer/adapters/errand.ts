// Something long that a person asked for, one at a time: how far it is, and the wish that it ends.
import type { Clock } from '../../core/ports.ts'

export type Going<What extends string> = {
  readonly what: What
  /** How far; null: it goes on for less than a second yet. */
  readonly percent: number | null
  /** It waits for the call on the line to end. */
  readonly paused: boolean
  readonly ending: boolean
}

export type Errand<What extends string> = {
  /** null: nothing goes on. */
  going(): Going<What> | null
  /** Null if something goes on already, else what comes of the work. */
  run<T>(what: What, work: () => Promise<T>): Promise<T | null>
  /** The next stage of what goes on. */
  turnTo(what: What): void
  reached(share: number): void
  isEnding(): boolean
  end(): void
  wait(ms: number): Promise<void>
  lineIsBusy(busy: boolean): void
  /** Resolves when nobody is on the line, or it is to end. */
  lineIsFree(): Promise<void>
}

const shownAfterMs = 1_000
const lookMs = 250

export const openErrand = <What extends string>(
  clock: Pick<Clock, 'after'>,
  tell: () => void,
): Errand<What> => {
  let now: Going<What> | null = null
  let isShown = false
  let reached = 0
  let busy = false

  const show = (change: Partial<Going<What>>): void => {
    if (!now) return
    const next = { ...now, ...change, percent: isShown ? Math.floor(reached * 100) : null }
    if (JSON.stringify(next) === JSON.stringify(now)) return
    now = next
    tell()
  }
  const isHeld = (): boolean => busy && now?.ending === false
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve))

  return {
    going: () => now,
    async run(what, work) {
      if (now) return null
      now = { what, percent: null, paused: false, ending: false }
      isShown = false
      reached = 0
      const cancelShow = clock.after(shownAfterMs, () => {
        isShown = true
        show({})
      })
      tell()
      try {
        return await work()
      } finally {
        cancelShow()
        now = null
        tell()
      }
    },
    turnTo(what) {
      reached = 0
      show({ what })
    },
    reached(share) {
      reached = Math.min(1, share)
      show({})
    },
    isEnding: () => now?.ending === true,
    end: () => show({ ending: true }),
    wait,
    lineIsBusy(isBusy) {
      busy = isBusy
    },
    async lineIsFree() {
      while (isHeld()) {
        show({ paused: true })
        await wait(lookMs)
      }
      show({ paused: false })
    },
  }
}
