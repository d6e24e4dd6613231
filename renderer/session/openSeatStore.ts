// The store of whoever signed in, made fit to work with: sealed as it should be, with its three ports, kept small while
// it is open.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { Clock, Mirror, Outbox, Records } from '../../core/ports.ts'
import type { Sealer } from '../../core/seal/sealer.ts'
import { openStore } from '../adapters/database.ts'
import { openMirror } from '../adapters/mirror.ts'
import { openOutbox } from '../adapters/outbox.ts'
import { keepPurging } from '../adapters/purge.ts'
import { openRecords } from '../adapters/records.ts'
import { sealStore } from '../adapters/sealStore.ts'
import type { Notices } from '../notices.ts'

export type OpenedStore = {
  readonly records: Records
  readonly outbox: Outbox
  readonly mirror: Mirror
  close(): void
}

export const openSeatStore = async (
  name: string,
  sealer: Sealer,
  clock: Clock,
  notices: Pick<Notices, 'tell'>,
): Promise<Answer<OpenedStore>> => {
  const store = openStore(name, clock)
  store.onTakenOver((text) => notices.tell(text, true))
  const sealed = await sealStore(store, sealer)
  if (!sealed.ok) {
    store.close()
    return sealed
  }
  const stopPurging = keepPurging(store, clock)
  return done({
    records: openRecords(store, sealer, clock),
    outbox: openOutbox(store, sealer, clock.now),
    mirror: openMirror(store, sealer),
    close() {
      stopPurging()
      store.close()
    },
  })
}
