// The official numbers the centre told of work orders that wait again: they travel with them.
import type { SeatDatabase, WaitingRow } from './database.ts'
import { keyOf } from './sealedRows.ts'

/** [SERVER-57] What the centre called the work orders among them, by key. */
export const numbersOf = async (
  database: SeatDatabase,
  rows: readonly WaitingRow[],
): Promise<ReadonlyMap<string, string>> => {
  const orders = rows.filter(({ kind }) => kind === 'ticket')
  if (orders.length === 0) return new Map()
  const tickets = await database.tickets.bulkGet(orders.map(({ id }) => id))
  return new Map(
    tickets.flatMap((ticket) => (ticket?.number ? [[keyOf('ticket', ticket.id), ticket.number]] : [])),
  )
}
