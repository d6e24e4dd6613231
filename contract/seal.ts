// Sealing at rest: what seat, centre and an exported file must read alike. A sealed record is
//   byte 0 version (1) · bytes 1–2 id of the store key, big-endian · 12 bytes IV, random · AES-256-GCM text and tag
// bound by its additional data, UTF-8 of JSON [table, id, version], to the place it stands in. core/seal/sealer.ts does it.
import { z } from 'zod'

export const sealVersion = 1
export const keyIdAt = 1
export const ivAt = 3
export const ivBytes = 12
export const sealedTextAt = ivAt + ivBytes
/** By so much a sealed text is longer. */
export const sealBytes = sealedTextAt + 16

/** 32 random bytes the centre made for the stores of one account; the seat derives from them what it seals with. */
export const StoreKey = z.strictObject({
  /** Random, so that a key made after a restore is not taken for the one that was lost. */
  id: z.number().int().min(1).max(65_535),
  key: z.string().regex(/^[0-9A-Za-z+/]{43}=$/),
})
export type StoreKey = z.infer<typeof StoreKey>

/** All keys of an account, the newest last: it seals, every one of them opens. */
export const StoreKeys = z.array(StoreKey).min(1)
export type StoreKeys = z.infer<typeof StoreKeys>
