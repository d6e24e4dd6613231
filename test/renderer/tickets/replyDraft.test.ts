// A half-written reply belongs to who wrote it, on the runtime's own session storage or one like it.
import { expect, test } from 'vitest'
import { emptyReply, keepReply, keptReply } from '../../../renderer/tickets/replyDraft.ts'

const inMemory = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

test('[F69] a reply half written comes back to its writer and is not shown to who signs in next', () => {
  Object.defineProperty(globalThis, 'sessionStorage', { value: inMemory(), configurable: true })
  const draft = { ...emptyReply, text: '已与单位联系' }
  keepReply('3001', 'T1', draft)
  expect(keptReply('3001', 'T1')).toEqual(draft)
  expect(keptReply('3002', 'T1')).toEqual(emptyReply)
  keepReply('3001', 'T1', emptyReply)
  expect(keptReply('3001', 'T1')).toEqual(emptyReply)
})
