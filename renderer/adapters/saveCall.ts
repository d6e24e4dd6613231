// Puts calls, their outbox rows, a work order, and the end of a draft on disk, all or nothing.
// Whether anything is put at all depends on what is stored already.
import type { SeatDatabase } from './database.ts'
import type { CallRow, NewWaiting, TicketRow, WaitingRow } from './storedRows.ts'
import { inPlaceOf } from './outbox.ts'
import type { OwnRow } from './sealedRows.ts'
import { answered, inOne } from './transaction.ts'

/** What a save came to: `same`, it is stored already; `older`, a later rev is; `dispatched`, to another work order. */
export type Saved = 'saved' | 'same' | 'older' | 'dispatched'

export type CallSave = {
  readonly row: OwnRow
  readonly ticket: TicketRow | null
  /** The form is filed: its draft goes with it. */
  readonly endsDraft: boolean
  /** One for the call, one for the work order. */
  readonly waiting: readonly NewWaiting[]
}

/** Calls of which nothing is stored: nothing is read first. False: something was there, and nothing was changed. */
export const addNew = async (
  database: SeatDatabase,
  rows: readonly OwnRow[],
  waiting: readonly NewWaiting[],
  /** Calls whose form this ends. */
  filed: readonly OwnRow[],
): Promise<boolean> => {
  const names = ['calls', 'outbox', ...(filed.length > 0 ? (['drafts'] as const) : [])] as const
  try {
    await inOne(database, 'readwrite', names, (tables) => {
      for (const row of rows) tables('calls').add(row)
      for (const each of waiting) tables('outbox').add(each)
      for (const row of filed) tables('drafts').delete(row.id)
    })
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'ConstraintError') return false
    throw error
  }
}

const verdict = ({ row, ticket }: CallSave, stored: CallRow | undefined): Saved => {
  if (stored?.rev === undefined) return 'saved'
  if (stored.rev > row.rev) return 'older'
  // The same revision twice is a double click; a work order that the stored one knows nothing of would be lost.
  if (stored.rev === row.rev) return ticket && stored.ticketId === undefined ? 'older' : 'same'
  return ticket && stored.ticketId !== undefined && stored.ticketId !== ticket.id ? 'dispatched' : 'saved'
}

const replace = (database: SeatDatabase, save: CallSave): Promise<Saved> => {
  const { row, ticket, waiting, endsDraft } = save
  return inOne(database, 'readwrite', ['calls', 'outbox', 'drafts', 'tickets'], async (tables) => {
    const byKey = tables('outbox').index('key')
    const [call, order, ...unsent] = await Promise.all([
      answered<CallRow | undefined>(tables('calls').get(row.id)),
      ticket ? answered<TicketRow | undefined>(tables('tickets').get(ticket.id)) : undefined,
      ...waiting.map((each) => answered<WaitingRow | undefined>(byKey.get(each.key))),
    ])
    const fate = verdict(save, call)
    if (fate !== 'saved') return fate
    tables('calls').put(row)
    for (const [at, each] of waiting.entries()) {
      const old = unsent[at]
      if (old && old.rev >= each.rev) continue
      if (old) tables('outbox').delete(old.seq)
      tables('outbox').add(inPlaceOf(old, each))
    }
    if (ticket) {
      const { number, centre } = order ?? ticket
      tables('tickets').put({ ...ticket, number, centre } satisfies TicketRow)
    }
    if (endsDraft) tables('drafts').delete(row.id)
    return fate
  })
}

/** A first rev is nearly always new; anything else is compared with what is stored. */
export const saveCall = async (database: SeatDatabase, save: CallSave): Promise<Saved> => {
  const isFirst = save.row.rev === 1 && save.ticket === null
  const filed = save.endsDraft ? [save.row] : []
  return isFirst && (await addNew(database, [save.row], save.waiting, filed))
    ? 'saved'
    : replace(database, save)
}
