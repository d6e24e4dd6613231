// A seat with both places on real code: the store on IndexedDB and, through the table of the desk, the second journal of
// the desktop's main process on a disk in memory.
import 'fake-indexeddb/auto'
import type { Desk } from '../../../contract/ipc.ts'
import type { Sealer } from '../../../core/seal/sealer.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openJournal } from '../../../electron/journal.ts'
import type { SeatStore } from '../../../renderer/adapters/database.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { rebuild } from '../../../renderer/adapters/rebuild.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { deskJournal } from '../../../renderer/adapters/secondJournal.ts'
import type { ManualClock } from '../../fakes/manualClock.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import type { MemoryDisk } from '../../fakes/memoryDisk.ts'
import { memoryDisk } from '../../fakes/memoryDisk.ts'
import { morning } from '../../makers/stamps.ts'
import { aStoreKey } from '../../makers/traffic.ts'
import { value } from '../../suites/openedSeat.ts'

export const seatSealer = await openSealer([aStoreKey(1)], globalThis)

/** The main process on this disk, as the page reaches it. */
export const mainProcess = (disk: MemoryDisk): Pick<Desk, 'journal.append' | 'journal.read'> => {
  const journal = openJournal(disk.plugIn(), { take: async () => null })
  // What crosses is JSON.
  const over = <T>(message: T): T => JSON.parse(JSON.stringify(message))
  return {
    'journal.append': async (input) => over(await journal.append(over(input))),
    'journal.read': async (input) => over(await journal.read(over(input))),
  }
}

export type SeatWithJournal = ReturnType<typeof seatWithJournal>

export const seatWithJournal = (
  name: string,
  disk: MemoryDisk = memoryDisk(),
  clock: ManualClock = manualClock(morning),
  sealer: Sealer = seatSealer,
) => {
  const desk = mainProcess(disk)
  const journal = deskJournal(desk, name, clock)
  const store: SeatStore = openStore(name, clock, journal)
  const places = { store, journal, sealer, clock }
  return {
    name,
    disk,
    desk,
    clock,
    store,
    journal,
    places,
    records: openRecords(store, sealer, clock),
    outbox: openOutbox(store, sealer, clock.now),
    /** As at a start. */
    rebuilt: () => value(rebuild(places, true)),
    /** Keys in the journal. */
    journalled: async () =>
      (await value(journal.read())).map(({ key }) => key).filter((key) => key !== 'store:mark'),
    /** Keys and revisions that wait in the store. */
    waiting: async () =>
      (await value(store.read(({ outbox }) => outbox.toArray()))).map(({ key, rev }) => `${key} ${rev}`),
    close: () => store.close(),
  }
}
