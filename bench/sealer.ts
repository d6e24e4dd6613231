// The sealer of the bench's seat: the product's own, under a made-up key.
import type { Sealer } from '../core/seal/sealer.ts'
import { openSealer } from '../core/seal/sealer.ts'

export const benchSealer = (): Promise<Sealer> =>
  openSealer([{ id: 1, key: btoa('\u0001'.repeat(32)) }], globalThis)
