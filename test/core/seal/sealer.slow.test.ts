// Sealing: no two seals share an IV.
import { expect, test } from 'vitest'
import { ivAt, sealedTextAt } from '../../../contract/seal.ts'
import { openSealer } from '../../../core/seal/sealer.ts'
import { aStoreKey } from '../../makers/traffic.ts'

test('[D01] never has an IV that another one had, over 100,000 of them', async () => {
  const sealer = await openSealer([aStoreKey(7)], globalThis)
  const seen = new Set<string>()
  const plain = new TextEncoder().encode('x')
  for (let round = 0; round < 100; round += 1) {
    const many = await Promise.all(Array.from({ length: 1_000 }, () => sealer.seal('call', 'a', plain)))
    for (const each of many) seen.add(Buffer.from(each.subarray(ivAt, sealedTextAt)).toString('hex'))
  }
  expect(seen.size).toBe(100_000)
})
