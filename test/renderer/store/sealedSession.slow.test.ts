// The store keys inside the sealed session: what comes out of it, what is kept when the centre forgot, and a seal from
// before there were keys. Signing in with it is session.slow.test.ts.
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, test } from 'vitest'
import { AccountId } from '../../../contract/ids.ts'
import type { OfflineDays } from '../../../renderer/adapters/offlineDays.ts'
import { offlineDaysOf } from '../../../renderer/adapters/offlineDays.ts'
import { openSealedSessions } from '../../../renderer/adapters/sealedSession.ts'
import { manualClock } from '../../fakes/manualClock.ts'
import { morning } from '../../makers/stamps.ts'
import { aSession, aStoreKey } from '../../makers/traffic.ts'
import { code, value } from '../../suites/openedSeat.ts'

const url = 'https://centre.example.invalid'
const account = '1001'
const password = '钥匙-made-up'
const [first, second] = [aStoreKey(1), aStoreKey(2)]
const clock = manualClock(morning)
const seals = openSealedSessions(clock, async () => 7)
const opened = async () => (await value(seals.open(url, account, password))).storeKeys

test('[STORE-14] [D04] a key the centre lost since stays in the ring, and the centre’s newest seals', async () => {
  expect(await seals.seal(url, aSession({ storeKeys: [first] }), password)).toEqual([first])
  expect(await opened()).toEqual([first])
  // The centre comes back from a backup older than this key, and made a new one.
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), password)).toEqual([first, second])
  expect(await opened()).toEqual([first, second])
})

test('[STORE-14] a ring under another password stays shut, and opens at the next sign-in with it', async () => {
  await seals.destroy(url, account)
  await seals.seal(url, aSession({ storeKeys: [first] }), '原来的')
  // The account is not in the backup, and is made anew with other passwords.
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), password)).toEqual([second])
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), '又一个')).toEqual([second])
  expect(await code(seals.open(url, account, '原来的'))).toBe('wrong_password')
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), '原来的')).toEqual([first, second])
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), '原来的')).toEqual([first, second])
})

test('[STORE-14] under an old password nothing is kept that the centre brings anyway', async () => {
  await seals.destroy(url, account)
  await seals.seal(url, aSession({ storeKeys: [first] }), '漏了的密码')
  await seals.seal(url, aSession({ storeKeys: [first, second] }), password)
  expect((await sealsHere())[0]?.before).toEqual([])
})

test('[STORE-22] [SYNC-19] while the store cannot tell how many days are allowed it is said to be slow, not expired, and stays', async () => {
  let days: OfflineDays = 'unread'
  const slow = openSealedSessions(clock, async () => days)
  await slow.seal(url, aSession({ serverNow: clock.now() }), password)
  expect(await slow.open(url, account, password)).toMatchObject({
    problem: { code: 'failed', text: expect.stringContaining('稍等再试') },
  })
  await slow.destroyOld(clock.now() + 400 * 86_400_000)
  days = 7
  expect(await code(slow.open(url, account, password))).toBe('ok')
  days = null
  expect(await code(slow.open(url, account, password))).toBe('not_signed_in')
})

test('[STORE-22] a store that answers late says nothing of its days; one that is not there has none', async () => {
  const quick = { after: (_: number, run: () => void) => (run(), () => undefined) }
  expect(await offlineDaysOf(quick)('no-such-centre', account)).toBe('unread')
  expect(await offlineDaysOf(clock)('no-such-centre', account)).toBeNull()
})

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Puts a seal as a program before the store keys made it in the place of the one that is there. */
const sealedBefore = async (): Promise<void> => {
  const salt = new Uint8Array(16)
  const given = await crypto.subtle.importKey('raw', utf8(password), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 1_000 }
  const key = await crypto.subtle.deriveKey(how, given, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = new Uint8Array(12)
  const additionalData = utf8(JSON.stringify(['seat-session', 1, url, account]))
  const { account: who, newcomer, sip, centre, serverNow } = aSession()
  const plain = utf8(JSON.stringify({ account: who, newcomer, sip, centre, serverNow, sealedAt: morning }))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain)
  await new Promise<void>((resolve) => {
    const asked = indexedDB.open('hotline-door')
    asked.onsuccess = () => {
      const writing = asked.result.transaction('seals', 'readwrite')
      const row = { url, account, salt, iv, rounds: 1_000, sealed, sealedAt: morning, wrong: 0, notBefore: 0 }
      writing.objectStore('seals').put(row)
      writing.oncomplete = () => resolve()
      asked.result.close()
    }
  })
}

test('[STORE-14] a seal from before the keys asks for the centre once, and calls no right password wrong', async () => {
  await seals.seal(url, aSession(), password)
  await sealedBefore()
  expect(await code(seals.open(url, account, password))).toBe('not_signed_in')
  expect(await code(seals.open(url, account, '猜'))).toBe('wrong_password')
  expect(await seals.seal(url, aSession({ storeKeys: [second] }), password)).toEqual([second])
  expect(await opened()).toEqual([second])
})

test('[SYNC-19] [F58] wrong passwords under a clock that was years ahead cost minutes, not years, once it is right', async () => {
  await seals.seal(url, aSession({ storeKeys: [first] }), password)
  const ahead = 3 * 365 * 86_400_000
  clock.jump(ahead)
  for (let n = 0; n < 3; n += 1) await seals.open(url, account, '猜')
  clock.jump(-ahead)
  expect(await seals.open(url, account, password)).toMatchObject({
    problem: { code: 'locked', retryAfterMs: 30_000 },
  })
  clock.advance(29_999)
  expect(await code(seals.open(url, account, password))).toBe('locked')
  clock.advance(1)
  expect(await opened()).toContainEqual(first)
})

const day = 86_400_000
const sealsHere = () =>
  new Promise<{ account: string; sealed: ArrayBuffer; before?: unknown[] }[]>((resolve) => {
    const asked = indexedDB.open('hotline-door')
    asked.onsuccess = () => {
      const all = asked.result.transaction('seals').objectStore('seals').getAll()
      all.onsuccess = () => resolve(all.result)
      asked.result.close()
    }
  })
const accounts = async () => (await sealsHere()).map((row) => row.account)
const sessionOf = (id: string) => {
  const session = aSession({ storeKeys: [first], serverNow: clock.now() })
  return { ...session, account: { ...session.account, id: AccountId.parse(id) } }
}

describe('a seal nobody may open any more', () => {
  beforeEach(async () => {
    for (const id of await accounts()) await seals.destroy(url, id)
    await seals.seal(url, sessionOf('1001'), password)
    await seals.seal(url, sessionOf('1002'), password)
  })

  test('[STORE-22] [D05] is gone from the disk once the centre has told that its days are over, younger ones stay', async () => {
    const begun = clock.now()
    clock.advance(3 * day)
    await seals.seal(url, sessionOf('1002'), password)
    await seals.destroyOld(begun + 7 * day)
    expect(await accounts()).toEqual(['1001', '1002'])
    clock.advance(4 * day + 1)
    expect(await code(seals.open(url, '1001', password))).toBe('not_signed_in')
    await seals.destroyOld(begun + 7 * day + 1)
    expect(await accounts()).toEqual(['1002'])
    expect(await code(seals.open(url, '1001', password))).toBe('not_found')
    expect(await code(seals.open(url, '1002', password))).toBe('ok')
  })

  test('[STORE-22] [F58] a computer whose own clock is years ahead opens none, and destroys none by itself', async () => {
    clock.jump(3 * 365 * day)
    expect(await code(seals.open(url, '1001', password))).toBe('not_signed_in')
    clock.jump(-3 * 365 * day)
    expect(await code(seals.open(url, '1001', password))).toBe('ok')
  })

  test('[STORE-22] one kept beside another for its keys goes by its own age', async () => {
    const begun = clock.now()
    clock.advance(3 * day)
    await seals.seal(url, { ...sessionOf('1001'), storeKeys: [second] }, '另一个')
    await seals.destroyOld(begun + 7 * day)
    expect((await sealsHere())[0]?.before).toHaveLength(1)
    await seals.destroyOld(begun + 7 * day + 1)
    expect((await sealsHere())[0]?.before).toEqual([])
    expect(await accounts()).toEqual(['1001'])
  })

  test('[STORE-22] without a word on how many days it stays a month', async () => {
    const knowsNothing = openSealedSessions(clock, async () => null)
    await knowsNothing.destroyOld(clock.now() + 30 * day)
    expect(await accounts()).toHaveLength(2)
    await knowsNothing.destroyOld(clock.now() + 30 * day + 1)
    expect(await accounts()).toEqual([])
  })

  test('[SESSION-14] [D05] of a closed account is gone at once, those of others stay', async () => {
    await seals.destroy(url, '1001')
    expect(await accounts()).toEqual(['1002'])
    expect(await code(seals.open(url, '1001', password))).toBe('not_found')
  })
})
