// What happened, in order: all that the checker ever sees. Names and numbers of people never stand in it.
import { createHash } from 'node:crypto'
import type { PushKind } from '../../contract/sync.ts'

export type Thing = { readonly kind: PushKind; readonly id: string; readonly rev: number }

export type Happening = { readonly at: number } &
  /** The screen said saved. */
  (
    | ({ readonly what: 'told'; readonly store: string } & Thing)
    /** A row stands in the outbox, on disk. */
    | ({ readonly what: 'put'; readonly store: string; readonly seq: number } & Thing)
    /** A row is no longer in the outbox. `replaced`: a later revision took its place in the same transaction. */
    | ({
        readonly what: 'left'
        readonly store: string
        readonly seq: number
        readonly replaced: boolean
      } & Thing)
    | ({ readonly what: 'parked'; readonly store: string; readonly seq: number } & Thing)
    | ({ readonly what: 'unparked'; readonly store: string; readonly seq: number } & Thing)
    /** A person asked for refused rows to be tried again. */
    | { readonly what: 'retried'; readonly store: string }
    /** A request left the seat; an answer reached it. */
    | { readonly what: 'request'; readonly seat: string; readonly path: string }
    | {
        readonly what: 'answer'
        readonly seat: string
        readonly path: string
        readonly status: number
        readonly retryAfterMs: number | null
      }
    /** Something told the seat not to wait any longer: a person, the network, a sign-in. */
    /** `byPerson`: the only one for whom a wait the centre asked for ends sooner. */
    | { readonly what: 'hurried'; readonly seat: string; readonly byPerson: boolean }
    /** Arrived at the centre under this account's token. */
    | ({
        readonly what: 'arrived'
        readonly store: string
        readonly account: string
        readonly agent: string
        /** The official number its seat says the work order has. */
        readonly told: string | null
      } & Thing)
    /** Committed at the centre. `number`: the official number drawn for a new work order. */
    | ({ readonly what: 'stored'; readonly number: string | null } & Thing)
    | ({ readonly what: 'refused' } & Thing)
    | { readonly what: 'backup'; readonly backup: number }
    | { readonly what: 'restored'; readonly backup: number; readonly epoch: number }
    | { readonly what: 'crashed'; readonly who: string; readonly how: string }
    /** The text of an unsent row was damaged on the disk. */
    | ({ readonly what: 'damaged'; readonly store: string } & Thing)
    /** Personal data where none may be. */
    | { readonly what: 'leaked'; readonly where: string }
    /** No fault any more from here on. */
    | { readonly what: 'calm' }
    /** The badge says that all is at the centre. */
    | { readonly what: 'synced'; readonly store: string }
    /** The account has been signed in with all well for ten minutes; what still waits, what is parked. */
    | {
        readonly what: 'rested'
        readonly store: string
        readonly waiting: readonly Thing[]
        readonly parked: readonly Thing[]
        /** Calls of others the seat knows, and those the centre holds. */
        readonly missed: readonly string[]
        readonly badge: string
        /** How far the time it writes into records is from true time. */
        readonly wrongByMs: number
      }
    /** What the centre holds at the very end. */
    | ({ readonly what: 'held' } & Thing)
  )

export type Told = Happening extends infer H ? (H extends Happening ? Omit<H, 'at'> : never) : never

export type History = {
  add(happening: Told): void
  readonly all: readonly Happening[]
  /** Equal for equal histories. */
  hash(): string
}

export const newHistory = (now: () => number): History => {
  const all: Happening[] = []
  return {
    add: (happening) => void all.push({ at: now(), ...happening }),
    all,
    hash: () =>
      createHash('sha256')
        .update(all.map((each) => JSON.stringify(each)).join('\n'))
        .digest('hex')
        .slice(0, 16),
  }
}
