// How long to wait after a failure: full jitter, so that sixty seats do not come back in one second.

export const firstWaitMs = 1_000
export const longestWaitMs = 60_000
/** Even a lucky draw leaves the centre this long. */
const leastWaitMs = 200
/** A Retry-After beyond this is a mistake somewhere. */
const longestAskedMs = 15 * 60_000

/** `failures` in a row (1 = the first), `random` 0–1. A wait the centre asked for is kept and spread a little. */
export const backoff = (failures: number, random: number, retryAfterMs: number | undefined): number => {
  if (retryAfterMs !== undefined)
    return Math.round(Math.min(longestAskedMs, retryAfterMs) + random * firstWaitMs)
  const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 16))
  return Math.max(leastWaitMs, Math.round(random * ceiling))
}
