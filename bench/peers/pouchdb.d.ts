// The little of PouchDB the bench uses; the package ships no types.
declare module 'pouchdb-browser' {
  export default class PouchDB<Row extends { _id: string }> {
    constructor(name: string, options?: { skip_setup?: boolean })
    bulkDocs(rows: readonly Row[]): Promise<unknown>
    destroy(): Promise<unknown>
    readonly replicate: {
      to(
        remote: PouchDB<{ _id: string }>,
        options: { batch_size: number; batches_limit: number; checkpoint: false },
      ): Promise<unknown>
    }
  }
}
