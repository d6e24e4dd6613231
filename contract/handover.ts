// Unsent work carried by somebody else (交接): sealed rows as they lie in an outbox, handed to the centre by the next person
// at the seat, at another seat, or as a file. Only the centre opens them, with the key of the account they belong to.
//
// The file is lines: a HandoverHead, then one SealedRow a line, then one SealedFile a line; `sha256` is over these. The sealed
// chunks of the files follow, each a line of base64 whose SHA-256 stands in its SealedFile: whoever reads the file needs one
// chunk of it at a time in memory. Work of several people is one such part behind the other. docs/decisions/0020.
import { z } from 'zod'
import { AttachmentState, chunkBytes } from './attachments.ts'
import { AccountId, AttachmentId, Instant } from './ids.ts'
import { sealBytes } from './seal.ts'
import { PushVerdict } from './sync.ts'

const Base64 = z.string().regex(/^[0-9A-Za-z+/]+={0,2}$/)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const SealedRow = z.strictObject({
  kind: z.enum(['call', 'ticket', 'warning', 'audit']),
  id: z.string().min(1).max(64),
  rev: z.number().int().min(1),
  /** The finished PushItem, sealed (contract/seal.ts). */
  sealed: Base64.max(2_000_000),
})
export type SealedRow = z.infer<typeof SealedRow>

/** Of an attachment that waits. */
export const SealedFile = z.strictObject({
  id: AttachmentId,
  /** Its AttachmentHead, sealed. */
  head: Base64.max(4_000),
  /** Of each line that holds one of its chunks, in order. */
  sums: z.array(Sha256).min(1).max(10_200),
})
export type SealedFile = z.infer<typeof SealedFile>

export const SealedChunk = Base64.max(Math.ceil((chunkBytes + sealBytes) / 3) * 4)

export const HandoverHead = z.object({
  /** 2: a part with attachments, which programs that know 1 alone refuse. */
  handover: z.literal([1, 2]),
  /** Id of the centre whose key opens it. */
  centre: z.string(),
  account: AccountId,
  count: z.number().int().min(0),
  files: z.number().int().min(0).default(0),
  madeAt: Instant,
  /** So many parts follow. */
  more: z.number().int().min(0).default(0),
  sha256: Sha256,
})
export type HandoverHead = z.infer<typeof HandoverHead>

export const HandoverRequest = z.strictObject({
  clientNow: Instant,
  account: AccountId,
  rows: z.array(SealedRow).min(1).max(200),
})
export type HandoverRequest = z.infer<typeof HandoverRequest>

export const HandoverAnswer = z.object({
  centre: z.string(),
  epoch: z.number().int(),
  serverNow: Instant,
  /** By the rows' places. */
  verdicts: z.array(PushVerdict),
})
export type HandoverAnswer = z.infer<typeof HandoverAnswer>

/** What `attachments.begin` is for its owner: where an attachment's upload stands, announced the first time. */
export const HandoverFile = z.strictObject({
  account: AccountId,
  id: AttachmentId,
  head: SealedFile.shape.head,
  /** So many are at hand. */
  chunks: z.number().int().min(1),
})
export type HandoverFile = z.infer<typeof HandoverFile>
/** The same without whose it is. */
export type HandedFile = Omit<HandoverFile, 'account'>

export const HandoverFileState = AttachmentState.extend({
  /** It was whole before it was asked about. */
  had: z.boolean(),
})
export type HandoverFileState = z.infer<typeof HandoverFileState>

export const HandoverChunk = z.strictObject({
  account: AccountId,
  id: AttachmentId,
  chunk: z.number().int().min(0),
  sealed: SealedChunk,
})
export type HandoverChunk = z.infer<typeof HandoverChunk>
