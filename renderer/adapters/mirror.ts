// The Mirror port: what the centre told, sealed and put beside the seat's own work in one transaction per pulled page.
// Own records stay as they are: the centre's summary of them is older or the same.
import { done } from '../../contract/answer.ts'
import { Reference } from '../../contract/reference.ts'
import type { Mirror, MirrorCursor, PulledPage } from '../../core/centrePorts.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { cursorIn, withUnread } from './cursor.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import type { CallRow, TicketRow, WarningRow } from './storedRows.ts'
import type { ToldRow, ToldWarningRow } from './sealedRows.ts'
import { otherRow, toldRow, toldWarningRow } from './sealedRows.ts'

const takeCalls = async (database: SeatDatabase, calls: readonly CallRow[]): Promise<void> => {
  const known = await database.calls.bulkGet(calls.map((call) => call.id))
  await database.calls.bulkPut(calls.filter((_, at) => known[at]?.rev === undefined))
}

const takeTickets = async (database: SeatDatabase, tickets: readonly ToldRow[]): Promise<void> => {
  const known = await database.tickets.bulkGet(tickets.map((ticket) => ticket.id))
  const rows = tickets.flatMap((ticket, at): TicketRow[] => {
    const old = known[at]
    if (old?.centre && old.centre.changedAt > ticket.centre.changedAt) return []
    const { number, centre } = ticket
    // Of the same revision too: the centre shows its copy with the number masked.
    return [old && old.rev >= ticket.rev ? { ...old, number, centre } : ticket]
  })
  await database.tickets.bulkPut(rows)
}

const takeWarnings = async (database: SeatDatabase, warnings: readonly ToldWarningRow[]): Promise<void> => {
  const known = await database.warnings.bulkGet(warnings.map((warning) => warning.id))
  const rows = warnings.flatMap((warning, at): WarningRow[] => {
    const old = known[at]
    if (old?.centre && old.centre.changedAt > warning.centre.changedAt) return []
    const { number = null, centre } = warning
    return [old && old.rev >= warning.rev ? { ...old, number, centre } : warning]
  })
  await database.warnings.bulkPut(rows)
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

type SealedPage = {
  readonly calls: readonly CallRow[]
  readonly tickets: readonly ToldRow[]
  readonly warnings: readonly ToldWarningRow[]
}

const take = async (database: SeatDatabase, page: PulledPage, sealed: SealedPage): Promise<void> => {
  const before = await database.kept.get('cursor')
  const { reference, epoch } = cursorIn(before)
  // After a restore at the centre even its lower version is the one in force.
  const isNew = page.reference !== null && (versionOf(page.reference) > reference || page.epoch !== epoch)
  const next: MirrorCursor = {
    cursor: page.cursor,
    reference: isNew ? versionOf(page.reference) : reference,
    epoch: page.epoch,
  }
  await Promise.all([
    takeCalls(database, sealed.calls),
    takeTickets(database, sealed.tickets),
    takeWarnings(database, sealed.warnings),
    isNew ? takeReference(database, page.reference) : null,
    database.kept.put({ name: 'cursor', value: withUnread(next, page.unread ?? 0, before) }),
  ])
}

export const openMirror = (store: SeatStore, sealer: Sealer): Mirror => {
  const listeners = new Set<() => void>()
  return {
    cursor: () => store.read(cursorOf),
    async take(page) {
      const [calls, tickets, warnings] = await Promise.all([
        Promise.all(page.calls.map((call) => otherRow(sealer, call))),
        Promise.all(page.tickets.map((ticket) => toldRow(sealer, ticket))),
        Promise.all(page.warnings.map((told) => toldWarningRow(sealer, told))),
      ])
      const answer = await store.write((database) =>
        database.dexie.transaction(
          'rw',
          [database.calls, database.tickets, database.warnings, database.kept],
          () => take(database, page, { calls, tickets, warnings }),
        ),
      )
      if (!answer.ok) return answer
      const news =
        page.calls.length + page.tickets.length + page.warnings.length > 0 || page.reference !== null
      if (news) for (const listener of listeners) listener()
      return done(null)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
