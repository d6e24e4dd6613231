// How many days an account may sign in here without the centre: the centre's own rule, as the seat last heard it.
import { Dexie } from 'dexie'
import type { Clock } from '../../core/ports.ts'
import { readReference } from './callQueries.ts'
import { storeName } from '../../contract/journal.ts'
import { openStore } from './database.ts'

/** null: this person never worked on this computer, or nothing of the centre is kept here. */
export const offlineDaysOf =
  (clock: Clock, upgrading: (isGoing: boolean) => void = () => undefined) =>
  async (centreId: string, account: string): Promise<number | null> => {
    const name = storeName(centreId, account)
    if (!(await Dexie.exists(name))) return null
    const store = openStore(name, clock)
    store.onUpgrade(upgrading)
    const reference = await readReference(store)
    store.close()
    return reference.ok && reference.value ? reference.value.policy.offlineSignInDays : null
  }
