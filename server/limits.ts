// How often one person or address may ask: token buckets in memory, per centre process.

interface Bucket {
  tokens: number
  at: number
}

export interface Limit {
  /** Most in one burst. */
  readonly burst: number
  /** Refill per second. */
  readonly perSecond: number
}

export const limitOf = {
  /** Sign-ins from one address: a whole room behind one address may start its shift at once. */
  signIn: { burst: 60, perSecond: 1 },
  push: { burst: 100, perSecond: 20 },
  /** Chunks of attachments: behind the records, never in their way. */
  upload: { burst: 40, perSecond: 20 },
  lookUp: { burst: 60, perSecond: 1 },
  /** Event files of warnings: opened again with every word about them. */
  watch: { burst: 120, perSecond: 2 },
  /** Numbers shown in full: 30 an hour. */
  reveal: { burst: 30, perSecond: 30 / 3600 },
} as const satisfies Readonly<Record<string, Limit>>

export interface Limits {
  /** 0: go on. Otherwise how long to wait. */
  (what: keyof typeof limitOf, who: string): number
  /** It was no guess and no flood after all: it does not count. */
  giveBack(what: keyof typeof limitOf, who: string): void
}

export const openLimits = (now: () => number): Limits => {
  const buckets = new Map<string, Bucket>()
  const spend = (what: keyof typeof limitOf, who: string): number => {
    const limit = limitOf[what]
    const at = now()
    if (buckets.size > 20_000) buckets.clear()
    const key = `${what} ${who}`
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at }
    const tokens = Math.min(
      limit.burst,
      bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * limit.perSecond,
    )
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / limit.perSecond) * 1000)
  }
  return Object.assign(spend, {
    giveBack(what: keyof typeof limitOf, who: string) {
      const bucket = buckets.get(`${what} ${who}`)
      if (bucket) bucket.tokens = Math.min(limitOf[what].burst, bucket.tokens + 1)
    },
  })
}
