// Handing over what waits on a seat's computer, as the page composes it; without a second journal.
import { storeName } from '../../contract/journal.ts'
import { openHandover, type Handover } from '../../renderer/adapters/handover.ts'
import { systemClock } from '../../renderer/adapters/systemClock.ts'
import { othersHere } from '../../renderer/adapters/storesHere.ts'
import { memorySettings } from '../fakes/memorySettings.ts'
import type { Seat } from './syncSeat.ts'

const settings = memorySettings()

export const handoverOf = (seat: Seat, locks: LockManager): Handover => {
  const signedIn = seat.session.read()
  if (!signedIn) throw new Error('nobody signed in')
  const { account, centre } = signedIn.session
  return openHandover({
    name: storeName(centre.id, account.id),
    account: account.id,
    centreId: centre.id,
    sealer: signedIn.sealer,
    journal: null,
    journalOf: async () => null,
    others: () => othersHere(centre.id, account.id, settings),
    clock: systemClock,
    random: () => 0,
    call: seat.client.call,
    locks,
    epoch: () => centre.epoch,
  })
}
