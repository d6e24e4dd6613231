// [STORE-18] Takes off this computer what the centre has and what is older than seats keep: calls, answered work
// orders, closed warnings, the log of what was sent. Unsent, refused and unfinished things stay, however old. In portions, soon after the start and
// every hour, behind whatever the agent does. [STORE-19] When room runs short it goes sooner. Of others who worked at this
// computer as well: nobody else would.
import { Dexie } from 'dexie'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import { keptMs } from '../../core/sync/retention.ts'
import { sentKeptMs } from '../../core/sync/settle.ts'
import type { PushKind } from '../../contract/sync.ts'
import type { Clock } from '../../core/ports.ts'
import { takeOffFiles } from './attachmentFiles.ts'
import { readReference } from './callQueries.ts'
import type { CentreClock } from './centreClock.ts'
import type { SeatDatabase, SeatStore } from './database.ts'
import { openStore } from './database.ts'
import { forgetGivenUp } from './givenUp.ts'
import { keyOf } from './sealedRows.ts'

const portion = 500
/** So long it stays when room is short. */
const shortMs = 86_400_000
/** In place of an instant: whatever its age, and answered or not. */
const everything = Infinity

/** What may go again, should the centre come back from a backup. */
const maySendAgain = async ({ sent }: SeatDatabase): Promise<ReadonlySet<string>> => {
  const rows = await sent.toArray()
  return new Set(rows.flatMap(({ calls, tickets, warnings = [] }) => [...calls, ...tickets, ...warnings]))
}

/** Of these ids the ones of which something waits. */
const unsent = async ({ outbox }: SeatDatabase, kind: PushKind, ids: readonly string[]) => {
  const rows = await outbox
    .where('key')
    .anyOf(ids.map((id) => keyOf(kind, id)))
    .toArray()
  return new Set(rows.map(({ id }) => id))
}

/**
 * A caller who was promised a call after that is still to be rung, however old the call. A work order may come back as long as
 * it is here: its form is what it is corrected in.
 */
const callsOver = async (
  database: SeatDatabase,
  ids: readonly string[],
  before: number,
): Promise<string[]> => {
  const [rows, waiting, drafts, again] = await Promise.all([
    database.calls.bulkGet([...ids]),
    unsent(database, 'call', ids),
    database.drafts.bulkGet([...ids]),
    maySendAgain(database),
  ])
  const orders = await database.tickets.bulkGet(rows.map((row) => row?.ticketId ?? ''))
  return ids.filter(
    (id, at) =>
      rows[at]?.unfinished === undefined &&
      (rows[at]?.agreed ?? 0) < before &&
      !orders[at] &&
      !drafts[at] &&
      !waiting.has(id) &&
      !again.has(id),
  )
}

const ticketsOver = async (database: SeatDatabase, before: number): Promise<string[]> => {
  const rows = await database.tickets.where('dispatchedAt').below(before).toArray()
  const answered = rows.flatMap(({ id, centre }) =>
    before === everything || (centre && centre.state === 'replied' && centre.changedAt < before) ? [id] : [],
  )
  const [waiting, again] = await Promise.all([unsent(database, 'ticket', answered), maySendAgain(database)])
  return answered.filter((id) => !waiting.has(id) && !again.has(id))
}

const warningsOver = async (database: SeatDatabase, before: number): Promise<string[]> => {
  const rows = await database.warnings.where('raisedAt').below(before).toArray()
  const closed = rows.flatMap(({ id, centre }) =>
    before === everything || (centre && centre.state === 'closed' && centre.changedAt < before) ? [id] : [],
  )
  const [waiting, again] = await Promise.all([unsent(database, 'warning', closed), maySendAgain(database)])
  return closed.filter((id) => !waiting.has(id) && !again.has(id))
}

const purgeCalls = (database: SeatDatabase, ids: readonly string[], before: number): Promise<void> => {
  const { dexie, calls, outbox, drafts, sent, tickets } = database
  return dexie.transaction('rw', [calls, outbox, drafts, sent, tickets], async () =>
    calls.bulkDelete(await callsOver(database, ids, before)),
  )
}

/** Since when it stays, as the centre says. */
const keptSince = async (store: SeatStore, now: number, tight: boolean): Promise<Answer<number>> => {
  const reference = await readReference(store)
  if (!reference.ok) return reference
  const usual = keptMs(reference.value?.policy ?? {})
  return done(now - (tight ? Math.min(shortMs, usual) : usual))
}

export const purge = async (store: SeatStore, now: number, tight = false): Promise<Answer<null>> => {
  const before = await keptSince(store, now, tight)
  return before.ok ? takeOff(store, before.value) : before
}

const takeOff = async (store: SeatStore, before: number): Promise<Answer<null>> => {
  const others = await store.write((database) => {
    const { dexie, tickets, warnings, outbox, sent, kept } = database
    return dexie.transaction('rw', [tickets, warnings, outbox, sent, kept], async () => {
      await forgetGivenUp(database, before)
      await sent.where('[at+first]').below([before, 0]).delete()
      await tickets.bulkDelete(await ticketsOver(database, before))
      await warnings.bulkDelete(await warningsOver(database, before))
    })
  })
  if (!others.ok) return others
  const old = await store.read(({ calls }) => calls.where('offeredAt').below(before).primaryKeys())
  if (!old.ok) return old
  for (let at = 0; at < old.value.length; at += portion) {
    const ids = old.value.slice(at, at + portion)
    const answer = await store.write((database) => purgeCalls(database, ids, before))
    if (!answer.ok) return answer
  }
  return done(null)
}

/** In the store of somebody who is not at work; where there is none, none is made. */
const inStoreOf = async (
  name: string,
  clock: Clock,
  work: (store: SeatStore) => Promise<unknown>,
): Promise<void> => {
  if (!(await Dexie.exists(name).catch(() => false))) return
  const store = openStore(name, clock)
  await work(store)
  store.close()
}

/**
 * [STORE-23] Of a closed account: whatever the centre has, of any age. Should the account be opened again, its seat is told
 * everything anew.
 */
export const wipe = async (name: string, clock: Clock): Promise<void> => {
  await takeOffFiles(name, everything)
  await inStoreOf(name, clock, async (store) => {
    await takeOff(store, everything)
    await store.write(({ kept }) => kept.delete('cursor'))
  })
}

/** Not while the desk is being set up. */
const firstAfterMs = 30_000
const everyMs = 3_600_000
/** Of what the browser gives. */
const tightAt = 0.8

const isTight = async (storage: Pick<StorageManager, 'estimate'>): Promise<boolean> => {
  const { usage = 0, quota = Infinity } = await storage.estimate()
  return usage >= tightAt * quota
}

/** Whoever worked here before, by the word of the centre to whoever does now. */
const purgeOthers = async (
  store: SeatStore,
  names: readonly string[],
  clock: Clock,
  tight: boolean,
): Promise<void> => {
  const before = await keptSince(store, clock.now(), tight)
  if (!before.ok) return
  for (const name of names) {
    await takeOffFiles(name, clock.now() - sentKeptMs)
    await inStoreOf(name, clock, (other) => takeOff(other, before.value))
  }
}

/**
 * A purge that fails is tried again the next time: nothing is lost by it. [F58] A computer whose clock is years ahead would
 * throw everything away, short of room or not: age counts once the centre has told the time. `others`: the stores of others
 * here. `told`: room is short, and stays so.
 */
export const keepPurging = (
  store: SeatStore,
  others: () => Promise<readonly string[]>,
  clock: CentreClock,
  storage: Pick<StorageManager, 'estimate' | 'persist'>,
  told: () => void,
): (() => void) => {
  // A browser that is short of room then does not throw the store away by itself.
  void storage.persist()
  const tend = async (): Promise<void> => {
    const tight = await isTight(storage)
    if (clock.isSure()) {
      await purge(store, clock.now(), tight)
      await purgeOthers(store, await others(), clock, tight)
    }
    if (tight && (await isTight(storage))) told()
  }
  let cancel = clock.after(firstAfterMs, function again() {
    cancel = clock.after(everyMs, again)
    void tend()
  })
  return () => cancel()
}
