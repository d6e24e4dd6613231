// Seals what lies at rest and opens it again: AES-256-GCM under keys derived from the account's store keys
// (contract/seal.ts), each record bound to its place. One code for page, centre and tests: the world hands in WebCrypto.
import { ivAt, ivBytes, keyIdAt, sealedTextAt, sealVersion } from '../../contract/seal.ts'
import type { StoreKeys } from '../../contract/seal.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Never throws for what is sealed: what does not open is null. */
export interface Sealer {
  /** The key that seals now. */
  readonly keyId: number
  seal(table: string, id: string, plain: Bytes): Promise<Bytes>
  /** null: of another place, changed, cut, or under a key that is not here. */
  open(table: string, id: string, sealed: Bytes): Promise<Bytes | null>
  /** What equal texts have in common and tells nothing of them: 16 bytes, as 8 letters. */
  blind(text: string): Promise<string>
}

type Subtle<Key> = {
  importKey(
    format: 'raw',
    bytes: Bytes,
    algorithm: 'HKDF',
    extractable: false,
    uses: 'deriveKey'[],
  ): Promise<Key>
  deriveKey(
    how: { name: 'HKDF'; hash: 'SHA-256'; salt: Bytes; info: Bytes },
    from: Key,
    to: { name: 'AES-GCM'; length: 256 } | { name: 'HMAC'; hash: 'SHA-256'; length: 256 },
    extractable: false,
    uses: ('encrypt' | 'decrypt' | 'sign')[],
  ): Promise<Key>
  encrypt(how: GcmHow, key: Key, plain: Bytes): Promise<ArrayBuffer>
  decrypt(how: GcmHow, key: Key, sealed: Bytes): Promise<ArrayBuffer>
  sign(how: 'HMAC', key: Key, text: Bytes): Promise<ArrayBuffer>
}
type GcmHow = { name: 'AES-GCM'; iv: Bytes; additionalData: Bytes }

/** What page and Node have alike; core itself touches no world. */
export type SealingWorld<Key> = {
  readonly crypto: { readonly subtle: Subtle<Key>; getRandomValues(bytes: Bytes): Bytes }
  readonly TextEncoder: new () => { encode(text: string): Bytes }
  atob(text: string): string
}

const blindLetters = 8

/** Id of the key it was sealed with. */
export const sealedUnder = (sealed: Bytes): number =>
  new DataView(sealed.buffer, sealed.byteOffset).getUint16(keyIdAt)

/** The keys go into WebCrypto as non-extractable ones; nobody gets their bytes back. */
export const openSealer = async <Key>(keys: StoreKeys, world: SealingWorld<Key>): Promise<Sealer> => {
  const { crypto: random } = world
  const { subtle } = random
  const encoder = new world.TextEncoder()
  const utf8 = (text: string): Bytes => encoder.encode(text)

  const derived = await Promise.all(
    keys.map(async ({ id, key }) => {
      const bytes = Uint8Array.from(world.atob(key), (letter) => letter.charCodeAt(0))
      const root = await subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
      bytes.fill(0)
      const by = (info: string) =>
        ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) }) as const
      const [seals, blinds] = await Promise.all([
        subtle.deriveKey(by('seal'), root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
        subtle.deriveKey(by('blind'), root, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
      ])
      return { id, seals, blinds }
    }),
  )
  const newest = derived.at(-1)
  if (!newest) throw new Error('a ring of no keys')

  const boundTo = (table: string, id: string): Bytes => utf8(JSON.stringify([table, id, sealVersion]))

  return {
    keyId: newest.id,
    async seal(table, id, plain) {
      const iv = random.getRandomValues(new Uint8Array(ivBytes))
      const how = { name: 'AES-GCM', iv, additionalData: boundTo(table, id) } as const
      const text = new Uint8Array(await subtle.encrypt(how, newest.seals, plain))
      const sealed = new Uint8Array(sealedTextAt + text.length)
      sealed[0] = sealVersion
      new DataView(sealed.buffer).setUint16(keyIdAt, newest.id)
      sealed.set(iv, ivAt)
      sealed.set(text, sealedTextAt)
      return sealed
    },
    async open(table, id, sealed) {
      if (sealed.length < sealedTextAt || sealed[0] !== sealVersion) return null
      const key = derived.find((each) => each.id === sealedUnder(sealed))
      if (!key) return null
      const how = {
        name: 'AES-GCM',
        iv: sealed.subarray(ivAt, sealedTextAt),
        additionalData: boundTo(table, id),
      } as const
      try {
        return new Uint8Array(await subtle.decrypt(how, key.seals, sealed.subarray(sealedTextAt)))
      } catch {
        return null
      }
    },
    async blind(text) {
      const mac = await subtle.sign('HMAC', newest.blinds, utf8(text))
      return String.fromCharCode(...new Uint16Array(mac, 0, blindLetters))
    },
  }
}

/** The rings of two sources as one: what only the first holds comes first, the second's newest stays the newest. */
export const mergedKeys = (older: StoreKeys | null, newer: StoreKeys): StoreKeys => {
  const known = new Set(newer.map(({ id }) => id))
  return [...(older ?? []).filter(({ id }) => !known.has(id)), ...newer]
}
