// RxDB on its own free Dexie storage, relaxed durability as it ships. Replication pushes to our bench endpoint.
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    offeredAt: { type: 'number', minimum: 0, maximum: 4_000_000_000_000, multipleOf: 1 },
    body: { type: 'object' },
  },
  required: ['id', 'offeredAt', 'body'],
  indexes: ['offeredAt'],
} as const

export type RxRow = { id: string; offeredAt: number; body: object }

export const openRx = async (name: string): Promise<{ db: RxDatabase; calls: RxCollection<RxRow> }> => {
  const db = await createRxDatabase({
    name,
    storage: getRxStorageDexie(),
    multiInstance: false,
    eventReduce: true,
  })
  const { calls } = await db.addCollections({ calls: { schema } })
  return { db, calls: calls as unknown as RxCollection<RxRow> }
}

/** Pushes everything to `url` in batches; resolves when all is there. */
export const pushAll = async (calls: RxCollection<RxRow>, url: string, batchSize: number): Promise<void> => {
  const replication = replicateRxCollection<RxRow, unknown>({
    collection: calls,
    replicationIdentifier: `bench-${url}-${batchSize}`,
    live: false,
    retryTime: 1000,
    push: {
      batchSize,
      async handler(rows) {
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(rows.map((row) => row.newDocumentState)),
        })
        return []
      },
    },
  })
  await replication.awaitInitialReplication()
  await replication.cancel()
}
