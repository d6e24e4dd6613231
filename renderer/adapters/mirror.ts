// The Mirror port: what the centre told, put beside the seat's own work in one transaction per pulled page.
// Own records stay as they are: the centre's summary of them is older or the same.
import { done } from '../../contract/answer.ts'
import { Reference } from '../../contract/reference.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { PullAnswer } from '../../contract/sync.ts'
import type { Ticket } from '../../contract/tickets.ts'
import type { Mirror, MirrorCursor } from '../../core/ports.ts'
import { nameKeys, tailKey } from '../../core/sync/searchKeys.ts'
import { cursorIn } from './cursor.ts'
import type { CallRow, SeatDatabase, SeatStore, TicketRow } from './database.ts'

const rowOf = (summary: CallSummary): CallRow => {
  const tail = tailKey(summary.number)
  return {
    id: summary.id,
    offeredAt: summary.offeredAt,
    ...(tail === '' ? {} : { tail }),
    ...(summary.category === null ? {} : { category: summary.category }),
    names: nameKeys(summary.callerName),
    record: null,
    summary,
  }
}

const takeCalls = async (database: SeatDatabase, calls: readonly CallSummary[]): Promise<void> => {
  const known = await database.calls.bulkGet(calls.map((call) => call.id))
  await database.calls.bulkPut(calls.filter((_, at) => !known[at]?.record).map(rowOf))
}

const takeTickets = async (database: SeatDatabase, tickets: readonly Ticket[]): Promise<void> => {
  const known = await database.tickets.bulkGet(tickets.map((ticket) => ticket.id))
  const rows = tickets.flatMap((ticket, at): TicketRow[] => {
    const old = known[at]
    if (old?.centre && old.centre.changedAt > ticket.changedAt) return []
    // Of the same revision too: the centre shows its copy with the number masked.
    const ownStays = old !== undefined && old.dispatch.rev >= ticket.dispatch.rev
    const dispatch = ownStays ? old.dispatch : ticket.dispatch
    return [
      { id: ticket.id, dispatchedAt: dispatch.dispatchedAt, dispatch, number: ticket.number, centre: ticket },
    ]
  })
  await database.tickets.bulkPut(rows)
}

/** The version even of data this program cannot read, so that it is not fetched again every minute. */
const versionOf = (reference: unknown): number => {
  const version = typeof reference === 'object' && reference !== null && 'version' in reference
  return version && typeof reference.version === 'number' ? reference.version : -1
}

const takeReference = async (database: SeatDatabase, value: unknown): Promise<void> => {
  await database.kept.put({ name: 'reference', value })
  if (Reference.safeParse(value).success) await database.kept.put({ name: 'referenceRead', value })
}

const cursorOf = async (database: SeatDatabase): Promise<MirrorCursor> =>
  cursorIn(await database.kept.get('cursor'))

const take = async (database: SeatDatabase, page: PullAnswer): Promise<void> => {
  const { reference, epoch } = await cursorOf(database)
  // After a restore at the centre even its lower version is the one in force.
  const isNew = page.reference !== null && (versionOf(page.reference) > reference || page.epoch !== epoch)
  await Promise.all([
    takeCalls(database, page.calls),
    takeTickets(database, page.tickets),
    isNew ? takeReference(database, page.reference) : null,
    database.kept.put({
      name: 'cursor',
      value: {
        cursor: page.cursor,
        reference: isNew ? versionOf(page.reference) : reference,
        epoch: page.epoch,
      } satisfies MirrorCursor,
    }),
  ])
}

export const openMirror = (store: SeatStore): Mirror => {
  const listeners = new Set<() => void>()
  return {
    cursor: () => store.read(cursorOf),
    async take(page) {
      const answer = await store.write((database) =>
        database.dexie.transaction('rw', database.calls, database.tickets, database.kept, () =>
          take(database, page),
        ),
      )
      if (!answer.ok) return answer
      const news = page.calls.length + page.tickets.length > 0 || page.reference !== null
      if (news) for (const listener of listeners) listener()
      return done(null)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
