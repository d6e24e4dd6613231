// The files an agent adds to a call, as screens use them: on this disk first, then at the centre. attachments.ts keeps and
// sends them.
import type { Answer } from '../../contract/answer.ts'
import type { AttachmentHead } from '../../contract/attachments.ts'
import type { AttachmentId, CallId } from '../../contract/ids.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file as a screen shows it. */
export type KeptAttachment = {
  readonly head: AttachmentHead
  readonly state: 'waiting' | 'sent' | 'refused'
  /** Bytes the centre has, as far as this window has seen. */
  readonly received: number
  readonly problem: string | null
}

export type Attachments = {
  /** Resolves ok when the whole file is on this disk. */
  add(head: AttachmentHead, content: Bytes): Promise<Answer<null>>
  of(callId: CallId): Promise<Answer<readonly KeptAttachment[]>>
  /** How many the centre does not have yet. */
  waiting(): Promise<Answer<number>>
  /** The content from this disk; null: it is not here. */
  content(id: AttachmentId): Promise<Answer<Bytes | null>>
  /** Takes away a file the centre does not have. */
  remove(id: AttachmentId): Promise<Answer<null>>
  /** Tells when a file came, went or got on. */
  listen(listener: () => void): () => void
  /** Somebody is on the line, or nobody any more: the voice goes first. */
  lineIsBusy(busy: boolean): void
  /** The centre is back, or took records: do not wait any longer. */
  sendNow(): void
  stop(): void
}
