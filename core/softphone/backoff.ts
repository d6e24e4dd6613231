// How hard the line is tried: how often it is asked whether it is alive, how long to wait before the next try, and
// which server is next. reconnect.ts decides when.

const BACKOFF_BASE_MS = 250

/** While someone is talking a lost line costs a caller, so it is asked more often and waited for less long. */
export const pace = (talking: boolean) =>
  talking
    ? { pingEveryMs: 1_000, pingLimitMs: 1_500, backoffCapMs: 1_000 }
    : { pingEveryMs: 5_000, pingLimitMs: 2_000, backoffCapMs: 10_000 }

/** Before try `attempt`: 0 ms for the first try of every server, then a jittered, doubling window up to the cap. */
export function retryDelayMs(attempt: number, servers: number, talking: boolean, dice: number): number {
  const round = Math.floor(attempt / Math.max(1, servers))
  if (round === 0) return 0
  const window = Math.min(pace(talking).backoffCapMs, BACKOFF_BASE_MS * 2 ** Math.min(round, 10))
  return Math.round(window / 10 + dice * window * 0.9)
}

/** The next server from `from` on that is not resting (Retry-After); all resting: the one that is soonest free. */
export function nextServer(restUntil: readonly number[], from: number, tick: number): number {
  const order = restUntil.map((_, step) => (from + step) % restUntil.length)
  const restOf = (server: number) => restUntil[server] ?? 0
  const free = order.find((server) => restOf(server) <= tick)
  return (
    free ?? order.reduce((best, server) => (restOf(server) < restOf(best) ? server : best), order[0] ?? 0)
  )
}
