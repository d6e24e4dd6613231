// Attachments of one person that wait on this computer, sealed as they lie, read one chunk at a time: for whoever carries them
// to the centre in another's place. Their own store is renderer/adapters/attachments.ts'.
import { Dexie, type Table } from 'dexie'
import { attachmentStore } from '../../contract/journal.ts'
import type { AttachmentId } from '../../contract/ids.ts'

type Bytes = Uint8Array<ArrayBuffer>
type HeadRow = {
  id: AttachmentId
  state: 'waiting' | 'sent' | 'refused'
  head: Bytes
  sent: { epoch: number; at: number } | null
  problem: string | null
}
type ChunkRow = { attachment: AttachmentId; chunk: number; data: Bytes }

export type WaitingFile = { readonly id: AttachmentId; readonly head: Bytes; readonly chunks: number }
export type WaitingFiles = {
  readonly files: readonly WaitingFile[]
  /** Refused by the centre, or without their content: they go nowhere from here. */
  readonly stay: number
  /** null: it is gone meanwhile. */
  chunk(id: AttachmentId, chunk: number): Promise<Bytes | null>
  /** The centre has it, under this epoch; its owner finds it sent. */
  arrived(id: AttachmentId, sent: NonNullable<HeadRow['sent']>): Promise<void>
  close(): void
}

const none: WaitingFiles = {
  files: [],
  stay: 0,
  chunk: async () => null,
  arrived: async () => undefined,
  close: () => undefined,
}

/** Of this person's store; null: it cannot be read. */
export const openWaitingFiles = async (store: string): Promise<WaitingFiles | null> => {
  const name = attachmentStore(store)
  const dexie = new Dexie(name)
  try {
    if (!(await Dexie.exists(name))) return none
    await dexie.open()
    const chunks: Table<ChunkRow, [AttachmentId, number]> = dexie.table('chunks')
    const heads: Table<HeadRow, AttachmentId> = dexie.table('heads')
    const unsent = await heads.where('state').notEqual('sent').sortBy('id')
    const files: WaitingFile[] = []
    for (const { id, head, state } of unsent) {
      const count = await chunks.where('[attachment+chunk]').between([id, 0], [id, Infinity]).count()
      if (state === 'waiting' && count > 0) files.push({ id, head, chunks: count })
    }
    return {
      files,
      stay: unsent.length - files.length,
      chunk: async (id, chunk) => (await chunks.get([id, chunk]))?.data ?? null,
      async arrived(id, sent) {
        await heads.update(id, { state: 'sent', sent, problem: null })
      },
      close: () => dexie.close(),
    }
  } catch {
    dexie.close()
    return null
  }
}
