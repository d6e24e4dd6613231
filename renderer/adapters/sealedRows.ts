// What is put into the tables: made and opened here, so that nothing of a person gets there but sealed or blinded. What
// goes to the centre is sealed once, as the finished item: outbox, calls and work orders hold the same bytes. All of it
// happens before or after a transaction, which would not wait for it.
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { PushItem, PushKind } from '../../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import type { WarningReport, WarningTold } from '../../contract/warnings.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { summaryOf } from '../../core/softphone/callSummary.ts'
import { employerText, nameTexts, numberTexts } from '../../core/sync/searchKeys.ts'
import { isUnfinished } from '../../core/sync/retention.ts'
import { urgencyOf } from '../../core/sync/urgency.ts'
import { leftAs } from '../../core/wrapup/callBacks.ts'
import type { Bytes, CallRow, DraftRow, JournalRow, NewWaiting, TicketRow, WarningRow } from './storedRows.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const bytesOf = (content: unknown): Bytes => encoder.encode(JSON.stringify(content))

/** What no seal was made of here is a bug; what does not open (null) has lost its key. */
const opened = async <T>(sealer: Sealer, table: string, id: string, sealed: Bytes): Promise<T | null> => {
  const plain = await sealer.open(table, id, sealed)
  if (!plain) return null
  const content: T = JSON.parse(decoder.decode(plain))
  return content
}

/** The finished item of a row as UTF-8: sending serialises nothing. */
export const openItem = (
  sealer: Sealer,
  row: { readonly kind: PushKind; readonly id: string; readonly sealed: Bytes },
): Promise<Bytes | null> => sealer.open(row.kind, row.id, row.sealed)

const sealItem = (sealer: Sealer, item: PushItem): Promise<Bytes> =>
  sealer.seal(item.kind, item.body.id, bytesOf(item))

export const keyOf = (kind: PushKind, id: string): string => `${kind}:${id}`

type ItemHead = {
  readonly id: string
  readonly kind: PushKind
  readonly rev: number
  readonly urgent?: 0 | 1 | undefined
}

export const waitingRow = ({ id, kind, rev, urgent }: ItemHead, sealed: Bytes, now: number): NewWaiting => ({
  key: keyOf(kind, id),
  id,
  kind,
  rev,
  sealed,
  putAt: now,
  attempts: 0,
  problem: null,
  ...(urgent === undefined ? {} : { urgent }),
})

/** A new row for this item, built before the transaction so that nothing slow happens inside it. */
export const newWaiting = async (sealer: Sealer, item: PushItem, now: number): Promise<NewWaiting> => {
  const { id, rev } = item.body
  const urgent = urgencyOf(item) ?? undefined
  return waitingRow({ id, kind: item.kind, rev, urgent }, await sealItem(sealer, item), now)
}

/** What a call is found by. */
export const keysOf = async (sealer: Sealer, summary: CallSummary) => {
  const { number, callerName, category, callRef, callBackAt } = summary
  const texts = numberTexts(number)
  const about = employerText(summary.employer)
  const left = leftAs(summary)
  const [names, caller, end, ref, employer] = await Promise.all([
    Promise.all(nameTexts(callerName).map(sealer.blind)),
    texts && sealer.blind(texts.caller),
    texts && sealer.blind(texts.end),
    callRef === null ? null : sealer.blind(refText(callRef)),
    about && sealer.blind(about),
  ])
  return {
    id: summary.id,
    offeredAt: summary.offeredAt,
    names,
    agent: summary.agent,
    ...(caller !== null && end !== null ? { caller, end } : {}),
    ...(ref === null ? {} : { ref }),
    ...(category === null ? {} : { category }),
    ...(callBackAt ? { agreed: callBackAt } : {}),
    ...(left === null ? {} : { left }),
    ...(summary.outcome === 'answered' ? { spoken: 1 as const } : {}),
    ...(employer === null ? {} : { employer }),
  }
}

/** The PBX's reference may be made of anything. */
export const refText = (callRef: string): string => `ref ${callRef}`

export type OwnRow = CallRow & { readonly rev: number }

/** A call of this seat and what waits of it to be sent: the same sealed bytes. */
export const ownRows = async (
  sealer: Sealer,
  record: CallRecord,
  now: number,
): Promise<{ readonly row: OwnRow; readonly waiting: NewWaiting }> => {
  // Side by side: an agent waits for both.
  const [keys, waiting] = await Promise.all([
    keysOf(sealer, summaryOf(record)),
    newWaiting(sealer, { kind: 'call', body: record }, now),
  ])
  const row = {
    ...keys,
    rev: record.rev,
    ...(record.filedAt === null ? {} : { filedAt: record.filedAt }),
    ...(record.ticketId === null ? {} : { ticketId: record.ticketId }),
    ...(isUnfinished(record) ? { unfinished: 1 as const } : {}),
    sealed: waiting.sealed,
  }
  return { row, waiting }
}

export const otherRow = async (sealer: Sealer, summary: CallSummary): Promise<CallRow> => ({
  ...(await keysOf(sealer, summary)),
  sealed: await sealer.seal('summary', summary.id, bytesOf(summary)),
})

/** null: another seat's, or under a key that is not here. */
export const openRecord = async (
  sealer: Sealer,
  row: Pick<CallRow, 'id' | 'rev' | 'sealed'>,
): Promise<CallRecord | null> =>
  row.rev === undefined
    ? null
    : ((await opened<{ body: CallRecord }>(sealer, 'call', row.id, row.sealed))?.body ?? null)

/** What summaries from before protocols 3 and 6 leave out. */
const toldNothing = { endedBy: null, callRef: null, madeFor: null, dialled: false, callBackAt: null }

/** Another seat's as a program before sealing left it; sealStore.ts has not come to it yet. */
const inClear = (row: CallRow | { readonly summary: CallSummary | null }): CallSummary | null =>
  'summary' in row ? row.summary : null

export const openSummary = async (sealer: Sealer, row: CallRow): Promise<CallSummary | null> => {
  if (row.rev === undefined) {
    const clear = inClear(row)
    if (clear) return { ...toldNothing, ...clear }
    const summary = await opened<CallSummary>(sealer, 'summary', row.id, row.sealed)
    return summary && { ...toldNothing, ...summary }
  }
  const record = await openRecord(sealer, row)
  return record && summaryOf(record)
}

export const journalRow = async (sealer: Sealer, record: CallRecord): Promise<JournalRow> => ({
  id: record.id,
  sealed: await sealer.seal('journal', record.id, bytesOf(record)),
})

export const openJournal = (sealer: Sealer, row: JournalRow): Promise<CallRecord | null> =>
  opened(sealer, 'journal', row.id, row.sealed)

export const draftRow = async (sealer: Sealer, draft: Draft): Promise<DraftRow> => ({
  callId: draft.callId,
  openedAt: draft.openedAt,
  sealed: await sealer.seal('draft', draft.callId, bytesOf(draft)),
})

export const openDraft = (sealer: Sealer, row: DraftRow): Promise<Draft | null> =>
  opened(sealer, 'draft', row.callId, row.sealed)

/** `sealed`: its item, as it waits in the outbox. */
export const dispatchRow = (dispatch: TicketDispatch, { sealed, urgent }: NewWaiting): TicketRow => ({
  id: dispatch.id,
  dispatchedAt: dispatch.dispatchedAt,
  rev: dispatch.rev,
  sealed,
  ...(urgent === undefined ? {} : { urgent }),
  number: null,
  centre: null,
})

export type ToldRow = TicketRow & { readonly centre: object }

/** A work order as the centre told it. */
export const toldRow = async (sealer: Sealer, ticket: Ticket): Promise<ToldRow> => ({
  ...dispatchRow(ticket.dispatch, await newWaiting(sealer, { kind: 'ticket', body: ticket.dispatch }, 0)),
  number: ticket.number,
  centre: {
    changedAt: ticket.changedAt,
    state: ticket.state,
    sealed: await sealer.seal('centre', ticket.id, bytesOf(ticket)),
  },
})

export const openTicket = async (
  sealer: Sealer,
  { id, sealed, centre }: Pick<TicketRow, 'id' | 'sealed' | 'centre'>,
): Promise<{ readonly dispatch: TicketDispatch; readonly centre: Ticket | null } | null> => {
  const [own, told] = await Promise.all([
    opened<{ body: TicketDispatch }>(sealer, 'ticket', id, sealed),
    centre && opened<Ticket>(sealer, 'centre', id, centre.sealed),
  ])
  return own && { dispatch: own.body, centre: told }
}

/** `sealed`: its item, as it waits in the outbox. */
export const warningRow = (report: WarningReport, { sealed }: NewWaiting): WarningRow => ({
  id: report.id,
  raisedAt: report.raisedAt,
  rev: report.rev,
  sealed,
  number: null,
  centre: null,
})

export type ToldWarningRow = WarningRow & { readonly centre: object }

/** A warning as the centre told it. */
export const toldWarningRow = async (sealer: Sealer, told: WarningTold): Promise<ToldWarningRow> => ({
  ...warningRow(told.report, await newWaiting(sealer, { kind: 'warning', body: told.report }, 0)),
  number: told.number,
  centre: {
    changedAt: told.changedAt,
    state: told.state,
    sealed: await sealer.seal('told', told.report.id, bytesOf(told)),
  },
})

export const openWarning = async (
  sealer: Sealer,
  { id, sealed, centre }: Pick<WarningRow, 'id' | 'sealed' | 'centre'>,
): Promise<{ readonly report: WarningReport; readonly centre: WarningTold | null } | null> => {
  const [own, told] = await Promise.all([
    opened<{ body: WarningReport }>(sealer, 'warning', id, sealed),
    centre && opened<WarningTold>(sealer, 'told', id, centre.sealed),
  ])
  return own && { report: own.body, centre: told }
}

/** Of many rows those that open, in their order. */
export const openAll = async <Row, T>(
  rows: readonly Row[],
  open: (row: Row) => Promise<T | null>,
): Promise<T[]> => (await Promise.all(rows.map(open))).filter((each) => each !== null)
