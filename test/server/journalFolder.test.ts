// The copied data folder of a desktop that no longer starts, taken in on the command line, on both databases. The folder is
// written by the desktop's own journal.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chunkBytes, type AttachmentHead } from '../../contract/attachments.ts'
import { attachmentStore, storeName } from '../../contract/journal.ts'
import type { Session } from '../../contract/session.ts'
import type { PushItem } from '../../contract/sync.ts'
import { chunkKey, headKey } from '../../core/attachments/journalled.ts'
import { openSealer, type Sealer } from '../../core/seal/sealer.ts'
import { folderOf, openJournal, type Journal } from '../../electron/journal.ts'
import { realDisk } from '../../electron/journalDisk.ts'
import { importJournal } from '../../server/journalFolder.ts'
import { openLog } from '../../server/log.ts'
import { aFile, headOf } from '../makers/files.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'
import { runProgram } from './program.ts'

const aCall = () => ({ kind: 'call', body: aCallOf('1001') }) as const

describe.each(bothDatabases)('a copied journal folder on %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let own: Session
  let sealer: Sealer
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    own = await centre.signIn('1001')
    sealer = await openSealer(own.storeKeys, globalThis)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  /** A desktop's data folder. */
  const desktop = (name: string): { data: string; journal: Journal } => {
    const data = join(place.folder, name)
    mkdirSync(join(data, 'journal'), { recursive: true })
    return { data, journal: openJournal(realDisk(join(data, 'journal')), { take: async () => null }) }
  }
  const put = async (table: string, id: string, content: object, rev: number | null, by = sealer) => {
    const plain = new TextEncoder().encode(JSON.stringify(content))
    const sealed = await by.seal(table, id, plain)
    return { key: `${table}:${id}`, rev, sealed: Buffer.from(sealed).toString('base64') }
  }
  const putItem = (item: PushItem, by = sealer) => put(item.kind, item.body.id, item, item.body.rev, by)
  const run = async (folder: string) => {
    const environment: Record<string, string> =
      place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }
    const { code, stdout, stderr } = await runProgram(['import', folder, '--data', place.folder], {
      environment,
    })
    return { code, stderr, told: stdout === '' ? null : JSON.parse(stdout) }
  }
  /** The same without a program around it. */
  const take = (
    folder: string,
    now: () => number = Date.now,
    say: (text: string) => void = () => undefined,
  ) => importJournal(centre.running.database, folder, { now, log: openLog(null, now), say })

  test('[HAND-6] [F48] brings in what was unsent as its owner’s, once, and leaves the rest', async () => {
    const sent = aCall()
    const over = aCall()
    const waits = aCall()
    const later = { kind: 'call', body: { ...waits.body, rev: 2, wrapupMs: 9_000 } } as const
    const order = {
      kind: 'ticket',
      body: aDispatchOf('1001', 'ZGFW', { callId: waits.body.id }),
    } as const
    const rang = aCallOf('1001', {
      rev: 1,
      outcome: 'interrupted',
      form: null,
      filedAt: null,
      wrapupMs: null,
    })
    const finished = aCall()
    await centre.get('sync.push', items({ call: sent.body }), own.token)

    const { data, journal } = desktop('broken-desktop')
    const store = storeName(own.centre.id, '1001')
    const save = async (puts: Awaited<ReturnType<typeof put>>[], drops: string[] = []) => {
      const ended = drops.map((key) => ({ key, rev: null, seq: null }))
      expect(await journal.append({ store, saves: [{ puts, drops: ended }] })).toMatchObject({ ok: true })
    }
    await save([await putItem(sent), await putItem(over), await putItem(waits)])
    await save([
      await put('journal', rang.id, rang, null),
      await put('journal', finished.body.id, rang, null),
    ])
    await save([await putItem(later), await putItem(order), await putItem(finished)])
    await save([await put('draft', rang.id, { typed: 'half a form' }, null)], [`call:${over.body.id}`])
    // The computer stopped in calls whose key is gone, or that a newer program took.
    const [shut, newer] = [aCallOf('1001'), aCallOf('1001')]
    await save([await put('journal', newer.id, { ...newer, v: 2 }, null)])
    const foreign = aCall()
    const stranger = await openSealer((await centre.signIn('1002')).storeKeys, globalThis)
    await save([await putItem(foreign, stranger), await put('journal', shut.id, shut, null, stranger)])
    // Of a centre nobody here knows.
    await journal.append({
      store: storeName('another', '1001'),
      saves: [{ puts: [await putItem(aCall())], drops: [] }],
    })
    await journal.close()
    const [file = ''] = readdirSync(join(data, 'journal', folderOf(store)))
    appendFileSync(join(data, 'journal', folderOf(store), file), 'torn by a power cut')

    await centre.stop()
    const first = await run(data)
    expect(first).toMatchObject({
      code: 0,
      told: {
        seats: [
          {
            account: '1001',
            verdicts: { stored: 4, duplicate: 1, refused: 2, too_new: 1 },
            drafts: 1,
            damagedBytes: 19,
          },
        ],
        others: 1,
      },
    })
    const notTaken: { id: string }[] = first.told.seats[0].refused
    expect(new Set(notTaken.map(({ id }) => id))).toEqual(new Set([foreign.body.id, shut.id, newer.id]))
    centre = await startTestCentre(place)
    // The `journal` folder alone, or that of one store, is as good.
    const alone = join(data, 'journal', folderOf(store))
    for (const folder of [join(data, 'journal'), alone, relative(process.cwd(), alone), `${alone}/.`])
      expect(await take(folder)).toMatchObject({
        seats: [{ verdicts: { duplicate: 5, refused: 2, too_new: 1 } }],
      })

    const rows = await centre.running.database.rows<{ id: string; rev: number; outcome: string }>(
      `select id, rev, body ->> 'outcome' as outcome from call_records where agent = '1001' order by id`,
    )
    const held = [sent, later, finished].map(({ body: { id, rev, outcome } }) => ({ id, rev, outcome }))
    held.push({ id: rang.id, rev: 1, outcome: 'interrupted' })
    expect(rows).toEqual(held.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    const tickets = await centre.running.database.rows('select id, agent from tickets')
    expect(tickets).toEqual([{ id: order.body.id, agent: '1001' }])
    const audit = await centre.running.database.rows(
      `select account, subject from audit where what = 'handover.carried' order by seq`,
    )
    expect(audit).toEqual([
      { account: null, subject: '1001 4/8' },
      ...Array.from({ length: 4 }, () => ({ account: null, subject: '1001 0/8' })),
    ])
  })

  test('[HAND-6] a folder without a journal, or of another centre, is said to be one', async () => {
    const { data, journal } = desktop('another-centre')
    const puts = [await putItem(aCall())]
    await journal.append({ store: storeName('another', '1001'), saves: [{ puts, drops: [] }] })
    await journal.close()
    await expect(take(data)).rejects.toThrow('另一个中心')
    const none = join(place.folder, 'none')
    mkdirSync(none)
    writeFileSync(join(none, 'settings.json'), '{}')
    await expect(take(none)).rejects.toThrow('没有第二份日志')
  })

  test('[HAND-6] [JRNL-3] a damaged file costs what stood in the damage and nothing else', async () => {
    const calls = Array.from({ length: 30 }, aCall)
    const { data, journal } = desktop('damaged')
    const store = storeName(own.centre.id, '1001')
    for (const call of calls)
      await journal.append({ store, saves: [{ puts: [await putItem(call)], drops: [] }] })
    await journal.close()
    const folder = join(data, 'journal', folderOf(store))
    const file = join(folder, readdirSync(folder)[0] ?? '')
    const bytes = readFileSync(file)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff
    writeFileSync(file, bytes)
    expect(await take(data)).toMatchObject({
      seats: [{ verdicts: { stored: 29 }, damagedBytes: Math.ceil(bytes.length / 30) }],
    })
  })

  test('[HAND-6] [ATTACH-7] what waits of attachments comes in behind the records, whole, once, and whatever is not is said', async () => {
    const call = aCall()
    const { data, journal } = desktop('with-files')
    const store = storeName(own.centre.id, '1001')
    await journal.append({ store, saves: [{ puts: [await putItem(call)], drops: [] }] })
    const keep = async (head: AttachmentHead, content: Uint8Array<ArrayBuffer>, drops: string[] = []) => {
      const puts = [{ ...(await put('attachments', head.id, head, 1)), key: headKey(head.id) }]
      for (let at = 0; at < content.length; at += chunkBytes) {
        const chunk = puts.length - 1
        const piece = content.slice(at, at + chunkBytes)
        const sealed = Buffer.from(await sealer.seal('attachmentChunks', `${head.id}/${chunk}`, piece))
        puts.push({ key: chunkKey(head.id, chunk), rev: 1, sealed: sealed.toString('base64') })
      }
      const files = { store: attachmentStore(store) }
      const kept = puts.filter(({ key }) => !drops.includes(key))
      expect(await journal.append({ ...files, saves: [{ puts: kept, drops: [] }] })).toMatchObject({
        ok: true,
      })
      return puts.map(({ key }) => ({ key, rev: null, seq: null }))
    }
    // More than ten chunks: as words chunk 10 would come before chunk 2.
    const [large, small] = [aFile(11 * chunkBytes + 9, 71), aFile(2 * chunkBytes, 72)]
    const [whole, cut, headless, orphan, sent] = [
      headOf(call.body.id, large),
      headOf(call.body.id, small),
      headOf(call.body.id, small),
      headOf(aCallOf('1001').id, small),
      headOf(call.body.id, small),
    ]
    await keep(whole, large)
    await keep(cut, small, [chunkKey(cut.id, 1)])
    await keep(headless, small, [chunkKey(headless.id, 0)])
    await keep(orphan, small)
    const drops = await keep(sent, small)
    await journal.append({ store: attachmentStore(store), saves: [{ puts: [], drops }] })
    await journal.close()

    const said: string[] = []
    let clock = Date.now()
    const now = () => (clock += 300)
    const fates = [
      { id: cut.id, fate: 'refused' },
      { id: headless.id, fate: 'refused' },
      { id: orphan.id, fate: 'later' },
    ]
    expect(await take(data, now, (text) => said.push(text))).toMatchObject({
      seats: [
        {
          account: '1001',
          verdicts: { stored: 1 },
          attachments: { stored: 1, refused: 2, later: 1 },
          refused: fates,
          damagedBytes: 0,
        },
      ],
      others: 0,
    })
    // [HAND-7] Whoever waits hears how far it is.
    const percents = said.map((line) => Number(/^正在导入… (\d+)%$/.exec(line)?.[1]))
    expect(percents.length).toBeGreaterThan(2)
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    const chunks = await centre.running.database.rows<{ data: string }>(
      `select c.data from attachments a join attachment_chunks c on c.attachment = a.content
       where a.id = $1 and a.whole_at is not null and a.agent = '1001' order by c.chunk`,
      [whole.id],
    )
    const content = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk.data, 'base64')))
    expect(content.equals(large)).toBe(true)
    // Again, and the folder of the files alone.
    const again = { attachments: { duplicate: 1, refused: 2, later: 1 } }
    expect(await take(data)).toMatchObject({ seats: [{ verdicts: { duplicate: 1 }, ...again }] })
    const alone = join(data, 'journal', folderOf(attachmentStore(store)))
    expect(await take(alone)).toMatchObject({
      seats: [{ account: '1001', verdicts: {}, ...again }],
      others: 0,
    })
    expect(
      await centre.running.database.rows(
        `select account from audit where what = 'handover.attachment' and subject = $1`,
        [`1001 ${whole.id}`],
      ),
    ).toEqual([{ account: null }])
  })
})
