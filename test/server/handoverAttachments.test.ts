// Unsent attachments handed in by somebody else, on both databases: opened with the owner's key, whole once on whatever ways
// they come, their owner's, with who carried them in the audit.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chunkBytes, type AttachmentHead } from '../../contract/attachments.ts'
import { HandoverHead, type SealedFile, type SealedRow } from '../../contract/handover.ts'
import { AccountId, type CallId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import { openSealer, type Sealer } from '../../core/seal/sealer.ts'
import { handoverBody, handoverText } from '../../core/sync/handover.ts'
import { importHandover } from '../../server/handoverFile.ts'
import { openLog } from '../../server/log.ts'
import { aFile, headOf } from '../makers/files.ts'
import { aCallOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { runProgram } from './program.ts'

const owner = AccountId.parse('1001')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
type Sealed = { readonly head: AttachmentHead; readonly file: SealedFile; readonly lines: readonly string[] }

describe.each(bothDatabases)('attachments in a handover on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let own: Session
  let carrier: Session
  let sealer: Sealer
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    own = await centre.signIn('1001')
    carrier = await centre.signIn('1002')
    sealer = await openSealer(own.storeKeys, globalThis)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const sealedHead = async (head: AttachmentHead, by = sealer): Promise<string> =>
    base64(await by.seal('attachments', head.id, new TextEncoder().encode(JSON.stringify(head))))
  const sealed = async (head: AttachmentHead, content: Uint8Array): Promise<Sealed> => {
    const lines: string[] = []
    for (let at = 0; at < content.length; at += chunkBytes)
      lines.push(
        base64(
          await sealer.seal(
            'attachmentChunks',
            `${head.id}/${lines.length}`,
            Uint8Array.from(content.subarray(at, at + chunkBytes)),
          ),
        ),
      )
    return { head, file: { id: head.id, head: await sealedHead(head), sums: lines.map(sha256) }, lines }
  }
  const sealedCall = async (call: ReturnType<typeof aCallOf>): Promise<SealedRow> => {
    const plain = new TextEncoder().encode(JSON.stringify({ kind: 'call', body: call }))
    return {
      kind: 'call',
      id: call.id,
      rev: call.rev,
      sealed: base64(await sealer.seal('call', call.id, plain)),
    }
  }
  const aCallAtCentre = async (): Promise<CallId> => {
    const call = aCallOf('1001')
    await centre.get('sync.push', items({ call }), own.token)
    return call.id
  }
  const begin = async ({ file }: Sealed, over: object = {}) => {
    const { id, head, sums } = file
    const input = { account: owner, id, head, chunks: sums.length, ...over }
    return (await centre.ask('handover.begin', input, carrier.token)).answer
  }
  const chunk = async ({ file, lines }: Sealed, n: number, over: object = {}) => {
    const input = { account: owner, id: file.id, chunk: n, sealed: lines[n] ?? '', ...over }
    return (await centre.ask('handover.chunk', input, carrier.token)).answer
  }
  const contentOf = async (id: string): Promise<Buffer> => {
    const rows = await centre.running.database.rows<{ data: string }>(
      `select c.data from attachments a join attachment_chunks c on c.attachment = a.content
       where a.id = $1 and a.whole_at is not null and a.agent = '1001' order by c.chunk`,
      [id],
    )
    return Buffer.concat(rows.map(({ data }) => Buffer.from(data, 'base64')))
  }
  const carriersOf = (id: string) =>
    centre.running.database.rows(
      `select account from audit where what = 'handover.attachment' and subject = $1`,
      [`1001 ${id}`],
    )

  test('[F69] [HAND-2] [HAND-3] [ATTACH-3] carried by the next person an attachment is its owner’s, whole once, wherever its own upload stood', async () => {
    const content = aFile(3 * chunkBytes + 9, 61)
    const all = await sealed(headOf(await aCallAtCentre(), content), content)
    expect(await begin(all)).toMatchObject({ value: { received: 0, whole: false, had: false } })
    expect(await chunk(all, 0)).toMatchObject({ value: { received: chunkBytes } })
    // Its owner's own seat sends the next one; the carrier is told, doubles and skips nothing.
    await centre.get('attachments.begin', all.head, own.token)
    const data = base64(content.subarray(chunkBytes, 2 * chunkBytes))
    await centre.get('attachments.chunk', { id: all.head.id, at: chunkBytes, data }, own.token)
    expect(await chunk(all, 1)).toMatchObject({ value: { received: 2 * chunkBytes } })
    expect(await chunk(all, 3)).toMatchObject({ value: { received: 2 * chunkBytes } })
    expect(await chunk(all, 2)).toMatchObject({ value: { received: 3 * chunkBytes } })
    expect(await chunk(all, 3)).toMatchObject({ value: { received: content.length, whole: true } })
    expect((await contentOf(all.head.id)).equals(content)).toBe(true)
    expect(await begin(all)).toMatchObject({ value: { whole: true, had: true } })
    // Its owner's seat, back again, finds it whole.
    expect(await centre.get('attachments.begin', all.head, own.token)).toMatchObject({ whole: true })
    expect(await carriersOf(all.head.id)).toEqual([{ account: '1002' }])
    // The same content on another call needs no chunk, and is noted as carried too.
    const twin = await sealed(headOf(await aCallAtCentre(), content), content)
    expect(await begin(twin)).toMatchObject({ value: { whole: true, had: false } })
    expect(await carriersOf(twin.head.id)).toEqual([{ account: '1002' }])
  })

  test('[HAND-2] what another key sealed, what was changed, moved, or is not all there is refused, and nothing of it kept', async () => {
    const content = aFile(chunkBytes + 9, 62)
    const good = await sealed(headOf(await aCallAtCentre(), content), content)
    const other = await sealed(headOf(good.head.callId, content), content)
    const foreign = await openSealer(carrier.storeKeys, globalThis)
    const refused = { ok: false, problem: { code: 'bad_input' } }
    expect(await begin(good, { head: await sealedHead(good.head, foreign) })).toMatchObject(refused)
    expect(await begin(good, { head: other.file.head })).toMatchObject(refused)
    expect(await begin(good, { chunks: 1 })).toMatchObject(refused)
    expect(await begin(good, { account: '1002' })).toMatchObject(refused)
    expect(await begin(good, { account: '4711' })).toMatchObject(refused)
    expect(
      await centre.running.database.rows('select 1 from attachments where id = $1', [good.head.id]),
    ).toEqual([])
    await begin(good)
    expect(await chunk(good, 0, { sealed: good.lines[1] })).toMatchObject(refused)
    expect(await chunk(good, 0, { sealed: other.lines[0] })).toMatchObject(refused)
    expect(await chunk(good, 0)).toMatchObject({ value: { received: chunkBytes } })
    expect(await chunk(good, 1)).toMatchObject({ value: { whole: true } })
    // Sealed with the right key but to somebody else's call: nobody becomes another by it.
    const theirs = aCallOf('1002')
    await centre.get('sync.push', items({ call: theirs }), carrier.token)
    expect(await begin(await sealed(headOf(theirs.id, content), content))).toMatchObject({
      problem: { code: 'forbidden' },
    })
  })

  test('[HAND-1] [HAND-2] [HAND-7] a file’s attachments are imported on the command line, once, behind their records; of a damaged file nothing', async () => {
    const call = aCallOf('1001')
    const [large, begun, lone] = [aFile(5_000_000, 63), aFile(2 * chunkBytes, 64), aFile(700, 65)]
    const files = [
      await sealed(headOf(call.id, large), large),
      await sealed(headOf(await aCallAtCentre(), begun), begun),
      // Its record is nowhere.
      await sealed(headOf(aCallOf('1001').id, lone), lone),
    ]
    const [first, second, third] = files
    if (!first || !second || !third) throw new Error('no files')
    await begin(second)
    await chunk(second, 0)
    const body = handoverBody(
      [await sealedCall(call)],
      files.map(({ file }) => file),
    )
    const head = HandoverHead.parse({
      handover: 2,
      centre: own.centre.id,
      account: owner,
      count: 1,
      files: files.length,
      madeAt: Date.now(),
      sha256: sha256(body),
    })
    const lines = files.flatMap((each) => each.lines)
    const text = `${handoverText(head, body)}${lines.join('\n')}\n`
    const write = (name: string, content: string): string => {
      const path = join(place.folder, name)
      writeFileSync(path, content)
      return path
    }
    const whole = write('files.handover', text)
    const cut = write('cut.handover', text.slice(0, -300))
    const at = text.length - 200_000
    const changed = write(
      'changed.handover',
      `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`,
    )
    await centre.stop()
    const environment: Record<string, string> =
      place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }
    const run = (path: string) => runProgram(['import', path, '--data', place.folder], { environment })
    for (const damaged of [cut, changed]) {
      const { code, stdout, stderr } = await run(damaged)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toContain('不是完好的交接文件，没有导入')
    }
    const later = { id: third.head.id, fate: 'later' }
    expect(JSON.parse((await run(whole)).stdout)).toMatchObject({
      seats: [
        { account: '1001', verdicts: { stored: 1 }, attachments: { stored: 2, later: 1 }, refused: [later] },
      ],
    })
    expect(JSON.parse((await run(whole)).stdout)).toMatchObject({
      seats: [{ verdicts: { duplicate: 1 }, attachments: { duplicate: 2, later: 1 } }],
    })
    centre = await startTestCentre(place)
    // Whoever waits hears once a second how far it is.
    const said: string[] = []
    let clock = 0
    const now = () => (clock += 400)
    const say = (line: string) => void said.push(line)
    await importHandover(centre.running.database, whole, { now, log: openLog(null, now), say })
    expect(said.length).toBeGreaterThan(3)
    const percents = said.map((line) => Number(/^正在导入… (\d+)%$/.exec(line)?.[1]))
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBeGreaterThan(50)
    expect((await contentOf(first.head.id)).equals(large)).toBe(true)
    expect((await contentOf(second.head.id)).equals(begun)).toBe(true)
    expect(await contentOf(third.head.id)).toHaveLength(0)
    for (const { id } of [first.head, second.head]) expect(await carriersOf(id)).toEqual([{ account: null }])
  })
})
