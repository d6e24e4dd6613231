// [STORE-18] Takes off this computer what the centre has and what is older than seats keep: calls, answered work orders,
// the log of what was sent. Unsent, refused and unfinished things stay, however old. In portions, at the start and once a
// day, behind whatever the agent does.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import { keptMs } from '../../core/sync/retention.ts'
import type { Clock } from '../../core/ports.ts'
import { readReference } from './callQueries.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import { keyOf } from './sealedRows.ts'

const portion = 500
const dayMs = 86_400_000

/** What may go again, should the centre come back from a backup. */
const maySendAgain = async ({ sent }: SeatDatabase): Promise<ReadonlySet<string>> => {
  const rows = await sent.toArray()
  return new Set(rows.flatMap(({ calls, tickets }) => [...calls, ...tickets]))
}

/** Of these ids the ones of which something waits. */
const unsent = async ({ outbox }: SeatDatabase, kind: 'call' | 'ticket', ids: readonly string[]) => {
  const rows = await outbox
    .where('key')
    .anyOf(ids.map((id) => keyOf(kind, id)))
    .toArray()
  return new Set(rows.map(({ id }) => id))
}

const callsOver = async (database: SeatDatabase, ids: readonly string[]): Promise<string[]> => {
  const [rows, waiting, drafts, again] = await Promise.all([
    database.calls.bulkGet([...ids]),
    unsent(database, 'call', ids),
    database.drafts.bulkGet([...ids]),
    maySendAgain(database),
  ])
  return ids.filter(
    (id, at) => rows[at]?.unfinished === undefined && !drafts[at] && !waiting.has(id) && !again.has(id),
  )
}

const ticketsOver = async (database: SeatDatabase, before: number): Promise<string[]> => {
  const rows = await database.tickets.where('dispatchedAt').below(before).toArray()
  const answered = rows.flatMap(({ id, centre }) =>
    centre && centre.state === 'replied' && centre.changedAt < before ? [id] : [],
  )
  const [waiting, again] = await Promise.all([unsent(database, 'ticket', answered), maySendAgain(database)])
  return answered.filter((id) => !waiting.has(id) && !again.has(id))
}

const purgeCalls = (database: SeatDatabase, ids: readonly string[]): Promise<void> => {
  const { dexie, calls, outbox, drafts, sent } = database
  return dexie.transaction('rw', calls, outbox, drafts, sent, async () =>
    calls.bulkDelete(await callsOver(database, ids)),
  )
}

export const purge = async (store: SeatStore, now: number): Promise<Answer<null>> => {
  const reference = await readReference(store)
  if (!reference.ok) return reference
  const before = now - keptMs(reference.value?.policy ?? {})
  const others = await store.write((database) =>
    database.dexie.transaction('rw', database.tickets, database.outbox, database.sent, async () => {
      await database.sent.where('[at+first]').below([before, 0]).delete()
      await database.tickets.bulkDelete(await ticketsOver(database, before))
    }),
  )
  if (!others.ok) return others
  const old = await store.read(({ calls }) => calls.where('offeredAt').below(before).primaryKeys())
  if (!old.ok) return old
  for (let at = 0; at < old.value.length; at += portion) {
    const ids = old.value.slice(at, at + portion)
    const answer = await store.write((database) => purgeCalls(database, ids))
    if (!answer.ok) return answer
  }
  return done(null)
}

/** Not while the desk is being set up. */
const firstAfterMs = 30_000

/** A purge that fails is tried again the next day: nothing is lost by it. */
export const keepPurging = (store: SeatStore, clock: Clock): (() => void) => {
  let cancel = clock.after(firstAfterMs, function again() {
    cancel = clock.after(dayMs, again)
    void purge(store, clock.now())
  })
  return () => cancel()
}
