// What the uploader knows, hears and asks for. How it moves is uploader.ts.
import type { Answer, Problem } from '../../contract/answer.ts'
import type { PushAnswer } from '../../contract/sync.ts'
import type { OutboxFate, OutboxRow } from '../ports.ts'
import type { Moment } from './settle.ts'

/** Small at first for a quick first acknowledgement; bytes cap the large ones. */
export const firstBatch = 64
/** The centre takes a thousand items; one more may tell numbers [SERVER-57]. */
export const largestBatch = 999
export const batchBytes = 1_900_000

type Answered = {
  readonly type: 'answered'
  readonly ticket: number
  readonly answer: Answer<PushAnswer>
  readonly tookMs: number
}

/** A batch sent before the one ahead of it was answered; its own answer waits for that one. */
export type Flight = {
  readonly ticket: number
  readonly rows: readonly OutboxRow[]
  readonly answered: (Moment & Answered) | null
}

export type Uploader = {
  readonly phase:
    | { readonly at: 'off' }
    | { readonly at: 'idle' }
    /** `ticket` null: acknowledged rows are still being taken off the disk, then it reads from the start. */
    | { readonly at: 'reading'; readonly ticket: number | null; readonly fromStart: boolean }
    /** `ahead`: the next batch: the ticket of its reading, its rows, or on its way already. */
    | {
        readonly at: 'sending'
        readonly ticket: number
        readonly rows: readonly OutboxRow[]
        readonly ahead: number | readonly OutboxRow[] | Flight
      }
    /** `asked`: the centre asked not to be asked sooner. */
    | { readonly at: 'waiting'; readonly probe: boolean; readonly until: number; readonly asked: boolean }
    | { readonly at: 'probing' }
    | { readonly at: 'signedOut' }
    /** Somebody is on the line and the link is thin: only what is urgent goes. */
    | { readonly at: 'yielding' }
  /** Number of the next question asked; an answer to an older one is nobody's. */
  readonly nextTicket: number
  /** Rows asked for next time. */
  readonly batch: number
  /** Never more than this: a larger body was too large for the centre or something before it. */
  readonly ceiling: number
  /** In a row, since something last went well. */
  readonly failures: number
  /** Something was put or changed since the outbox was last read from the start. */
  readonly stale: boolean
  /** And among it something urgent: the next reading is from the start. */
  readonly urgent: boolean
  /** Somebody is on the line. */
  readonly lineBusy: boolean
  /** The last answer was not quick, or none came in time. */
  readonly slow: boolean
  /** Settlings not yet on disk. */
  readonly unsettled: number
  /** The centre stored something since it last failed on a row alone. */
  readonly othersPass: boolean
  /** Seq after which the next reading begins: past the rows that failed alone, so that each gets its turn. */
  readonly from: number
  /** The row that last failed alone, since something passed or a wait began. */
  readonly suspect: number | null
  /** Since when the centre has not taken anything, and what was in the way; null: nothing is. */
  readonly trouble: { readonly since: number; readonly problem: Problem } | null
  readonly lastStoredAt: number | null
}

export type UploadEvent = Moment &
  (
    | { readonly type: 'started' }
    | { readonly type: 'stopped' }
    /** The outbox has new or changed rows. */
    | { readonly type: 'put'; readonly urgent: boolean }
    | { readonly type: 'line'; readonly busy: boolean }
    | { readonly type: 'rowsRead'; readonly ticket: number; readonly rows: Answer<readonly OutboxRow[]> }
    | { readonly type: 'nextDueRead'; readonly dueAt: number | null }
    | Answered
    | { readonly type: 'settled'; readonly answer: Answer<null> }
    | { readonly type: 'probed'; readonly answer: Answer<null> }
    | { readonly type: 'woke' }
    /** A person pressed "send now"; or by itself: the network or the live line is back, the token is new. */
    | { readonly type: 'hurried'; readonly byPerson: boolean }
  )

export type UploadEffect =
  /** Due rows after this seq → rowsRead. */
  | {
      readonly do: 'read'
      readonly ticket: number
      readonly after: number
      readonly limit: number
      readonly maxBytes: number
    }
  | { readonly do: 'readNextDue' }
  | { readonly do: 'push'; readonly ticket: number; readonly rows: readonly OutboxRow[] }
  | { readonly do: 'settle'; readonly fates: readonly OutboxFate[] }
  | { readonly do: 'probe' }
  /** Replaces an earlier wake. */
  | { readonly do: 'wake'; readonly afterMs: number }

export type UploadStep = [Uploader, UploadEffect[]]

export const newUploader: Uploader = {
  phase: { at: 'off' },
  nextTicket: 1,
  batch: firstBatch,
  ceiling: largestBatch,
  failures: 0,
  stale: false,
  urgent: false,
  lineBusy: false,
  slow: false,
  unsettled: 0,
  othersPass: false,
  from: 0,
  suspect: null,
  trouble: null,
  lastStoredAt: null,
}
