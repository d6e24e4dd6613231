// What the store and the second journal lack of each other, piece by piece. Looks and decides; rebuild.ts acts on it.
import { PushItem, type PushKind } from '../../contract/sync.ts'
import type { JournalPiece } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { urgencyOf } from '../../core/sync/urgency.ts'
import type { SeatDatabase } from './database.ts'
import type {
  CallRow,
  DraftRow,
  JournalRow,
  NewWaiting,
  TicketRow,
  WaitingRow,
  WarningRow,
} from './storedRows.ts'
import type { OwnRow } from './sealedRows.ts'
import { dispatchRow, openDraft, openItem, ownRows, waitingRow, warningRow } from './sealedRows.ts'

/** What the store holds of all that could be missing in either place. */
export type Seen = {
  readonly waiting: ReadonlyMap<string, WaitingRow>
  readonly drafts: ReadonlyMap<string, DraftRow>
  readonly ringing: ReadonlyMap<string, JournalRow>
  readonly calls: ReadonlyMap<string, CallRow>
  readonly tickets: ReadonlyMap<string, TicketRow>
  readonly warnings: ReadonlyMap<string, WarningRow>
  /** Ids the centre acknowledged in the last days. */
  readonly sent: ReadonlySet<string>
}

/** What goes into the store for one piece. */
export type Back = {
  readonly key: string
  readonly waiting?: NewWaiting
  readonly call?: OwnRow
  readonly ticket?: TicketRow
  readonly warning?: WarningRow
  /** Of the ticket. */
  readonly callId?: string
  readonly draft?: DraftRow
  readonly ringing?: JournalRow
  /** False: it is put there again, but nothing was lost. */
  readonly counts: boolean
}
/** over: nobody wants it any more. behind: the store has a later one. null: the store has it. */
export type Fate = Back | 'over' | 'behind' | null

const placeOf = (key: string): { readonly table: string; readonly id: string } => {
  const at = key.indexOf(':')
  return { table: key.slice(0, at), id: key.slice(at + 1) }
}
const byId = <Row extends { readonly id: string }>(rows: readonly (Row | undefined)[]): Map<string, Row> =>
  new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))

export const lookAt = async (database: SeatDatabase, pieces: readonly JournalPiece[]): Promise<Seen> => {
  const places = pieces.map(({ key }) => placeOf(key))
  const idsOf = (...tables: string[]) =>
    places.flatMap(({ table, id }) => (tables.includes(table) ? [id] : []))
  const [outbox, drafts, journal, sent] = await Promise.all([
    database.outbox.toArray(),
    database.drafts.toArray(),
    database.journal.toArray(),
    database.sent.toArray(),
  ])
  const callIds = new Set([...idsOf('call', 'draft', 'journal'), ...journal.map((row) => row.id)])
  return {
    waiting: new Map(outbox.map((row) => [row.key, row])),
    drafts: new Map(drafts.map((row) => [row.callId, row])),
    ringing: byId(journal),
    calls: byId(await database.calls.bulkGet([...callIds])),
    tickets: byId(await database.tickets.bulkGet(idsOf('ticket'))),
    warnings: byId(await database.warnings.bulkGet(idsOf('warning'))),
    sent: new Set(
      sent.flatMap((row) => [
        ...row.calls,
        ...row.tickets,
        ...(row.warnings ?? []),
        ...row.notes.map(({ id }) => id),
      ]),
    ),
  }
}

export const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

const itemIn = (plain: Uint8Array | null): PushItem | null =>
  plain && (PushItem.safeParse(JSON.parse(new TextDecoder().decode(plain))).data ?? null)

const draftFate = async (
  sealer: Sealer,
  seen: Seen,
  { key, sealed }: JournalPiece,
  callId: string,
): Promise<Fate> => {
  const old = seen.drafts.get(callId)
  if (old && isSame(old.sealed, sealed)) return null
  const draft = await openDraft(sealer, { callId, openedAt: 0, sealed })
  if (!draft) return null
  if (draft.openedAt <= (seen.calls.get(callId)?.filedAt ?? 0)) return 'over'
  const known = old && (await openDraft(sealer, old))
  if (known && known.savedAt >= draft.savedAt) return known.savedAt > draft.savedAt ? 'behind' : null
  return { key, draft: { callId, openedAt: draft.openedAt, sealed }, counts: true }
}

/** Of something that goes to the centre. */
const itemFate = async (
  sealer: Sealer,
  seen: Seen,
  { key, rev: given, sealed }: JournalPiece,
  kind: PushKind,
  id: string,
  now: number,
): Promise<Fate> => {
  const rev = given ?? 0
  const waits = seen.waiting.get(key)?.rev ?? 0
  const row =
    kind === 'call'
      ? seen.calls.get(id)
      : kind === 'ticket'
        ? seen.tickets.get(id)
        : kind === 'warning'
          ? seen.warnings.get(id)
          : undefined
  if (waits > rev || (waits === rev && (kind === 'audit' || (row?.rev ?? 0) >= rev))) return null
  const counts = !seen.sent.has(id)
  if (row?.rev !== undefined && row.rev > rev) return 'over'
  const urgent = kind === 'warning' ? 0 : row && 'urgent' in row ? row.urgent : undefined
  // Acknowledged just before the end, most likely; if its outbox row alone is gone, sending it again brings it.
  if (row?.rev === rev) return { key, waiting: waitingRow({ id, kind, rev, urgent }, sealed, now), counts }
  const item = itemIn(await openItem(sealer, { kind, id, sealed }))
  const waiting = waitingRow({ id, kind, rev, urgent: (item && urgencyOf(item)) ?? undefined }, sealed, now)
  if (item?.kind === 'call') {
    const own = await ownRows(sealer, item.body, now)
    return { key, waiting: own.waiting, call: own.row, counts: true }
  }
  if (item?.kind === 'ticket')
    return { key, waiting, ticket: dispatchRow(item.body, waiting), callId: item.body.callId, counts: true }
  if (item?.kind === 'warning') return { key, waiting, warning: warningRow(item.body, waiting), counts: true }
  return { key, waiting, counts }
}

export const fateOf = (sealer: Sealer, seen: Seen, piece: JournalPiece, now: number): Promise<Fate> => {
  const { table, id } = placeOf(piece.key)
  switch (table) {
    case 'call':
    case 'ticket':
    case 'warning':
    case 'audit':
      return itemFate(sealer, seen, piece, table, id, now)
    case 'draft':
      return draftFate(sealer, seen, piece, id)
    case 'journal': {
      if (seen.calls.get(id)?.rev !== undefined) return Promise.resolve('over')
      const back = { key: piece.key, ringing: { id, sealed: piece.sealed }, counts: true }
      return Promise.resolve(seen.ringing.has(id) ? null : back)
    }
    default:
      // Of a later program, which will know what it is.
      return Promise.resolve(null)
  }
}

/** What the journal lacks of what waits, is being written or still rings. */
export const missedBy = (
  pieces: readonly JournalPiece[],
  fates: readonly Fate[],
  seen: Seen,
): readonly JournalPiece[] => {
  const revs = new Map(pieces.map(({ key, rev }, at) => [key, fates[at] === 'behind' ? -1 : (rev ?? 0)]))
  const waiting = [...seen.waiting.values()].map(({ key, rev, sealed }) => ({ key, rev, sealed }))
  const drafts = [...seen.drafts.values()].map(({ callId, sealed }) => ({
    key: `draft:${callId}`,
    rev: null,
    sealed,
  }))
  const ringing = [...seen.ringing.values()]
    .filter(({ id }) => seen.calls.get(id)?.rev === undefined)
    .map(({ id, sealed }) => ({ key: `journal:${id}`, rev: null, sealed }))
  return [...waiting, ...drafts, ...ringing].filter(({ key, rev }) => (revs.get(key) ?? -1) < (rev ?? 0))
}
