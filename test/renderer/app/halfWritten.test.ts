// What is half written belongs to who wrote it and to what it was written for, and lies sealed in the window's storage.
import { beforeEach, describe, expect, test } from 'vitest'
import { openSealer } from '../../../core/seal/sealer.ts'
import { type Kind, halfWritten } from '../../../renderer/adapters/halfWritten.ts'
import { decisionDraft, replyDraft } from '../../../renderer/tickets/drafts.ts'
import { eventDraft } from '../../../renderer/warnings/eventDraft.ts'
import { aStoreKey } from '../../makers/traffic.ts'

const kept = new Map<string, string>()
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
}
const sealer = await openSealer([aStoreKey(1)], globalThis)
const otherSealer = await openSealer([aStoreKey(2)], globalThis)
const text = '已与单位联系'
const mine = halfWritten(storage, '3001', sealer)

beforeEach(() => kept.clear())

/** Each kind with what somebody has begun to write, and more of it. */
const kinds: readonly { kind: Kind<unknown>; begun: unknown; more: unknown }[] = [
  {
    kind: replyDraft,
    begun: { ...replyDraft.empty, text },
    more: { ...replyDraft.empty, text: `${text}，本周答复` },
  },
  { kind: decisionDraft, begun: text, more: `${text}，本周答复` },
  {
    kind: eventDraft,
    begun: { step: 'close', text },
    more: { step: 'close', text: `${text}，本周答复` },
  },
]

describe.each(kinds)('$kind.name', ({ kind, begun, more }) => {
  test('[PAGE-8] [F69] it comes back to its writer, after a reload and the next sign-in too, and is not shown to who signs in next', async () => {
    await mine.keep(kind, 'T1', begun)
    expect(await mine.read(kind, 'T1')).toEqual(begun)
    expect(await halfWritten(storage, '3001', sealer).read(kind, 'T1')).toEqual(begun)
    expect(await mine.read(kind, 'T2')).toEqual(kind.empty)
    expect(await halfWritten(storage, '3002', otherSealer).read(kind, 'T1')).toEqual(kind.empty)
  })

  test('[PAGE-8] nothing is left of it once it is sent', async () => {
    await mine.keep(kind, 'T1', begun)
    await mine.keep(kind, 'T1', kind.empty)
    expect(await mine.read(kind, 'T1')).toEqual(kind.empty)
    expect(kept.size).toBe(0)
  })

  test('[PAGE-8] [STORE-13] [F76] it lies sealed: neither in clear, nor opened with another key, nor for another work order', async () => {
    await mine.keep(kind, 'T1', begun)
    const lying = kept.get(`${kind.name}.3001.T1`) ?? ''
    expect(lying).not.toBe('')
    expect(Buffer.from(lying, 'base64').includes(Buffer.from('单位'))).toBe(false)
    const thief = halfWritten(storage, '3001', await openSealer([{ ...aStoreKey(2), id: 1 }], globalThis))
    expect(await thief.read(kind, 'T1')).toEqual(kind.empty)
    kept.set(`${kind.name}.3001.T2`, lying)
    expect(await mine.read(kind, 'T2')).toEqual(kind.empty)
  })

  test('[PAGE-8] of two kept at once the later one stays, and whoever comes back at once reads it', async () => {
    void mine.keep(kind, 'T3', begun)
    void mine.keep(kind, 'T3', more)
    expect(await mine.read(kind, 'T3')).toEqual(more)
  })

  test('[PAGE-8] the last letters are kept when another one is begun before they are sealed', async () => {
    await Promise.all([mine.keep(kind, 'T1', begun), mine.keep(kind, 'T2', more)])
    expect([await mine.read(kind, 'T1'), await mine.read(kind, 'T2')]).toEqual([begun, more])
  })

  test('a storage that takes nothing costs the draft and nothing else', async () => {
    const full = () => {
      throw new Error('QuotaExceededError')
    }
    const poor = halfWritten({ ...storage, setItem: full }, '3001', sealer)
    await poor.keep(kind, 'T1', begun)
    expect(await poor.read(kind, 'T1')).toEqual(kind.empty)
    await poor.keep(kind, 'T1', kind.empty)
  })
})

test('[PAGE-8] what is written of one work order in two fields is two things', async () => {
  await mine.keep(decisionDraft, 'T1', text)
  expect(await mine.read(replyDraft, 'T1')).toEqual(replyDraft.empty)
  expect(await mine.read(eventDraft, 'T1')).toEqual(eventDraft.empty)
})

test('[PAGE-8] a reply an earlier program kept, without a request for time, is read', async () => {
  const { askReason: _, ...earlier } = { ...replyDraft.empty, text }
  const sealed = await sealer.seal('reply', 'T1', new TextEncoder().encode(JSON.stringify(earlier)))
  kept.set('reply.3001.T1', btoa(String.fromCharCode(...sealed)))
  expect(await mine.read(replyDraft, 'T1')).toEqual({ ...replyDraft.empty, text })
})
