// How much goes at a time: more while answers come quickly, half when they are slow or do not come at all. A thin link
// would otherwise run out of time with the same large batch again and again [F13].

export const quickMs = 2_000
export const slowMs = 8_000

/** After an answer that took so long. */
export const nextSize = (size: number, most: number, tookMs: number): number => {
  if (tookMs < quickMs) return Math.min(most, size * 4)
  return tookMs > slowMs ? Math.max(1, Math.floor(size / 2)) : size
}

/** After no answer at all: was it the size? */
export const sizeAfterSilence = (size: number, tookMs: number): number =>
  tookMs > slowMs ? Math.max(1, Math.floor(size / 2)) : size
