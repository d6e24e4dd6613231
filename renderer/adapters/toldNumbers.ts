// The official numbers the centre told of work orders and warnings that wait again: they travel with them.
import type { SeatDatabase } from './database.ts'
import type { WaitingRow } from './storedRows.ts'
import { keyOf } from './sealedRows.ts'

/** [SERVER-57] What the centre called the work orders and warnings among them, by key. */
export const numbersOf = async (
  database: SeatDatabase,
  rows: readonly WaitingRow[],
): Promise<ReadonlyMap<string, string>> => {
  const numbered = new Map<string, string>()
  for (const kind of ['ticket', 'warning'] as const) {
    const ids = rows.filter((row) => row.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    const found =
      kind === 'ticket' ? await database.tickets.bulkGet(ids) : await database.warnings.bulkGet(ids)
    for (const row of found) if (row?.number) numbered.set(keyOf(kind, row.id), row.number)
  }
  return numbered
}
