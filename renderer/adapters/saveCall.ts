// Puts a call, its outbox rows, its work order, and the end of its draft on disk as one transaction.
// Past Dexie, on the browser's own calls: this is what an agent waits for, and it halves the time.
import type { CallRecord } from '../../contract/softphone.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import type { CallRow, SeatDatabase, TicketRow, WaitingRow } from './database.ts'
import type { NewWaiting } from './outbox.ts'
import { inPlaceOf } from './outbox.ts'

/** What a save came to: `same`, it is stored already; `older`, a later rev is; `dispatched`, to another work order. */
export type Saved = 'saved' | 'same' | 'older' | 'dispatched'

export type CallSave = {
  readonly row: CallRow & { readonly record: CallRecord }
  readonly ticket: TicketDispatch | null
  /** One for the call, one for the work order. */
  readonly waiting: readonly NewWaiting[]
}

const begin = (
  { dexie }: SeatDatabase,
  { row, ticket }: CallSave,
): { tables: (name: string) => IDBObjectStore; transaction: IDBTransaction } => {
  const names = ['calls', 'outbox']
  if (row.record.filedAt !== null) names.push('drafts')
  if (ticket) names.push('tickets')
  const transaction = dexie.backendDB().transaction(names, 'readwrite', { durability: 'strict' })
  return { transaction, tables: (name) => transaction.objectStore(name) }
}

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('request')))
  })

const endDraft = (tables: (name: string) => IDBObjectStore, { id, record }: CallSave['row']): void => {
  if (record.filedAt !== null) tables('drafts').delete(id)
}

/** A first rev is nearly always new: nothing is read first, and whatever is there already refuses it. */
const addNew = async (database: SeatDatabase, save: CallSave): Promise<boolean> => {
  const { tables, transaction } = begin(database, save)
  const over = ended(transaction)
  tables('calls').add(save.row)
  for (const waiting of save.waiting) tables('outbox').add(waiting)
  endDraft(tables, save.row)
  transaction.commit()
  return over.then(
    () => true,
    (error: unknown) => {
      if (error instanceof DOMException && error.name === 'ConstraintError') return false
      throw error
    },
  )
}

const verdict = ({ row: { record }, ticket }: CallSave, stored: CallRecord | null): Saved => {
  if (stored && stored.rev > record.rev) return 'older'
  if (stored && stored.rev === record.rev) return 'same'
  return ticket && stored?.ticketId && stored.ticketId !== ticket.id ? 'dispatched' : 'saved'
}

const replace = async (database: SeatDatabase, save: CallSave): Promise<Saved> => {
  const { tables, transaction } = begin(database, save)
  const over = ended(transaction)
  // Whoever waits for a request hears of the failure there; this keeps the end of it from being nobody's.
  over.catch(() => undefined)
  const { row, ticket, waiting } = save
  const byKey = tables('outbox').index('key')
  const [call, order, ...unsent] = await Promise.all([
    answered<CallRow | undefined>(tables('calls').get(row.id)),
    ticket ? answered<TicketRow | undefined>(tables('tickets').get(ticket.id)) : undefined,
    ...waiting.map((each) => answered<WaitingRow | undefined>(byKey.get(each.key))),
  ])
  const fate = verdict(save, call?.record ?? null)
  if (fate === 'saved') {
    tables('calls').put(row)
    for (const [at, each] of waiting.entries()) {
      const old = unsent[at]
      if (old && old.rev >= each.rev) continue
      if (old) tables('outbox').delete(old.seq)
      tables('outbox').add(inPlaceOf(old, each))
    }
    if (ticket) {
      const { id, dispatchedAt } = ticket
      const { number, centre } = order ?? { number: null, centre: null }
      tables('tickets').put({ id, dispatchedAt, dispatch: ticket, number, centre } satisfies TicketRow)
    }
    endDraft(tables, row)
  }
  transaction.commit()
  await over
  return fate
}

export const saveCall = async (database: SeatDatabase, save: CallSave): Promise<Saved> => {
  if (!database.dexie.isOpen()) await database.dexie.open()
  const first = save.row.record.rev === 1 && save.ticket === null
  return first && (await addNew(database, save)) ? 'saved' : replace(database, save)
}
