// [STORE-21] Chromium goes on writing behind what it finds in its database's log at a start. If the end of that log was torn,
// by a power cut or a bad disk, whatever is written behind it makes all of it unreadable at the start after, and Chromium
// then empties the whole store without a word. Deleting a database, any, makes it put what it has read into a file of its
// own and begin another log, soon after it says that it deleted: what was torn is left behind, and what is saved from now on
// is safe from it.
import type { Clock } from '../../core/ports.ts'
import { answered } from './transaction.ts'

/** Nobody's store is called so. */
const name = 'fresh-log'
const limitMs = 5_000

const leave = async (factory: IDBFactory): Promise<void> => {
  const opening = factory.open(name, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('any'))
  const database = await answered(opening)
  try {
    const transaction = database.transaction('any', 'readwrite')
    await answered(transaction.objectStore('any').put(true, 1))
  } finally {
    // Also when the disk took nothing: left open, it would keep every later one from being deleted.
    database.close()
  }
  await answered(factory.deleteDatabase(name))
}

/** Before anything is saved. False: it may still be the old one, on a full or slow disk. */
export const leaveOldLog = (factory: IDBFactory, clock: Pick<Clock, 'after'>): Promise<boolean> =>
  new Promise((resolve) => {
    const cancel = clock.after(limitMs, () => resolve(false))
    const over = (isLeft: boolean): void => {
      cancel()
      resolve(isLeft)
    }
    leave(factory).then(
      () => over(true),
      () => over(false),
    )
  })
