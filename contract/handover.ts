// Unsent work carried by somebody else (交接): sealed rows as they lie in an outbox, handed to the centre by the next person
// at the seat, at another seat, or as a file. Only the centre opens them, with the key of the account they belong to.
//
// The file is lines of JSON: a HandoverHead, then one SealedRow a line; `sha256` is over these. Work of several people is one
// such part behind the other.
import { z } from 'zod'
import { AccountId, Instant } from './ids.ts'
import { PushVerdict } from './sync.ts'

const Base64 = z.string().regex(/^[0-9A-Za-z+/]+={0,2}$/)

export const SealedRow = z.strictObject({
  kind: z.enum(['call', 'ticket', 'warning', 'audit']),
  id: z.string().min(1).max(64),
  rev: z.number().int().min(1),
  /** The finished PushItem, sealed (contract/seal.ts). */
  sealed: Base64.max(2_000_000),
})
export type SealedRow = z.infer<typeof SealedRow>

export const HandoverHead = z.object({
  handover: z.literal(1),
  /** Id of the centre whose key opens it. */
  centre: z.string(),
  account: AccountId,
  count: z.number().int().min(0),
  madeAt: Instant,
  /** So many parts follow. */
  more: z.number().int().min(0).default(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
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
