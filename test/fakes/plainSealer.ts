// A Sealer that seals nothing: for a simulated seat, whose time does not wait for WebCrypto, and to measure what sealing
// costs. Blinds are the texts themselves.
import type { Sealer } from '../../core/seal/sealer.ts'

export const plainSealer: Sealer = {
  keyId: 1,
  seal: async (_table, _id, plain) => plain,
  open: async (_table, _id, sealed) => sealed,
  blind: async (text) => text,
}
