// The suites of Records, Outbox and Mirror on their providers: memory, the browser's database, and that with a second
// journal beside it.
import 'fake-indexeddb/auto'
import { openSealer } from '../../../core/seal/sealer.ts'
import { openMirror } from '../../../renderer/adapters/mirror.ts'
import { openOutbox } from '../../../renderer/adapters/outbox.ts'
import { openRecords } from '../../../renderer/adapters/records.ts'
import { openStore } from '../../../renderer/adapters/database.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { memorySeat } from '../../fakes/memoryRecords.ts'
import { morning } from '../../makers/stamps.ts'
import { aStoreKey } from '../../makers/traffic.ts'
import { filedTwiceSuite } from '../../suites/filedTwiceSuite.ts'
import { mirrorSuite } from '../../suites/mirrorSuite.ts'
import type { OpenSeat } from '../../suites/openedSeat.ts'
import { outboxSuite } from '../../suites/outboxSuite.ts'
import { owedSuite } from '../../suites/owedSuite.ts'
import { toldNumbersSuite } from '../../suites/toldNumbersSuite.ts'
import { recordsSuite } from '../../suites/recordsSuite.ts'
import { ticketsSuite } from '../../suites/ticketsSuite.ts'
import { warningsSuite } from '../../suites/warningsSuite.ts'
import { seatWithJournal } from './seatWithJournal.ts'

const inMemory: OpenSeat = () => {
  const clock = manualClock(morning)
  return { ...memorySeat(clock), clock, close: () => undefined }
}

let stores = 0
const sealer = await openSealer([aStoreKey(1)], globalThis)
const onDatabase: OpenSeat = () => {
  const clock = manualClock(morning)
  stores += 1
  const store = openStore(`hotline-suite-${stores}`, clock)
  return {
    records: openRecords(store, sealer, clock),
    outbox: openOutbox(store, sealer, clock.now),
    mirror: openMirror(store, sealer),
    clock,
    close: () => store.close(),
  }
}

const inBothPlaces: OpenSeat = () => {
  stores += 1
  const seat = seatWithJournal(`hotline-suite-${stores}`)
  return { ...seat, mirror: openMirror(seat.store, sealer) }
}

for (const [name, open] of [
  ['in memory', inMemory],
  ['on the database', onDatabase],
  ['[JRNL-1] in both places', inBothPlaces],
] as const) {
  recordsSuite(name, open)
  filedTwiceSuite(name, open)
  outboxSuite(name, open)
  toldNumbersSuite(name, open)
  mirrorSuite(name, open)
  ticketsSuite(name, open)
  warningsSuite(name, open)
  owedSuite(name, open)
}
