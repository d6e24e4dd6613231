// The second journal on real folders: what is on disk when it answers, who may read it, how it grows and shrinks.
import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import type { Journal } from '../../electron/journal.ts'
import { folderOf, openJournal } from '../../electron/journal.ts'
import { realDisk } from '../../electron/journalDisk.ts'
import { memoryDisk } from '../fakes/memoryDisk.ts'

const store = 'hotline-centre-1001'
const limits = { segmentBytes: 4_000, slackBytes: 8_000 }
const noReserve = { take: async () => null }
const sealed = (text: string) => Buffer.from(text).toString('base64')
const put = (key: string, rev: number | null, text: string) => ({ key, rev, sealed: sealed(text) })

let root = ''
const opened: Journal[] = []
const open = (): Journal => {
  const journal = openJournal(realDisk(root), noReserve, limits)
  opened.push(journal)
  return journal
}
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close()
})
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journal-'))
})

const value = async <T>(answer: Promise<Answer<T>>): Promise<T> => {
  const given = await answer
  if (!given.ok) throw new Error(given.problem.text)
  return given.value
}
const readAll = async (journal: Journal, of = store) => {
  const all: [string, string][] = []
  for (let after: string | null = null; ;) {
    const page: Awaited<
      ReturnType<typeof value<{ entries: { key: string; sealed: string }[]; next: string | null }>>
    > = await value(journal.read({ store: of, after }))
    all.push(
      ...page.entries.map((each): [string, string] => [
        each.key,
        Buffer.from(each.sealed, 'base64').toString(),
      ]),
    )
    after = page.next
    if (after === null) return all
  }
}
const save = async (journal: Journal, ...puts: ReturnType<typeof put>[]): Promise<number> => {
  const { seqs } = await value(journal.append({ store, saves: [{ puts, drops: [] }] }))
  return seqs[0] ?? 0
}
const drop = (journal: Journal, key: string, rev: number | null = null, seq: number | null = null) =>
  value(journal.append({ store, saves: [{ puts: [], drops: [{ key, rev, seq }] }] }))
const segments = () =>
  readdirSync(join(root, folderOf(store)))
    .filter((name) => name.endsWith('.log'))
    .toSorted()

describe('what counts', () => {
  test('[JRNL-2] what was saved is read back by the next start, each thing once, the newest of it', async () => {
    const journal = open()
    await save(journal, put('call:1', 1, 'ended'))
    await save(journal, put('call:1', 2, 'filed'), put('ticket:1', 1, 'order'))
    await save(journal, put('draft:2', null, 'first words'))
    await save(journal, put('draft:2', null, 'more words'))
    const expected = [
      ['call:1', 'filed'],
      ['draft:2', 'more words'],
      ['ticket:1', 'order'],
    ]
    expect(await readAll(journal)).toEqual(expected)
    expect(await readAll(open())).toEqual(expected)
  })

  test('[JRNL-4] an older or an equal revision that comes late changes nothing', async () => {
    const journal = open()
    await save(journal, put('call:1', 2, 'filed'))
    await save(journal, put('call:1', 1, 'ended'), put('call:1', 2, 'a second click'))
    expect(await readAll(journal)).toEqual([['call:1', 'filed']])
    expect(await readAll(open())).toEqual([['call:1', 'filed']])
  })

  test('[JRNL-4] an acknowledgement of an earlier revision does not take out a later one', async () => {
    const journal = open()
    await save(journal, put('call:1', 2, 'filed'))
    await drop(journal, 'call:1', 1)
    expect(await readAll(journal)).toEqual([['call:1', 'filed']])
    await drop(journal, 'call:1', 2)
    expect(await readAll(journal)).toEqual([])
    expect(await readAll(open())).toEqual([])
  })

  test('[JRNL-4] what an append put can be taken back by its number, and only that', async () => {
    const journal = open()
    const first = await save(journal, put('ticket:1', 1, 'order'))
    const second = await save(journal, put('ticket:1', 1, 'again'), put('ticket:2', 1, 'refused'))
    await drop(journal, 'ticket:1', null, second)
    await drop(journal, 'ticket:2', null, second)
    expect(await readAll(journal)).toEqual([['ticket:1', 'order']])
    await drop(journal, 'ticket:1', null, first)
    expect(await readAll(open())).toEqual([])
  })

  test('[JRNL-10] one store knows nothing of another', async () => {
    const journal = open()
    await save(journal, put('call:1', 1, 'mine'))
    expect(await readAll(journal, 'hotline-centre-1002')).toEqual([])
  })
})

describe('the files', () => {
  test('[D07] [JRNL-10] are readable by this user only, and their names tell neither centre nor account', async () => {
    await save(open(), put('call:1', 1, 'ended'))
    const folder = join(root, folderOf(store))
    expect(readdirSync(root)).toEqual([folderOf(store)])
    expect(readdirSync(folder)).toEqual(['00000001.log'])
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, '00000001.log')).mode & 0o777).toBe(0o600)
    expect(folderOf(store)).not.toMatch(/1001|centre/)
    expect(readFileSync(join(folder, '00000001.log'), 'utf8')).not.toMatch(/1001|centre/)
  })

  test('[D07] [JRNL-4] are followed by new ones and deleted once all in them is over', async () => {
    const journal = open()
    for (let n = 1; n <= 40; n += 1) await save(journal, put(`call:${n}`, 1, 'x'.repeat(500)))
    expect(segments().length).toBeGreaterThan(4)
    for (let n = 1; n <= 40; n += 1) await drop(journal, `call:${n}`, 1)
    await save(journal, put('call:41', 1, 'last'))
    expect(segments().length).toBeLessThanOrEqual(2)
    expect(await readAll(open())).toEqual([['call:41', 'last']])
  })

  test('[JRNL-4] one refused record among thousands of acknowledged ones keeps no old files', async () => {
    const journal = open()
    await save(journal, put('call:refused', 1, 'refused by the centre'))
    for (let n = 1; n <= 400; n += 1) {
      await save(journal, put(`call:${n}`, 1, 'x'.repeat(200)), put('draft:1', null, `typed ${n}`))
      await drop(journal, `call:${n}`, 1)
    }
    const lying = segments().reduce((sum, name) => sum + statSync(join(root, folderOf(store), name)).size, 0)
    expect(lying).toBeLessThan(20_000)
    expect(await readAll(open())).toEqual([
      ['call:refused', 'refused by the centre'],
      ['draft:1', 'typed 400'],
    ])
  })

  test('[F44] [JRNL-6] with a torn tail are used up to it, and the tail is put aside for support, once', async () => {
    const journal = open()
    await save(journal, put('call:1', 1, 'whole'))
    await save(journal, put('call:2', 1, 'torn by the power cut'))
    const path = join(root, folderOf(store), '00000001.log')
    truncateSync(path, statSync(path).size - 5)
    const again = open()
    expect(await readAll(again)).toEqual([['call:1', 'whole']])
    await save(again, put('call:3', 1, 'after it'))
    expect(await readAll(open())).toEqual([
      ['call:1', 'whole'],
      ['call:3', 'after it'],
    ])
    const aside = readdirSync(join(root, folderOf(store))).filter((name) => name.endsWith('.torn'))
    expect(aside.length).toBe(1)
    expect(readFileSync(join(root, folderOf(store), aside[0] ?? ''), 'latin1')).toContain('torn by the')
    expect(statSync(join(root, folderOf(store), aside[0] ?? '')).mode & 0o777).toBe(0o600)
  })

  test('[F44] that are no journal at all cost nothing', async () => {
    await save(open(), put('call:1', 1, 'whole'))
    writeFileSync(join(root, folderOf(store), '00000002.log'), 'not a journal')
    writeFileSync(join(root, folderOf(store), 'thumbs.db'), 'not ours')
    const journal = open()
    await save(journal, put('call:2', 1, 'after it'))
    expect((await readAll(open())).map(([key]) => key)).toEqual(['call:1', 'call:2'])
  })
})

describe('the disk', () => {
  test('[JRNL-5] [D07] one append is one sync, and a hundred that wait share one', async () => {
    const disk = memoryDisk()
    const journal = openJournal(disk.plugIn(), noReserve)
    await save(journal, put('call:0', 1, 'first'))
    const before = disk.syncs()
    await save(journal, put('call:1', 1, 'second'))
    expect(disk.syncs() - before).toBe(1)
    await Promise.all(Array.from({ length: 100 }, (_, n) => save(journal, put(`call:${n + 2}`, 1, 'more'))))
    expect(disk.syncs() - before).toBeLessThanOrEqual(3)
    await drop(journal, 'call:1', 1)
    expect(disk.syncs() - before).toBeLessThanOrEqual(3)
  })

  test('[F45] [JRNL-9] that is locked for a moment is tried again at the next save, and until then nothing is called saved', async () => {
    const disk = memoryDisk()
    const journal = openJournal(disk.plugIn(), noReserve)
    disk.refuse('EBUSY')
    const locked = await journal.append({ store, saves: [{ puts: [put('call:1', 1, 'ended')], drops: [] }] })
    expect(locked).toMatchObject({
      ok: false,
      problem: { text: '第二份日志没有写下。请再试；仍不行请报修。' },
    })
    disk.refuse(null)
    await save(journal, put('call:1', 1, 'ended'))
    expect(await readAll(journal)).toEqual([['call:1', 'ended']])
  })

  test('a sector that cannot be read costs its own file, and the others go on', async () => {
    const disk = memoryDisk()
    await save(openJournal(disk.plugIn(), noReserve), put('call:1', 1, 'lost to the sector'))
    disk.refuse('EIO')
    const journal = openJournal(disk.plugIn(), noReserve)
    expect(await readAll(journal)).toEqual([])
    disk.refuse(null)
    await save(journal, put('call:2', 1, 'goes on'))
    expect(await readAll(journal)).toEqual([['call:2', 'goes on']])
  })
})
