// [SYNC-32] What the agent let go of after the centre refused it: no longer sent, sealed and readable here for as long as a seat
// keeps calls. Of such a thing the seat shows from then on what the centre has. The audit is told which it was, not a word of it.
import type { Answer } from '../../contract/answer.ts'
import { done, failed } from '../../contract/answer.ts'
import type { AuditNote } from '../../contract/sync.ts'
import type { GivenUp, LetGo } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import { addToOutbox } from './outbox.ts'
import { newWaiting, openItem, ownRows, toldRow } from './sealedRows.ts'
import type { WaitingRow } from './storedRows.ts'

const prefix = 'givenUp:'
type Kept = { readonly row: WaitingRow; readonly at: number }
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this file writes under the prefix
const keptOf = (value: unknown): Kept => value as Kept

const keptRows = async ({ kept }: SeatDatabase): Promise<readonly Kept[]> =>
  (await kept.where('name').startsWith(prefix).toArray()).map(({ value }) => keptOf(value))

/** Within a transaction on kept: those let go of before then. */
export const forgetGivenUp = async ({ kept }: Pick<SeatDatabase, 'kept'>, before: number): Promise<void> => {
  await kept
    .where('name')
    .startsWith(prefix)
    .filter(({ value }) => keptOf(value).at < before)
    .delete()
}

const letGoOf = async (sealer: Sealer, { row, at }: Kept): Promise<LetGo> => ({
  id: row.id,
  kind: row.kind,
  rev: row.rev,
  text: (await openItem(sealer, row)) ?? new Uint8Array(),
  problem: row.problem,
  at,
})

export const openGivenUp = (store: SeatStore, sealer: Sealer, now: () => number): GivenUp => ({
  async give(seq, there, by) {
    const at = now()
    const about = `${there.kind} ${there.body.id}`
    const note: AuditNote = { v: 1, rev: 1, ...by, what: 'outbox.letGo', callId: null, about, at }
    const [noted, call, ticket] = await Promise.all([
      newWaiting(sealer, { kind: 'audit', body: note }, at),
      there.kind === 'call' ? ownRows(sealer, there.body, 0) : null,
      there.kind === 'ticket' ? toldRow(sealer, there.body) : null,
    ])
    const answer: Answer<WaitingRow | null> = await store.write((database) => {
      const { dexie, outbox, kept, calls, tickets } = database
      return dexie.transaction('rw', outbox, kept, calls, tickets, async () => {
        const row = await outbox.get(seq)
        if (row?.parked === undefined || row.kind !== there.kind || row.id !== there.body.id) return null
        await outbox.delete(seq)
        await kept.put({ name: `${prefix}${row.key}:${row.rev}`, value: { row, at } satisfies Kept })
        await addToOutbox(database, [noted])
        if (call) await calls.put(call.row)
        if (ticket) await tickets.put(ticket)
        return row
      })
    })
    if (!answer.ok) return answer
    if (answer.value) {
      const { key, rev } = answer.value
      const save = { puts: [noted], ends: [{ key, rev, seq: null }] }
      await store.places.save(Promise.resolve(answer), save, () => true)
    }
    store.tellOutbox('more')
    return answer.value ? done(null) : failed('not_found', '这一条已有变化，请再看一次')
  },
  async list() {
    const answer = await store.read(keptRows)
    if (!answer.ok) return answer
    const rows = await Promise.all(answer.value.map((each) => letGoOf(sealer, each)))
    return done(rows.toSorted((one, other) => other.at - one.at))
  },
})
