// [ATTACH-7] The second place of files that are not sent yet: a second journal of their own beside the records', so that a
// store that is wiped does not take them along. What is kept there is sealed as it lies in the store.
import type { AttachmentId } from '../../contract/ids.ts'
import type { Desk } from '../../contract/ipc.ts'
import { chunkKey, filesIn, headKey } from '../../core/attachments/journalled.ts'
import type { SecondJournal } from '../../core/ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file as it lies there: its sealed head, and its sealed chunks in order. */
export type JournalledFile = {
  readonly id: AttachmentId
  readonly head: Bytes
  readonly chunks: readonly Bytes[]
}

export type AttachmentJournal = {
  /** Best effort, once the store has it. */
  keep(file: JournalledFile): Promise<void>
  /** The centre has it, or it was taken away. */
  over(id: AttachmentId, chunks: number): void
  held(): Promise<readonly JournalledFile[]>
  close(): void
}

/** `journal` null: this browser keeps no such files. On a disk that fills up its reserve is for records, not for files. */
export const attachmentJournal = (
  opening: Promise<SecondJournal | null>,
  desk: Pick<Desk, 'disk.read'>,
): AttachmentJournal => ({
  async keep({ id, head, chunks }) {
    const journal = await opening
    const disk = await desk['disk.read'](null)
    if (!journal || !disk.ok || disk.value.level !== 'ok') return
    const puts = chunks.map((sealed, chunk) => ({ key: chunkKey(id, chunk), rev: 1, sealed }))
    await journal.save([...puts, { key: headKey(id), rev: 1, sealed: head }], [])
  },
  over(id, chunks) {
    const keys = [headKey(id), ...Array.from({ length: chunks }, (_, chunk) => chunkKey(id, chunk))]
    const ends = keys.map((key) => ({ key, rev: null, seq: null }))
    void opening.then((journal) => journal?.save([], ends))
  },
  async held() {
    const read = await (await opening)?.read()
    if (!read?.ok) return []
    return filesIn(read.value).map(({ id, head, chunks }) => ({
      id,
      head: head.sealed,
      chunks: chunks.map(({ sealed }) => sealed),
    }))
  },
  close: () => void opening.then((journal) => journal?.close()),
})
