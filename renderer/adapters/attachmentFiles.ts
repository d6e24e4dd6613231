// The strict store of one person's files: what lies in it, and what is taken off it. Sealing and sending is attachments.ts.
import { Dexie, type Table } from 'dexie'
import { attachmentStore } from '../../contract/journal.ts'
import type { AttachmentId, CallId } from '../../contract/ids.ts'
import type { KeptAttachment } from './attachmentsPort.ts'
import { refuseNewer } from './refuseNewer.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type HeadRow = {
  id: AttachmentId
  callId: CallId
  state: KeptAttachment['state']
  /** AttachmentHead, sealed: a file's name tells of people. */
  head: Bytes
  /** Under which epoch the centre had it, and when. */
  sent: { epoch: number; at: number } | null
  problem: string | null
}
type ChunkRow = { attachment: AttachmentId; chunk: number; data: Bytes }

export const openFiles = (name: string) => {
  const dexie = new Dexie(attachmentStore(name), { chromeTransactionDurability: 'strict' })
  dexie.version(1).stores({ heads: 'id, callId, state', chunks: '[attachment+chunk]' })
  dexie.on('ready', refuseNewer(1), true)
  const heads: Table<HeadRow, AttachmentId> = dexie.table('heads')
  const chunks: Table<ChunkRow, [AttachmentId, number]> = dexie.table('chunks')
  const chunksOf = (id: AttachmentId) => chunks.where('[attachment+chunk]').between([id, 0], [id, Infinity])
  const forget = (id: AttachmentId): Promise<void> =>
    dexie.transaction('rw', heads, chunks, async () => {
      await heads.delete(id)
      await chunksOf(id).delete()
    })
  const sent = () => heads.where('state').equals('sent').toArray()
  return { dexie, heads, chunks, chunksOf, forget, sent }
}

/** Of somebody who is not at work: what the centre had before this instant. A disk that does not answer is asked another time. */
export const takeOffFiles = async (name: string, before: number): Promise<void> => {
  if (!(await Dexie.exists(attachmentStore(name)).catch(() => false))) return
  const { dexie, sent, forget } = openFiles(name)
  try {
    for (const row of await sent()) if ((row.sent?.at ?? 0) < before) await forget(row.id)
  } catch {
    // It lies there sealed as before.
  } finally {
    dexie.close()
  }
}
