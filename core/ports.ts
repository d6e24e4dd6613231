// What core needs from the world, with the guarantee of each method. Adapters and fakes are functions that
// return these objects; test/suites states the guarantees as tests and runs them on both. The centre's: centrePorts.ts.
import type { Answer } from '../contract/answer.ts'
import type { AccountId, CallId, TicketId } from '../contract/ids.ts'
import type { CallRecord, CallSummary, SipAccount } from '../contract/softphone.ts'
import type { AuditNote, PushKind } from '../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../contract/tickets.ts'
import type { WarningReport, WarningTold } from '../contract/warnings.ts'
import type { Draft } from '../contract/wrapup.ts'
import type { Reference } from '../contract/reference.ts'
import type { PhoneEvent } from './softphone/phoneEvent.ts'
import type { RecordingState } from './softphone/recording.ts'
import type { VoicePath } from './softphone/sound.ts'
import type { WaitingQuery } from './wrapup/callBacks.ts'

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
  /**
   * Starts an outgoing call under this id; `ended` follows if it cannot be put through. `callRef`: the call it is made
   * for, told to the PBX so that whoever is asked has the same reference.
   */
  dial(callId: CallId, number: string, callRef?: string | null): void
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
  /**
   * Asks the PBX to pause recording or to go on: `recordingChanged` when it confirms, else `recordingUnchanged`; that at
   * once without a line.
   */
  turnRecording(callId: CallId, to: RecordingState): void
  /** RFC 4733 events, in order. */
  sendDigits(callId: CallId, digits: string): void
  /** Blind transfer: `transferred` then `ended`, or `transferFailed` with the caller back on the line. */
  transfer(callId: CallId, number: string): void
  /**
   * Attended transfer: the other sides of our two calls are put through to each other. `transferred` of the first,
   * then `ended` of both; or `transferFailed`, and whichever is still there is as it was.
   */
  handOver(callId: CallId, toCallId: CallId): void
  /** Three-way: `joined` or `joinFailed` follows. A held side neither speaks nor hears until it is resumed. */
  join(callId: CallId, withId: CallId): void
  /** Ends the three-way: each side is alone with us again. `parted` follows, also by itself when one call ends. */
  part(callId: CallId, withId: CallId): void
  /** Dials the PBX's queue code. ok: the PBX has heard it. */
  tellQueue(code: string): Promise<Answer<null>>
  /** Takes effect on live calls too. */
  useDevices(devices: Devices): void
  /** Network or computer are back: no longer waits for its next try; asks whether the line is still there, and registers anew. */
  nudge(): void
  /** Looks again at microphone and ear and opens what is not open; what is found arrives as events. */
  checkSound(): void
  /** The agent agrees to hear callers on this device, which may be a loudspeaker. */
  hearOn(device: string): void
  /** A silent call to the echo number: does voice get through? `untried`: that call was not to be had. */
  tryVoicePath(number: string): Promise<VoicePath>
  /** One listener; events arrive in the order they happened. */
  listen(listener: (event: PhoneEvent) => void): void
}

/**
 * The seat's own memory of calls, forms and work orders. Every promise that resolves ok is on disk; none rejects:
 * a disk that is full or does not answer within five seconds is a Problem, never an empty list.
 */
export interface Records {
  /** At the first ring and when it connects: a crash leaves a record, not a hole. Local only; nothing once finished. */
  journal(record: CallRecord): Promise<Answer<null>>
  /** The call ended: record and its outbox row in one transaction. A second finish of the same rev changes nothing. */
  finish(record: CallRecord): Promise<Answer<null>>
  /** Saves what was typed. Resolves when it is on disk. A draft opened before its call was filed is not kept. */
  saveDraft(draft: Draft): Promise<Answer<null>>
  /** The agent throws an unfiled form away. */
  dropDraft(id: CallId): Promise<Answer<null>>
  /**
   * The form is filed: record, outbox rows (call, ticket), and the draft's removal in one transaction. The record's
   * rev must be higher than the stored one; the same rev again changes nothing, so a double click files once.
   * `bad_input` / `too_large` name the field; `conflict`: this call already led to another work order, or this rev says something else.
   */
  file(record: CallRecord, ticket: TicketDispatch | null): Promise<Answer<null>>
  /**
   * Many records saved once before, in portions: for rebuilding a store. Those already here are left alone, so it can
   * be repeated. They are not checked again.
   */
  restore(records: readonly CallRecord[]): Promise<Answer<null>>
  /** A call of this seat as last stored; null: unknown here, or another seat's. */
  read(id: CallId): Promise<Answer<CallRecord | null>>
  /** Forms not yet filed, oldest first. */
  drafts(): Promise<Answer<readonly Draft[]>>
  /** Calls journalled but never finished: the program stopped in the middle. core/sync/recover.ts makes them records. */
  unfinished(): Promise<Answer<readonly CallRecord[]>>
  /** What the lists tell of one call, own or another seat's; null: unknown here. */
  summary(id: CallId): Promise<Answer<CallSummary | null>>
  /** Newest first, own calls and other seats' alike. */
  page(query: CallQuery): Promise<Answer<readonly CallSummary[]>>
  count(query: Omit<CallQuery, 'before' | 'limit'>): Promise<Answer<number>>
  /** Earlier calls of this number, newest first. Prefixes +86, 0086 and a mobile's 0 make no difference. */
  ofNumber(number: string, limit: number): Promise<Answer<readonly CallSummary[]>>
  /** Who waits for our call: of each number the last one left so, unless somebody spoke with it since; in no order. This and the next three however many other calls there are. */
  waiting(query: WaitingQuery): Promise<Answer<readonly CallSummary[]>>
  /** What this agent had since `from`, newest first. */
  ofAgent(agent: AccountId, from: number): Promise<Answer<readonly CallSummary[]>>
  /** What of it nobody answered, and every later call with these numbers, which tell who was reached; in no order. */
  missed(agent: AccountId, from: number): Promise<Answer<readonly CallSummary[]>>
  /** How many calls since `from` are about this employer, `except` not counted; 0 for a name that tells too little. */
  countAbout(employer: string, from: number, except: CallId): Promise<Answer<number>>
  /** The other calls of the same reference around that time (a call passed on from seat to seat), oldest first. */
  linked(call: Pick<CallSummary, 'id' | 'callRef' | 'offeredAt'>): Promise<Answer<readonly CallSummary[]>>
  /** A warning is raised or changed: its row and its outbox row in one transaction. A rev stored already changes nothing; `conflict`: it says something else. */
  warn(report: WarningReport): Promise<Answer<null>>
  /** Warnings this agent raised, newest first. */
  warnings(limit: number): Promise<Answer<readonly LocalWarning[]>>
  noteAudit(note: AuditNote): Promise<Answer<null>>
  /**
   * Work orders this agent dispatched, newest first; those not yet sent have no number. Every one that is not answered or of
   * which something waits, however many; of the others the newest `answered`.
   */
  tickets(answered: number): Promise<Answer<readonly LocalTicket[]>>
  /** One of them, however old; null: it is not here. */
  ticket(id: TicketId): Promise<Answer<LocalTicket | null>>
  /** The newest reference data this program can read. */
  reference(): Promise<Answer<Reference | null>>
}

export type CallQuery = {
  /** Last 3–11 digits of the number, any part of a name, or ''. */
  readonly text: string
  readonly category: string | null
  /** First instant wanted, and first instant no longer wanted. */
  readonly from: number | null
  readonly to: number | null
  /** The last row seen, null: from the newest. */
  readonly before: Pick<CallSummary, 'id' | 'offeredAt'> | null
  readonly limit: number
}

export type LocalTicket = {
  readonly dispatch: TicketDispatch
  /** Official number; null until the centre has it. */
  readonly number: string | null
  /** As the centre last told it; null: not pulled yet. */
  readonly centre: Ticket | null
}

export type LocalWarning = {
  readonly report: WarningReport
  /** As the centre last told it; null: not pulled yet. */
  readonly centre: WarningTold | null
}

/** A thing waiting to be sent. `text` is the finished PushItem, JSON in UTF-8: sending serialises nothing again. */
export type OutboxRow = {
  /** Order of putting. A later rev of the same thing is a new row with a new seq in place of the old one. */
  readonly seq: number
  readonly id: string
  readonly kind: PushKind
  readonly rev: number
  /** Overtakes the others: a warning, and after it a work order of the highest urgency. */
  readonly urgent: boolean
  /** Of a work order or a warning: the official number the centre told of it. */
  readonly told?: string
  readonly text: Uint8Array<ArrayBuffer>
  /** When the oldest change in it was put: the sync lag counts from here. */
  readonly putAt: number
  /** How often the centre failed on this very row. */
  readonly attempts: number
  /** Not before this instant; 0: at once. */
  readonly dueAt: number
  /** waiting: will be sent. parked: the centre refused it; a person decides. There is no third fate; GivenUp takes it out. */
  readonly state: 'waiting' | 'parked'
  /** The centre's word on it, for the agent. */
  readonly problem: { readonly text: string; readonly field: string | null; readonly at: number } | null
}

/**
 * Unsent work. Written by Records in the same transaction as the record; emptied only by settle, and of what was refused by GivenUp.
 * Holds one row per (kind, id): a later rev takes the place of an unsent or parked earlier one. None rejects.
 */
export interface Outbox {
  /**
   * Due rows after seq `after`, oldest first, never a parked one; from the start (0) warnings come first, then what else is urgent: at most `limit` rows and, past the first, `maxBytes`
   * of text. A row put off for longer than core ever asks (the clock was moved back since) is due.
   */
  due(now: number, limit: number, maxBytes: number, after: number): Promise<Answer<readonly OutboxRow[]>>
  /**
   * Applies fates in one transaction. A row is named by its seq, so an answer to an older rev cannot touch a newer one.
   * A word from before the epoch the mirror is at removes nothing: the centre may have lost the row since.
   */
  settle(fates: readonly OutboxFate[]): Promise<Answer<null>>
  /** When the next waiting row becomes due (0: at once); null: none waits. */
  nextDueAt(): Promise<Answer<number | null>>
  counts(): Promise<Answer<OutboxCounts>>
  /** Parked ones first, then oldest first. */
  list(limit: number): Promise<Answer<readonly OutboxRow[]>>
  /** What of these calls, work orders, warnings or notes has not reached the centre; ids not in the answer have. */
  unsent(ids: readonly string[]): Promise<Answer<ReadonlyMap<string, OutboxRow['state']>>>
  /**
   * The centre speaks under an epoch not seen before: what it acknowledged in the last seven days waits again, each
   * thing as it stands now, and the mirror begins anew under this epoch, in one transaction.
   */
  sendAgain(epoch: number): Promise<Answer<null>>
  /** A person says: try these (or everything) again now, parked or put off. */
  retry(seqs: readonly number[] | 'all'): Promise<Answer<null>>
  /** Tells when rows were put or changed, also from another window. */
  listen(listener: (news: OutboxNews) => void): () => void
}

/** urgent, more: rows were put, or may go again, among them one that overtakes the others. less: rows left, or were put off or refused. */
export type OutboxNews = 'urgent' | 'more' | 'less'

export type OutboxCounts = {
  readonly waiting: number
  readonly parked: number
  /** Of the waiting ones; null: none waits, or it is not known. */
  readonly oldestPutAt: number | null
  /** Seq of the newest row among all of them; 0: there is none. */
  readonly newest: number
  /** The store lacks, or may lack, what the second journal has: nobody can say for certain that this is all. */
  readonly unsure?: true
}

export type OutboxFate = { readonly seq: number; readonly id: string; readonly kind: PushKind } &
  /** `said`: when the centre said so, by its own clock, and under which epoch. */
  (
    | {
        readonly fate: 'remove'
        readonly number: string | null
        readonly said: { readonly at: number; readonly epoch: number }
      }
    | { readonly fate: 'wait'; readonly dueAt: number; readonly attempts: number }
    | { readonly fate: 'park'; readonly text: string; readonly field: string | null; readonly at: number }
  )

/** A refused thing, as the centre has it. */
export type AtCentre =
  | { readonly kind: 'call'; readonly body: CallRecord }
  | { readonly kind: 'ticket'; readonly body: Ticket }

export type LetGo = Pick<OutboxRow, 'id' | 'kind' | 'rev' | 'text' | 'problem'> & { readonly at: number }

/** Refused work its person has let go of. None rejects. */
export interface GivenUp {
  /**
   * The row leaves the outbox, `there` takes its place on the seat, and a note of it for the audit waits in its stead, all in one
   * step. `not_found`: it is not refused any more.
   */
  give(seq: number, there: AtCentre, by: Pick<AuditNote, 'id' | 'agent'>): Promise<Answer<null>>
  /** Newest first. */
  list(): Promise<Answer<readonly LetGo[]>>
}

/** A thing as it lies sealed in the second journal: the same bytes as in the store. */
export type JournalPiece = {
  /** Its table and id: `call:…`, `ticket:…`, `warning:…`, `audit:…`, `draft:…`, `journal:…` (a call not over yet). */
  readonly key: string
  /** null: the later one counts; else the higher one, the first of equals. */
  readonly rev: number | null
  readonly sealed: Uint8Array<ArrayBuffer>
}
/** It is over: up to `rev` (null: any), put by save `seq` (null: by any). */
export type JournalEnd = { readonly key: string; readonly rev: number | null; readonly seq: number | null }

/**
 * The second place on this computer where unsent work lies, outside the browser's database. None rejects.
 */
export interface SecondJournal {
  /** ok: all of it is on the disk; the number of this save. A save that only ends things is not waited for by the disk. */
  save(puts: readonly JournalPiece[], ends: readonly JournalEnd[]): Promise<Answer<number>>
  /** Everything it holds that is not over. */
  read(): Promise<Answer<readonly JournalPiece[]>>
  /** The seat is left: another page may use it. */
  close(): void
}
