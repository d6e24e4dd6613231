// What core needs from the world, with the guarantee of each method. Adapters and fakes are functions that
// return these objects; test/suites states the guarantees as tests and runs them on both.
import type { Answer } from '../contract/answer.ts'
import type { CallId } from '../contract/ids.ts'
import type { CallRecord, CallSummary, SipAccount } from '../contract/softphone.ts'
import type { AuditNote, PullAnswer, PullRequest, PushAnswer, PushKind } from '../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../contract/tickets.ts'
import type { Draft } from '../contract/wrapup.ts'
import type { Reference } from '../contract/reference.ts'
import type { PhoneEvent } from './softphone/phoneEvent.ts'

export interface Clock {
  /** Wall time, epoch ms. May jump. */
  now(): number
  /** Monotonic ms since some start. Never goes back. */
  tick(): number
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

export type Devices = {
  readonly microphone: string | null
  readonly speaker: string | null
  readonly echoCancellation: boolean
  readonly noiseSuppression: boolean
  readonly autoGainControl: boolean
}

/** The telephone. Commands return at once; what becomes of them arrives as PhoneEvents. Nothing here throws. */
export interface Phone {
  /** Registers and stays registered: reconnects by itself with jitter until `disconnect`. Warms the microphone. */
  connect(account: SipAccount): void
  /** Unregisters and closes the line. Live calls are ended first. */
  disconnect(): Promise<void>
  /** Starts an outgoing call under this id; `ended` follows if it cannot be put through. */
  dial(callId: CallId, number: string): void
  /** Says 200 at once (the answer was prepared while it rang); `connected` follows when the PBX acknowledges. */
  answer(callId: CallId): void
  /** `busy` answers 486, `decline` 603. */
  reject(callId: CallId, how: 'busy' | 'decline'): void
  /** Ends, cancels or rejects, whichever fits. `ended` comes at once even if the other side never confirms. */
  hangUp(callId: CallId): void
  hold(callId: CallId): void
  resume(callId: CallId): void
  /** Muting changes what is sent, not the call: takes effect at once. */
  mute(callId: CallId, muted: boolean): void
  /** RFC 4733 events, in order. */
  sendDigits(callId: CallId, digits: string): void
  /** Blind transfer: `transferred` then `ended`, or `transferFailed` with the caller back on the line. */
  transfer(callId: CallId, number: string): void
  /** Dials the PBX's queue code. ok: the PBX has heard it. */
  tellQueue(code: string): Promise<Answer<null>>
  /** Takes effect on live calls too. */
  useDevices(devices: Devices): void
  /** One listener; events arrive in the order they happened. */
  listen(listener: (event: PhoneEvent) => void): void
}

/** The seat's own memory of calls, forms and work orders. Every promise that resolves ok is on disk. */
export interface Records {
  /** At the first ring: so that a crash leaves a record and not a hole. Local only, not sent. */
  journal(record: CallRecord): Promise<Answer<null>>
  /** The call ended: record and its outbox row in one transaction. `send` false keeps it local for now. */
  finish(record: CallRecord): Promise<Answer<null>>
  /** Saves what was typed. Resolves when it is on disk. */
  saveDraft(draft: Draft): Promise<Answer<null>>
  /** The form is filed: record, outbox rows (call, ticket), and the draft's removal in one transaction. */
  file(record: CallRecord, ticket: TicketDispatch | null): Promise<Answer<null>>
  read(id: CallId): Promise<CallRecord | null>
  drafts(): Promise<readonly Draft[]>
  /** Calls journalled but never finished: the program stopped in the middle. */
  unfinished(): Promise<readonly CallRecord[]>
  /** Newest first. `before`: offeredAt of the last row seen. Own calls and other seats' alike. */
  page(query: CallQuery): Promise<readonly CallSummary[]>
  count(query: Omit<CallQuery, 'before' | 'limit'>): Promise<number>
  /** Earlier calls of this number, newest first. */
  ofNumber(number: string, limit: number): Promise<readonly CallSummary[]>
  noteAudit(note: AuditNote): Promise<Answer<null>>
  /** Work orders this agent dispatched, newest first; those not yet sent have no number. */
  tickets(limit: number): Promise<readonly LocalTicket[]>
  reference(): Promise<Reference | null>
}

export type CallQuery = {
  /** Last 3–11 digits of the number, a name, or ''. */
  readonly text: string
  readonly category: string | null
  readonly from: number | null
  readonly to: number | null
  readonly before: number | null
  readonly limit: number
}

export type LocalTicket = { readonly dispatch: TicketDispatch; readonly centre: Ticket | null }

/** A thing waiting to be sent. `json` is the finished PushItem text, so sending needs no second serialisation. */
export type OutboxRow = {
  readonly id: string
  readonly kind: PushKind
  readonly rev: number
  readonly seq: number
  readonly json: string
  readonly putAt: number
  readonly attempts: number
  /** Not before this instant. */
  readonly dueAt: number
  /** waiting: will be sent. parked: the centre refused it; a person decides. There is no third fate. */
  readonly state: 'waiting' | 'parked'
  /** The centre's word on it, for the agent. */
  readonly problem: { readonly text: string; readonly field: string | null; readonly at: number } | null
}

/** Unsent work. Written by Records in the same transaction as the record; emptied only by settle. */
export interface Outbox {
  /** Due rows, oldest first (by seq), never a parked one, at most `limit` rows and about `maxBytes` of json. */
  due(now: number, limit: number, maxBytes: number): Promise<readonly OutboxRow[]>
  /** Applies fates in one transaction. A `remove` or `park` for an older rev than the row's present one does nothing. */
  settle(fates: readonly OutboxFate[]): Promise<Answer<null>>
  /** When the next waiting row becomes due; null: none waits. */
  nextDueAt(): Promise<number | null>
  counts(): Promise<{ waiting: number; parked: number; oldestPutAt: number | null }>
  list(limit: number): Promise<readonly OutboxRow[]>
  /** A person says: try this (or all parked) again. */
  retry(ids: readonly string[] | 'all'): Promise<Answer<null>>
  /** Tells when rows were put or changed, also from another window. */
  listen(listener: () => void): () => void
}

export type OutboxFate =
  | {
      readonly id: string
      readonly kind: PushKind
      readonly rev: number
      readonly fate: 'remove'
      readonly number: string | null
    }
  | {
      readonly id: string
      readonly kind: PushKind
      readonly rev: number
      readonly fate: 'wait'
      readonly dueAt: number
    }
  | {
      readonly id: string
      readonly kind: PushKind
      readonly rev: number
      readonly fate: 'park'
      readonly text: string
      readonly field: string | null
      readonly at: number
    }

/** What came from the centre, kept for the time without it. */
export interface Mirror {
  cursor(): Promise<{ readonly cursor: number; readonly reference: number; readonly epoch: number | null }>
  /** Stores one pulled page and its cursor in one transaction. Own newer unsent work is never overwritten. */
  take(page: PullAnswer): Promise<Answer<null>>
}

/** The centre as the uploader sees it. Never throws: no answer, a portal's answer and 5xx are Problems. */
export interface Uplink {
  /** `items` are finished PushItem texts. */
  push(items: readonly string[]): Promise<Answer<PushAnswer>>
  pull(request: PullRequest): Promise<Answer<PullAnswer>>
  /** A tiny request: is the centre there? */
  probe(): Promise<Answer<null>>
}
