// One transaction on the browser's own calls, past Dexie: for the few uses an agent waits for or that move thousands
// of rows, where it halves the time. Everything else goes through Dexie.
import type { SeatDatabase } from './database.ts'

type TableName = 'calls' | 'outbox' | 'sent' | 'journal' | 'drafts' | 'tickets' | 'warnings' | 'kept'
export type Tables = (name: TableName) => IDBObjectStore

/**
 * All or nothing: what `act` throws, or a refused request, undoes all of it. `readwrite` is strictly durable; what
 * `forgettable` wrote may be undone as a whole by a power cut until the next strict write.
 */
export const inOne = async <T>(
  { dexie }: SeatDatabase,
  use: 'readonly' | 'readwrite' | 'forgettable',
  names: readonly TableName[],
  act: (tables: Tables) => T | Promise<T>,
): Promise<T> => {
  // `isOpen` is true already while the database is still being upgraded, when it takes no transaction.
  await dexie.open()
  const mode = use === 'readonly' ? 'readonly' : 'readwrite'
  const durability = use === 'forgettable' ? 'relaxed' : 'strict'
  const transaction = dexie.backendDB().transaction(names, mode, { durability })
  const over = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })
  over.catch(() => undefined)
  try {
    const result = await act((name) => transaction.objectStore(name))
    if (use === 'readonly') return result
    // Not waiting for the answers to the writes saves a round trip; a refused one shows in `over`.
    transaction.commit()
    await over
    return result
  } catch (error) {
    abort(transaction)
    throw error
  }
}

const abort = (transaction: IDBTransaction): void => {
  try {
    transaction.abort()
  } catch {
    // It is over already.
  }
}

export const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('request')))
  })
