// PouchDB on its indexeddb adapter, replicating to the bench's minimal CouchDB endpoint.
import PouchDB from 'pouchdb-browser'

export type PouchRow = { _id: string; body: object }

export const openPouch = (name: string) => new PouchDB<PouchRow>(name)

export const pushAll = (
  local: ReturnType<typeof openPouch>,
  url: string,
  batchSize: number,
): Promise<unknown> =>
  local.replicate.to(new PouchDB(url, { skip_setup: true }), {
    batch_size: batchSize,
    batches_limit: 5,
    checkpoint: false,
  })
