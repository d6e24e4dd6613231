// IndexedDB without a library: the floor under every store. Two tables, one transaction.
export type RawStore = {
  put(record: { id: string }): Promise<void>
  putWithOutbox(record: { id: string }, row: { id: string }): Promise<void>
  bulk(records: readonly { id: string }[]): Promise<void>
  all(): Promise<unknown[]>
  close(): void
}

export const openRaw = async (name: string, durability: IDBTransactionDurability): Promise<RawStore> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      const calls = request.result.createObjectStore('calls', { keyPath: 'id' })
      calls.createIndex('offeredAt', 'offeredAt')
      request.result.createObjectStore('outbox', { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('open'))
  })
  const run = (tables: string[], act: (tx: IDBTransaction) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const tx = db.transaction(tables, 'readwrite', { durability })
      tx.oncomplete = () => resolve()
      tx.onerror = () => reject(tx.error ?? new Error('write'))
      act(tx)
    })
  return {
    put: (record) => run(['calls'], (tx) => tx.objectStore('calls').put(record)),
    putWithOutbox: (record, row) =>
      run(['calls', 'outbox'], (tx) => {
        tx.objectStore('calls').put(record)
        tx.objectStore('outbox').put(row)
      }),
    bulk: (records) =>
      run(['calls'], (tx) => {
        const store = tx.objectStore('calls')
        for (const record of records) store.put(record)
      }),
    all: () =>
      new Promise((resolve, reject) => {
        const request = db.transaction('calls').objectStore('calls').getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('read'))
      }),
    close: () => db.close(),
  }
}
