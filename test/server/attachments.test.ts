// Attachments at the centre, on both databases: after the record, chunk by chunk, proven by their hash, opened by whom
// they concern.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chunkBytes, type AttachmentHead } from '../../contract/attachments.ts'
import { CallId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import { v7 } from 'uuid'
import { aFile, headOf } from '../makers/files.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('attachments on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  const who: Record<string, Session> = {}
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    for (const id of ['1001', '1002', '2001', '3001', '3002']) who[id] = await centre.signIn(id)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })
  const token = (id: string) => who[id]?.token ?? ''
  const aCall = async (agent = '1001') => {
    const call = aCallOf(agent)
    const ticket = aDispatchOf(agent, 'ZGFW', { callId: call.id })
    await centre.get('sync.push', items({ call }, { ticket }), token(agent))
    return call.id
  }
  const begin = (head: AttachmentHead, as = '1001') => centre.ask('attachments.begin', head, token(as))
  const chunk = (id: AttachmentHead['id'], content: Uint8Array, at: number) =>
    centre.ask(
      'attachments.chunk',
      { id, at, data: Buffer.from(content.subarray(at, at + chunkBytes)).toString('base64') },
      token('1001'),
    )
  const send = async (head: AttachmentHead, content: Uint8Array) => {
    const begun = await centre.get('attachments.begin', head, token('1001'))
    let state = begun
    while (!state.whole) {
      const { answer } = await chunk(head.id, content, state.received)
      if (!answer.ok) return answer.problem
      state = answer.value
    }
    return state
  }
  const chunksKept = (id: string) =>
    centre.running.database.rows('select chunk from attachment_chunks where attachment = $1', [id])

  test('[ATTACH-3] [ATTACH-4] arrives in chunks after its record, each harmless twice, out of turn or again', async () => {
    const content = aFile(2 * chunkBytes + 1000)
    const early = headOf(CallId.parse(v7()), content)
    expect((await begin(early)).answer).toMatchObject({
      ok: false,
      problem: { code: 'not_found', retryAfterMs: 5000 },
    })
    const head = headOf(await aCall(), content)
    expect((await begin(head)).answer).toEqual({ ok: true, value: { received: 0, whole: false } })
    const says = async (at: number) => (await chunk(head.id, content, at)).answer
    expect(await says(chunkBytes)).toEqual({ ok: true, value: { received: 0, whole: false } })
    expect(await says(0)).toEqual({ ok: true, value: { received: chunkBytes, whole: false } })
    expect(await says(0)).toEqual({ ok: true, value: { received: chunkBytes, whole: false } })
    const twice = await Promise.all([says(chunkBytes), says(chunkBytes)])
    expect(twice.map((answer) => answer.ok)).toEqual([true, true])
    expect((await begin(head)).answer).toEqual({
      ok: true,
      value: { received: 2 * chunkBytes, whole: false },
    })
    const list = () => centre.get('attachments.list', { callId: head.callId }, token('1001'))
    expect(await list()).toEqual([])
    expect(await says(2 * chunkBytes)).toEqual({ ok: true, value: { received: content.length, whole: true } })
    expect(await says(2 * chunkBytes)).toMatchObject({ ok: true, value: { whole: true } })
    expect(await list()).toEqual([head])
    const parts = await Promise.all(
      [0, 1, 2].map((n) => centre.get('attachments.read', { id: head.id, chunk: n }, token('1001'))),
    )
    expect(Buffer.concat(parts.map(({ data }) => Buffer.from(data, 'base64'))).equals(content)).toBe(true)
    expect(parts.map(({ chunks }) => chunks)).toEqual([3, 3, 3])
  })

  test('[ATTACH-4] bytes spoilt on the way are asked for anew, a content that is not what it is called is refused', async () => {
    const content = aFile(chunkBytes + 10, 2)
    const head = headOf(await aCall(), content)
    await begin(head)
    const spoilt = content.slice()
    spoilt[chunkBytes + 3] = (spoilt[chunkBytes + 3] ?? 0) ^ 1
    await chunk(head.id, spoilt, 0)
    expect((await chunk(head.id, spoilt, chunkBytes)).answer).toEqual({
      ok: true,
      value: { received: 0, whole: false },
    })
    expect(await chunksKept(head.id)).toEqual([])
    expect(await send(head, content)).toEqual({ received: content.length, whole: true })
    const page = new TextEncoder().encode('<html><script>alert(1)</script></html>')
    const wrong = headOf(head.callId, page, { name: '照片.jpg' })
    expect(await send(wrong, page)).toMatchObject({ code: 'bad_input', field: 'type' })
    expect(await centre.get('attachments.list', { callId: head.callId }, token('1001'))).toEqual([head])
  })

  test('[ATTACH-4] the same content is kept once, and not sent twice by the same person', async () => {
    const content = aFile(chunkBytes + 20, 3)
    const first = headOf(await aCall(), content)
    await send(first, content)
    const second = headOf(await aCall(), content)
    expect((await begin(second)).answer).toEqual({
      ok: true,
      value: { received: content.length, whole: true },
    })
    expect(await chunksKept(second.id)).toEqual([])
    // Somebody who only knows the hash gets nothing for it.
    const theirs = headOf(await aCall('1002'), content)
    expect((await begin(theirs, '1002')).answer).toEqual({ ok: true, value: { received: 0, whole: false } })
    const part = await centre.get('attachments.read', { id: second.id, chunk: 0 }, token('1001'))
    expect(Buffer.from(part.data, 'base64').equals(content.subarray(0, chunkBytes))).toBe(true)
  })

  test('[ATTACH-1] [F56] too large, of a kind not taken, or too many: refused before a byte of it is sent', async () => {
    const content = aFile(100, 4)
    const callId = await aCall()
    const asked = async (over: Partial<AttachmentHead>) => (await begin(headOf(callId, content, over))).answer
    expect(await asked({ bytes: 10 * 1024 * 1024 + 1 })).toMatchObject({ problem: { field: 'bytes' } })
    await send(headOf(callId, content), content)
    for (let n = 1; n < 10; n += 1) await asked({})
    expect(await asked({})).toMatchObject({ problem: { field: 'callId' } })
  })

  test('[ATTACH-9] what came in part and was taken away keeps no other out, and comes anew if its seat still has it', async () => {
    const callId = await aCall()
    const aNew = (seed: number) => {
      const content = aFile(2 * chunkBytes, seed)
      return { content, head: headOf(callId, content) }
    }
    const [half, other] = [aNew(40), aNew(41)]
    for (let seed = 50; seed < 59; seed += 1) {
      const { head, content } = aNew(seed)
      await send(head, content)
    }
    await begin(half.head)
    await chunk(half.head.id, half.content, 0)
    // Nine and one in part: there is room for a tenth.
    expect((await begin(other.head)).answer).toEqual({ ok: true, value: { received: 0, whole: false } })
    expect(await chunksKept(half.head.id)).toEqual([])
    expect((await chunk(half.head.id, half.content, chunkBytes)).answer).toMatchObject({
      problem: { code: 'not_found' },
    })
    expect(await send(half.head, half.content)).toMatchObject({ whole: true })
    expect((await begin(other.head)).answer).toMatchObject({ problem: { field: 'callId' } })
    expect(await centre.get('attachments.list', { callId }, token('1001'))).toHaveLength(10)
  })

  test('[ATTACH-5] a part from the middle is on record too, and the parts after the first are none of their own', async () => {
    const content = aFile(3 * chunkBytes, 6)
    const head = headOf(await aCall(), content)
    await send(head, content)
    const read = (part: number) => centre.get('attachments.read', { id: head.id, chunk: part }, token('2001'))
    const count = async () =>
      (
        await centre.running.database.rows(
          `select 1 from audit where account = '2001' and what = 'attachments.read' and subject = $1`,
          [head.id],
        )
      ).length
    await read(2)
    expect(await count()).toBe(1)
    for (const part of [0, 1, 2]) await read(part)
    expect(await count()).toBe(2)
  })

  test('[ATTACH-5] opened by the agent, the department concerned and the lead, by nobody else, each on record', async () => {
    const content = aFile(500, 5)
    const head = headOf(await aCall(), content)
    await send(head, content)
    const may = async (as: string) => [
      (await centre.ask('attachments.list', { callId: head.callId }, token(as))).status,
      (await centre.ask('attachments.read', { id: head.id, chunk: 0 }, token(as))).status,
    ]
    expect(await Promise.all(['1001', '2001', '3001', '1002', '3002'].map(may))).toEqual([
      [200, 200],
      [200, 200],
      [200, 200],
      [403, 403],
      [403, 403],
    ])
    const readers = await centre.running.database.rows<{ account: string }>(
      `select account from audit where what = 'attachments.read' and subject = $1 order by account`,
      [head.id],
    )
    expect(readers.map(({ account }) => account)).toEqual(['1001', '2001', '3001'])
    const other = headOf(head.callId, content, { id: head.id, sha256: 'f'.repeat(64) })
    expect((await begin(other)).answer).toMatchObject({ problem: { field: 'id' } })
    expect((await begin(headOf(head.callId, content), '1002')).answer).toMatchObject({
      problem: { code: 'forbidden' },
    })
  })
})
