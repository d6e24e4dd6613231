// Sealing: what is sealed opens in its own place under its own key and nowhere else.
import { describe, expect, test } from 'vitest'
import { sealedTextAt } from '../../../contract/seal.ts'
import type { StoreKeys } from '../../../contract/seal.ts'
import { mergedKeys, openSealer } from '../../../core/seal/sealer.ts'
import { aStoreKey } from '../../makers/traffic.ts'

const opened = (keys: StoreKeys) => openSealer(keys, globalThis)
const bytes = (text: string) => new TextEncoder().encode(text)
const told = (plain: Uint8Array | null) => plain && new TextDecoder().decode(plain)
const said = '王秀英，138 0000 1234，工资三个月没有发'

describe('a sealed record', () => {
  test('[D01] opens in its own place, and shows nothing of what it holds', async () => {
    const sealer = await opened([aStoreKey(7)])
    const sealed = await sealer.seal('call', 'a', bytes(said))
    expect(told(await sealer.open('call', 'a', sealed))).toBe(said)
    expect(sealed.length).toBe(sealedTextAt + bytes(said).length + 16)
    expect([...sealed.subarray(0, 3)]).toEqual([1, 0, 7])
    expect(Buffer.from(sealed).includes(Buffer.from('王秀英'))).toBe(false)
  })

  test('[D01] does not open under another id, in another table, or changed in any byte', async () => {
    const sealer = await opened([aStoreKey(7)])
    const sealed = await sealer.seal('call', 'a', bytes(said))
    expect(await sealer.open('call', 'b', sealed)).toBeNull()
    expect(await sealer.open('ticket', 'a', sealed)).toBeNull()
    // The ends of table and id are part of what is bound.
    expect(await sealer.open('calla', '', sealed)).toBeNull()
    for (const at of sealed.keys()) {
      const changed = sealed.map((byte, place) => (place === at ? byte ^ 1 : byte))
      expect(await sealer.open('call', 'a', changed)).toBeNull()
      expect(await sealer.open('call', 'a', sealed.slice(0, at))).toBeNull()
    }
  })

  test('[D01] [F48] does not open with the key of another account, be its id the same', async () => {
    const sealed = await (await opened([aStoreKey(7)])).seal('call', 'a', bytes(said))
    const stranger = { ...aStoreKey(8), id: 7 }
    expect(await (await opened([stranger])).open('call', 'a', sealed)).toBeNull()
    expect(await (await opened([aStoreKey(8)])).open('call', 'a', sealed)).toBeNull()
  })
})

describe('the ring of keys', () => {
  test('[D04] the newest seals, every one of them opens', async () => {
    const before = await (await opened([aStoreKey(7)])).seal('call', 'a', bytes(said))
    const ring = await opened([aStoreKey(7), aStoreKey(300)])
    expect(ring.keyId).toBe(300)
    expect(told(await ring.open('call', 'a', before))).toBe(said)
    const after = await ring.seal('call', 'a', bytes(said))
    expect(await (await opened([aStoreKey(7)])).open('call', 'a', after)).toBeNull()
    expect(told(await (await opened([aStoreKey(300)])).open('call', 'a', after))).toBe(said)
  })

  test('[D04] two rings become one: a key only the older knows stays, the newer one’s last stays last', () => {
    const [one, two, three] = [aStoreKey(1), aStoreKey(2), aStoreKey(3)]
    expect(mergedKeys(null, [one])).toEqual([one])
    expect(mergedKeys([one, two], [two])).toEqual([one, two])
    expect(mergedKeys([one], [two, three])).toEqual([one, two, three])
  })

  test('[D01] WebCrypto has the keys for good: none of them can be taken out again', async () => {
    const taken: boolean[] = []
    const { subtle } = globalThis.crypto
    const watched = new Proxy(subtle, {
      get: (of, name) => {
        if (name !== 'importKey' && name !== 'deriveKey') return Reflect.get(of, name).bind(of)
        return async (...given: unknown[]) => {
          const key = await Reflect.apply(Reflect.get(of, name), of, given)
          taken.push(key.extractable)
          return key
        }
      },
    })
    const getRandomValues = globalThis.crypto.getRandomValues.bind(globalThis.crypto)
    const { TextEncoder, atob } = globalThis
    await openSealer([aStoreKey(7)], { crypto: { subtle: watched, getRandomValues }, TextEncoder, atob })
    expect(taken).toEqual([false, false, false])
  })
})

describe('a blind', () => {
  test('[D02] is the same for the same text, another for another text or account, and 16 bytes long', async () => {
    const sealer = await opened([aStoreKey(7)])
    const blind = await sealer.blind('13800001234')
    expect(blind).toBe(await sealer.blind('13800001234'))
    expect(blind).toHaveLength(8)
    expect(blind).not.toBe(await sealer.blind('13800001235'))
    expect(blind).not.toBe(await (await opened([aStoreKey(8)])).blind('13800001234'))
  })
})
