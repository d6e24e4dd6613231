// The line to the PBX: what it is, what happens to it, and what is to be done about it. The deciding is reconnect.ts.
import type { PhoneLink, Stamp } from './phoneEvent.ts'

export type LineCommon = {
  readonly servers: readonly string[]
  readonly server: number
  /** Failed tries since the line was last good. */
  readonly attempt: number
  /** Per server: not before this tick (it said Retry-After). */
  readonly restUntil: readonly number[]
  readonly talking: boolean
  readonly expiresMs: number
  readonly redirects: number
}

export type Line =
  | { readonly phase: 'off' }
  | (LineCommon & { readonly phase: 'waiting'; readonly until: number; readonly trouble: PhoneLink })
  | (LineCommon & { readonly phase: 'opening'; readonly until: number; readonly trouble: PhoneLink })
  | (LineCommon & { readonly phase: 'registering'; readonly until: number; readonly trouble: PhoneLink })
  | (LineCommon & {
      readonly phase: 'registered'
      /** By the wall's clock: the monotonic one may stand still while the computer sleeps. */
      readonly renewedAt: number
      readonly refreshAt: number
      /** A refresh is under way; to be answered before this tick. */
      readonly refreshUntil: number | null
      readonly heardAt: number
      readonly pingUntil: number | null
    })
  | (LineCommon & { readonly phase: 'barred' })

export type LineEvent = Stamp & {
  /** 0–1, so that a hundred seats do not come back in the same instant. */
  readonly dice: number
} & (
    | { readonly type: 'asked'; readonly servers: readonly string[] }
    | { readonly type: 'stopped' }
    | { readonly type: 'opened' }
    | { readonly type: 'closed' }
    | { readonly type: 'registered'; readonly expiresMs: number }
    | {
        readonly type: 'refused'
        readonly status: number
        readonly retryAfterMs: number | null
        readonly minExpiresMs: number | null
        readonly redirect: string | null
      }
    /** An answer came from the PBX: both directions of the socket work. */
    | { readonly type: 'heard' }
    | { readonly type: 'talkingChanged'; readonly talking: boolean }
    /** The network came back or a person asked: do not wait any longer. */
    | { readonly type: 'nudged' }
    | { readonly type: 'ticked' }
  )

export type LineEffect =
  | { readonly type: 'openSocket'; readonly server: string }
  /** Closes whatever socket there is, without waiting for its good-bye. */
  | { readonly type: 'dropSocket' }
  /** The same to a socket that seems dead and may only be slow: what still comes on it may end a call. */
  | { readonly type: 'leaveSocket' }
  | { readonly type: 'register'; readonly expiresMs: number }
  | { readonly type: 'ping' }
  /** The line is good again after a gap: bring the live calls over. */
  | { readonly type: 'repairCalls' }
  | { readonly type: 'report'; readonly link: PhoneLink }
