// A half-written reply belongs to who wrote it, and lies sealed in the window's storage.
import { expect, test } from 'vitest'
import { openSealer } from '../../../core/seal/sealer.ts'
import { emptyReply, keptReplies } from '../../../renderer/tickets/replyDraft.ts'
import { aStoreKey } from '../../makers/traffic.ts'

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}
const draft = { ...emptyReply, text: '已与单位联系' }
const mine = keptReplies(storage, '3001', await openSealer([aStoreKey(1)], globalThis))

test('[F69] a reply half written comes back to its writer and is not shown to who signs in next', async () => {
  await mine.keep('T1', draft)
  expect(await mine.read('T1')).toEqual(draft)
  expect(await mine.read('T2')).toEqual(emptyReply)
  const next = keptReplies(storage, '3002', await openSealer([aStoreKey(2)], globalThis))
  expect(await next.read('T1')).toEqual(emptyReply)
  await mine.keep('T1', emptyReply)
  expect(await mine.read('T1')).toEqual(emptyReply)
  expect(kept.size).toBe(0)
})

test('[STORE-13] [F76] what lies there is sealed: neither in clear, nor opened with another key, nor for another work order', async () => {
  await mine.keep('T1', draft)
  const lying = kept.get('reply.3001.T1') ?? ''
  expect(Buffer.from(lying, 'base64').includes(Buffer.from('单位'))).toBe(false)
  const thief = keptReplies(storage, '3001', await openSealer([{ ...aStoreKey(2), id: 1 }], globalThis))
  expect(await thief.read('T1')).toEqual(emptyReply)
  kept.set('reply.3001.T2', lying)
  expect(await mine.read('T2')).toEqual(emptyReply)
})

test('of two drafts kept at once the later one stays', async () => {
  const later = { ...draft, text: '已与单位联系，本周答复' }
  await Promise.all([mine.keep('T3', draft), mine.keep('T3', later)])
  expect(await mine.read('T3')).toEqual(later)
})
