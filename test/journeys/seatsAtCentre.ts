// Seats of one computer at a real centre, each request of theirs through a relay that may spoil it.
import type { Relay, Spoil } from '../fakes/httpRelay.ts'
import { startRelay } from '../fakes/httpRelay.ts'
import { memoryLocks, type MemoryLocks } from '../fakes/memoryLocks.ts'
import type { TestCentre } from '../server/aCentre.ts'
import { startTestCentre, testPassword } from '../server/aCentre.ts'
import { newEmbeddedFolder } from '../server/databases.ts'
import type { Seat } from './syncSeat.ts'
import { openSeat } from './syncSeat.ts'

export const pass = (): Spoil => ({ how: 'pass' })

export type SeatsAtCentre = {
  readonly centre: TestCentre
  readonly relay: Relay
  readonly locks: MemoryLocks
  /** What becomes of a request for this path. */
  spoil: (path: string) => Spoil
  seatOf(account: string): Promise<Seat>
  /** Its person goes home. */
  leave(seat: Seat): Promise<void>
  /** Closed at the end, the last one first. */
  readonly open: { close(): unknown }[]
  close(): Promise<void>
}

export const openSeatsAtCentre = async (): Promise<SeatsAtCentre> => {
  const centre = await startTestCentre({
    folder: await newEmbeddedFolder(),
    databaseUrl: null,
    remove: async () => undefined,
  })
  const relay = await startRelay(centre.running.address, (path) => at.spoil(path))
  const at: SeatsAtCentre = {
    centre,
    relay,
    locks: memoryLocks(),
    spoil: pass,
    open: [],
    async seatOf(account) {
      const seat = await openSeat(relay.url, account, testPassword, at.locks)
      at.open.push(seat)
      return seat
    },
    async leave(seat) {
      at.open.splice(at.open.indexOf(seat), 1)
      await seat.close()
    },
    async close() {
      for (const each of at.open.splice(0).toReversed()) await each.close()
      await relay.close()
      await centre.stop()
    },
  }
  return at
}
