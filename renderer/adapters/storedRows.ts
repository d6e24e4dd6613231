// Rows as the seat's database holds them: what lies in each table, sealed, and what stands beside it to find it by.
import type { PushKind } from '../../contract/sync.ts'
import type { TicketState } from '../../contract/tickets.ts'
import type { WarningState } from '../../contract/warnings.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/**
 * A call of this seat (with its rev) or of another one. What stands beside the sealed part is for finding and comparing
 * it: ids, instants, codes, and blinds (core/seal/sealer.ts) of the texts of core/sync/searchKeys.ts.
 */
export type CallRow = {
  id: string
  offeredAt: number
  /** Only of this seat's own. */
  rev?: number
  filedAt?: number
  ticketId?: string
  /** core/sync/retention.ts: stays until it is finished. */
  unfinished?: 1
  category?: string
  /** When its caller was promised a call. */
  agreed?: number
  /** Whose it was. Absent, as the next three are, in rows from before version 6. */
  agent?: string
  /** core/wrapup/callBacks.ts: its disposition, or that its line was cut. */
  left?: string
  /** Somebody spoke with the other side. */
  spoken?: 1
  /** Blind of the employer it is about. */
  employer?: string
  /** Blinds; absent for a withheld number. */
  caller?: string
  end?: string
  names: readonly string[]
  /** Blind of the PBX's reference. */
  ref?: string
  /** Own: its item, as in the outbox. Another's: its summary. */
  sealed: Bytes
}

export type JournalRow = { id: string; sealed: Bytes }
export type DraftRow = { callId: string; openedAt: number; sealed: Bytes }

/** later, parked and since exist only when they mean something: absent keys cost an index nothing. */
export type WaitingRow = {
  seq: number
  /** kind:id, unique. */
  key: string
  id: string
  kind: PushKind
  rev: number
  /** The finished PushItem, sealed. */
  sealed: Bytes
  putAt: number
  attempts: number
  /** Put off until this instant. */
  later?: number | undefined
  /** Refused at this instant. */
  parked?: number | undefined
  /** Took the place of an unsent row put then. */
  since?: number | undefined
  /** Goes before the others, 0 before 1 (core/sync/urgency.ts). */
  urgent?: 0 | 1
  problem: { text: string; field: string | null; at: number } | null
}
export type NewWaiting = Omit<WaitingRow, 'seq'>

/** What the centre acknowledged in one go; kept for sentKeptMs in case it comes back from a backup. */
export type SentRow = {
  /** The centre's own instant. */
  at: number
  /** Seq of the first row: two answers may share an instant. */
  first: number
  calls: readonly string[]
  tickets: readonly string[]
  /** Absent in rows from before there were warnings. */
  warnings?: readonly string[]
  /** Notes stand nowhere else: their items, as in the outbox. */
  notes: readonly { id: string; sealed: Bytes }[]
}

export type TicketRow = {
  id: string
  dispatchedAt: number
  rev: number
  urgent?: 0 | 1
  /** The dispatch: its item, as in the outbox. */
  sealed: Bytes
  /** Official number; null: not known yet. */
  number: string | null
  /** As the centre last told it; null: it has not yet. */
  centre: { changedAt: number; state: TicketState; sealed: Bytes } | null
}

export type WarningRow = {
  id: string
  raisedAt: number
  rev: number
  /** The report: its item, as in the outbox. */
  sealed: Bytes
  /** Official number of its event; null, or absent in rows from before it was kept: not known yet. */
  number?: string | null
  /** As the centre last told it; null: it has not yet. */
  centre: { changedAt: number; state: WarningState; sealed: Bytes } | null
}
