// How far this computer's clock is from the centre's: measured at every answer, the sharpest measurement counts.

export type Skew = {
  /** This clock minus the centre's. */
  readonly ms: number
  /** The answer was under way for so long; the truth lies within half of it. */
  readonly roundTripMs: number
}

/** What is off by less is left alone: no use in moving a clock that is right. */
export const skewTrustedMs = 5_000
/** From here on a person should set the clock. */
export const skewWarnMs = 2 * 60_000

/** `now`: this clock when the answer came. */
export const skewOf = (now: number, roundTripMs: number, serverNow: number): Skew => ({
  ms: Math.round(now - roundTripMs / 2 - serverNow),
  roundTripMs,
})

/** A slow answer replaces a quick one only when the two contradict each other: then a clock was moved since. */
export const sharper = (known: Skew | null, next: Skew): Skew => {
  if (!known || next.roundTripMs <= known.roundTripMs) return next
  const agree = Math.abs(known.ms - next.ms) <= (known.roundTripMs + next.roundTripMs) / 2
  return agree ? known : next
}

/** What to take off this clock. */
export const correctionOf = (skew: Skew | null): number =>
  skew && Math.abs(skew.ms) > skewTrustedMs ? skew.ms : 0
