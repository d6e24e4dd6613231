// Attachments (附件): files an agent adds to a call's form, carried to the centre in chunks after the record.
import { z } from 'zod'
import { AttachmentId, CallId, Instant } from './ids.ts'

/** Recognised by their first bytes; whatever the name says counts for nothing. */
export const AttachmentType = z.enum(['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])
export type AttachmentType = z.infer<typeof AttachmentType>

/** Bytes of a chunk; the last one may be shorter. */
export const chunkBytes = 192 * 1024

export const AttachmentHead = z.strictObject({
  id: AttachmentId,
  callId: CallId,
  /** Of the file, without its folder. */
  name: z.string().min(1).max(120),
  type: AttachmentType,
  bytes: z.number().int().min(1).max(2_000_000_000),
  /** Of the whole content, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  addedAt: Instant,
})
export type AttachmentHead = z.infer<typeof AttachmentHead>

export const AttachmentChunk = z.strictObject({
  id: AttachmentId,
  /** Offset of its first byte: what the centre has already, or it is not taken. */
  at: z.number().int().min(0),
  /** Base64. */
  data: z
    .string()
    .min(4)
    .max(Math.ceil(chunkBytes / 3) * 4)
    .regex(/^[0-9A-Za-z+/]+={0,2}$/),
})
export type AttachmentChunk = z.infer<typeof AttachmentChunk>

/** What the centre has of it. `whole`: all of it, and the hash fits. */
export const AttachmentState = z.object({ received: z.number().int(), whole: z.boolean() })
export type AttachmentState = z.infer<typeof AttachmentState>

export const AttachmentPart = z.object({ data: z.string(), chunks: z.number().int() })
