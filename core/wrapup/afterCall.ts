// After-call work (话后整理) of one form: it counts while the form is in front and its call is over, so a draft
// left for later does not count the hours it lies. Ticks are monotonic ms.

export type AfterCall = {
  /** What has been counted and stopped. */
  readonly doneMs: number
  /** Tick since which it counts; null: it stands. */
  readonly sinceTick: number | null
}

export const afterCall = (doneMs: number): AfterCall => ({ doneMs, sinceTick: null })

/** [WRAP-12] After-call work so far. */
export const afterCallMs = (count: AfterCall, tick: number): number =>
  Math.round(count.doneMs + (count.sinceTick === null ? 0 : Math.max(0, tick - count.sinceTick)))

/** [WRAP-12] Starts or stops counting; saying the same twice changes nothing. */
export const countAfterCall = (count: AfterCall, counts: boolean, tick: number): AfterCall => {
  if (counts === (count.sinceTick !== null)) return count
  return counts
    ? { doneMs: count.doneMs, sinceTick: tick }
    : { doneMs: afterCallMs(count, tick), sinceTick: null }
}
