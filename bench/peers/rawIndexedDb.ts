// IndexedDB without a library: the floor under every store. Two tables, one transaction.
export type RawStore = {
  put(record: { id: string }): Promise<void>
  putWithOutbox(record: { id: string }, row: { id: string }): Promise<void>
  bulk(records: readonly { id: string }[]): Promise<void>
  bulkWithOutbox(records: readonly { id: string }[], rows: readonly { id: string }[]): Promise<void>
  all(): Promise<unknown[]>
  close(): void
}

export const openRaw = async (name: string, durability: IDBTransactionDurability): Promise<RawStore> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      // The same tables and indexes as the seat's own store (renderer/adapters/database.ts).
      const calls = request.result.createObjectStore('calls', { keyPath: 'id' })
      calls.createIndex('offeredAt', 'offeredAt')
      calls.createIndex('tail+offeredAt', ['tail', 'offeredAt'])
      calls.createIndex('end', 'end')
      calls.createIndex('category+offeredAt', ['category', 'offeredAt'])
      calls.createIndex('names', 'names', { multiEntry: true })
      calls.createIndex('agreed', 'agreed')
      for (const of of ['agent', 'left', 'employer']) calls.createIndex(`${of}+offeredAt`, [of, 'offeredAt'])
      const outbox = request.result.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true })
      outbox.createIndex('key', 'key', { unique: true })
      for (const name of ['later', 'parked', 'since', 'urgent']) outbox.createIndex(name, name)
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
    bulkWithOutbox: (records, rows) =>
      run(['calls', 'outbox'], (tx) => {
        for (const record of records) tx.objectStore('calls').put(record)
        for (const row of rows) tx.objectStore('outbox').put(row)
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
