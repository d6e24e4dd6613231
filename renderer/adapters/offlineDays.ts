// How many days an account may sign in here without the centre: the centre's own rule, as the seat last heard it.
import { Dexie } from 'dexie'
import { storeName } from '../../contract/journal.ts'
import type { Clock } from '../../core/ports.ts'
import { keptReference } from './callQueries.ts'

/** As for every use of a store [STORE-8]. */
const limitMs = 5_000

/**
 * null: this person never worked on this computer, or nothing of the centre is kept here. `unread`: that cannot be known just
 * now, because the store is slow, or is being brought to this program's version.
 */
export type OfflineDays = number | 'unread' | null

export const offlineDaysOf =
  (clock: Pick<Clock, 'after'>) =>
  async (centreId: string, account: string): Promise<OfflineDays> => {
    // [STORE-25] Opened at the version it has: a colleague's old store takes minutes, and they are its owner's to wait.
    const store = new Dexie(storeName(centreId, account))
    let cancel = (): void => undefined
    const late = new Promise<'unread'>((resolve) => {
      cancel = clock.after(limitMs, () => resolve('unread'))
    })
    const look = async (): Promise<number | null> => {
      await store.open()
      const reference = await keptReference({ kept: store.table('kept') })
      return reference?.policy.offlineSignInDays ?? null
    }
    try {
      return await Promise.race([look(), late])
    } catch (error) {
      return error instanceof Dexie.NoSuchDatabaseError ? null : 'unread'
    } finally {
      cancel()
      store.close()
    }
  }
