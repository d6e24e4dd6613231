// A disk that is full, read-only or somebody else's: real small file systems where root may mount, a disk in memory elsewhere.
import {
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  existsSync,
  readdirSync,
  mkdtempSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DiskShown } from '../../contract/ipc.ts'
import { defaultSettings } from '../../contract/settings.ts'
import { isCopied, whyNotWritable } from '../../electron/dataFolder.ts'
import { watchDisk } from '../../electron/diskWatch.ts'
import type { Journal } from '../../electron/journal.ts'
import { openJournal } from '../../electron/journal.ts'
import type { DesktopDisk } from '../../electron/journalDisk.ts'
import { realDisk } from '../../electron/journalDisk.ts'
import { openReserve, reserveBytes } from '../../electron/journalReserve.ts'
import type { MemoryDisk } from '../fakes/memoryDisk.ts'
import { memoryDisk } from '../fakes/memoryDisk.ts'
import type { SmallDisk } from './smallDisk.ts'
import { mayMount, smallDisk } from './smallDisk.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))
const { openMemory, openSettings } = await import('../../electron/settings.ts')

const store = 'hotline-centre-1001'
const mb = 1 << 20
const limits = { lowBytes: 12 * mb, fullBytes: 2 * mb, easyBytes: 20 * mb }
const record = (n: number) => ({
  key: `call:${n}`,
  rev: 1,
  sealed: Buffer.alloc(1_500, n).toString('base64'),
})

const mounted: SmallDisk[] = []
const journals: Journal[] = []
afterEach(async () => {
  for (const journal of journals.splice(0)) await journal.close()
  for (const disk of mounted.splice(0)) disk.remove()
})

type World = {
  readonly reserveBytes: number
  /** So many records fit into it. */
  readonly records: number
  readonly disk: DesktopDisk
  /** Somebody else fills the disk, and frees it again. */
  fill(): void
  free(): void
}
const onTmpfs = (): World => {
  const small = smallDisk('48m')
  mounted.push(small)
  const ballast = join(small.path, 'ballast')
  return {
    reserveBytes,
    records: 1_000,
    disk: realDisk(join(small.path, 'journal')),
    fill() {
      for (let n = 0; ; n += 1) {
        try {
          writeFileSync(`${ballast}${n}`, Buffer.alloc(64 << 10))
        } catch {
          return
        }
      }
    },
    free() {
      for (const name of readdirSync(small.path))
        if (name.startsWith('ballast')) rmSync(join(small.path, name))
    },
  }
}
const inMemory = (): World => {
  const disk: MemoryDisk = memoryDisk()
  disk.setCapacity(48 * mb)
  return {
    reserveBytes: mb / 2,
    records: 200,
    disk: disk.plugIn(),
    fill: () => disk.setCapacity(disk.used()),
    free: () => disk.setCapacity(48 * mb),
  }
}
const worlds: [string, () => World][] = [
  ['in memory', inMemory],
  ...(mayMount ? [['mounted', onTmpfs] as const] : []).map(([name, make]): [string, () => World] => [
    name,
    make,
  ]),
]

const seatOn = ({ disk, reserveBytes: bytes }: World) => {
  const told: DiskShown[] = []
  const reserve = openReserve(disk, bytes)
  const watch = watchDisk({ disk, reserve, copied: false, limits, tell: (shown) => told.push(shown) })
  const journal = openJournal(disk, watch)
  journals.push(journal)
  const save = (n: number) => journal.append({ store, saves: [{ puts: [record(n)], drops: [] }] })
  return { watch, journal, told, save }
}
const keysOf = async (journal: Journal): Promise<string[]> => {
  const keys: string[] = []
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<Journal['read']>> = await journal.read({ store, after })
    if (!page.ok) throw new Error(page.problem.text)
    keys.push(...page.value.entries.map((entry) => entry.key))
    after = page.value.next
    if (after === null) return keys.toSorted()
  }
}

describe.each(worlds)('a disk %s', (_, make) => {
  test('[F41] [JRNL-7] that fills up takes the last records into its reserve, tells the page at once, and has a reserve again when there is space', async () => {
    const world = make()
    const { watch, journal, told, save } = seatOn(world)
    await watch.look()
    expect(watch.read()).toMatchObject({ level: 'ok' })
    expect(await save(0)).toMatchObject({ ok: true })
    world.fill()
    const answers: boolean[] = []
    for (let n = 1; n <= world.records; n += 1) answers.push((await save(n)).ok)
    expect(answers.every(Boolean)).toBe(true)
    expect(told.at(-1)).toMatchObject({ level: 'full' })
    expect(told.at(-1)?.toFreeBytes).toBeGreaterThan(0)

    // A start in between, on the full disk: everything is there, and saving goes on where it was.
    const again = seatOn(world)
    expect((await keysOf(again.journal)).length).toBe(world.records + 1)

    world.free()
    await watch.look()
    expect(watch.read()).toMatchObject({ level: 'ok', toFreeBytes: 0 })
    expect(await world.disk.size('reserve')).toBe(world.reserveBytes)
    expect(await save(world.records + 1)).toMatchObject({ ok: true })
    expect((await keysOf(journal)).length).toBe(world.records + 2)
  })

  test('[F41] that has taken the whole reserve says that nothing was written, and loses nothing it answered for', async () => {
    const world = make()
    const { watch, journal, save } = seatOn(world)
    await watch.look()
    world.fill()
    const sealed = Buffer.alloc(Math.floor(world.reserveBytes / 9)).toString('base64')
    let answered = 0
    for (let n = 0; n < 30; n += 1) {
      const answer = await journal.append({
        store,
        saves: [{ puts: [{ key: `draft:${n}`, rev: null, sealed }], drops: [] }],
      })
      if (answer.ok) answered += 1
      else expect(answer.problem.text).toBe('磁盘已满，第二份日志没有写下。请清理磁盘后再试。')
    }
    expect(answered).toBeGreaterThanOrEqual(8)
    expect(answered).toBeLessThan(30)
    world.free()
    await watch.look()
    expect((await save(1)).ok).toBe(true)
    expect((await keysOf(seatOn(world).journal)).length).toBe(answered + 1)
  })

  test('[F42] that is full at the start reads what it has and says how much to free', async () => {
    const world = make()
    const before = seatOn(world)
    await before.watch.look()
    await before.save(1)
    world.fill()
    const { watch, journal, told } = seatOn(world)
    await watch.look()
    expect(await keysOf(journal)).toEqual(['call:1'])
    expect(told).toEqual([watch.read()])
    expect(watch.read()).toMatchObject({ level: 'full', copied: false })
    expect(watch.read().toFreeBytes).toBeGreaterThan(limits.easyBytes - limits.fullBytes)
  })

  test('[JRNL-8] that becomes tight is said to be low, with how much to free, and once', async () => {
    const world = make()
    const { watch, told } = seatOn(world)
    await watch.look()
    const file = await world.disk.create('ballast-of-somebody')
    await file.write(Buffer.alloc((await world.disk.freeBytes()) - 8 * mb), 0)
    await file.close()
    await watch.look()
    await watch.look()
    expect(told.map((shown) => shown.level)).toEqual(['low'])
    expect(told[0]?.toFreeBytes).toBeGreaterThan(0)
  })
})

describe('the data folder', () => {
  test.runIf(mayMount)('[F45] [JRNL-9] on a read-only disk is not worked with', () => {
    const small = smallDisk('1m')
    mounted.push(small)
    const folder = join(small.path, 'hotline-seat')
    expect(whyNotWritable(folder)).toBeNull()
    small.readOnly()
    expect(whyNotWritable(folder)).toBe('readOnly')
  })

  test('[F45] [JRNL-9] that cannot be made is not worked with, after some patience', () => {
    const root = mkdtempSync(join(tmpdir(), 'data-'))
    writeFileSync(join(root, 'a-file'), '')
    expect(whyNotWritable(join(root, 'a-file', 'hotline-seat'))).toBe('locked')
  })

  test.runIf(mayMount)('[F42] on a full disk is worked with: calls and reading go on', () => {
    const small = smallDisk('256k')
    mounted.push(small)
    const folder = join(small.path, 'hotline-seat')
    mkdirSync(folder)
    for (let n = 0; n < 100; n += 1) {
      try {
        writeFileSync(join(folder, `ballast${n}`), Buffer.alloc(4096))
      } catch {
        break
      }
    }
    expect(() => writeFileSync(join(folder, 'more'), Buffer.alloc(8192))).toThrow('ENOSPC')
    expect(whyNotWritable(folder)).toBeNull()
  })

  test('is left as it was found', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'data-')), 'hotline-seat')
    expect(whyNotWritable(folder)).toBeNull()
    expect(readdirSync(folder)).toEqual([])
    expect(existsSync(folder) && statSync(folder).mode & 0o777).toBe(0o700)
  })

  test.runIf(mayMount).each([
    ['lacks what a newer program added', { centre: 'https://centre.example.invalid' }],
    ['holds something that does not fit', { centre: 'https://centre.example.invalid', theme: 'loud' }],
  ])(
    '[F42] [JRNL-9] a settings file that %s is read on a full disk, and mended when there is space',
    (_what, found) => {
      const small = smallDisk('4m')
      mounted.push(small)
      const file = join(small.path, 'settings.json')
      writeFileSync(file, JSON.stringify(found))
      const ballast = join(small.path, 'ballast')
      expect(() => writeFileSync(ballast, Buffer.alloc(8 * mb))).toThrow()
      const settings = openSettings(small.path)
      expect(settings.read()).toEqual({ ...defaultSettings, centre: found.centre })
      expect(() => settings.write({ lastAccount: '1001' })).toThrow()
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(found)
      rmSync(ballast)
      settings.write({ lastAccount: '1001' })
      expect(openSettings(small.path).read()).toEqual({
        ...defaultSettings,
        centre: found.centre,
        lastAccount: '1001',
      })
    },
  )

  test('[F45] [F48] [JRNL-14] that another computer used last is known to be a copy, once', () => {
    const data = mkdtempSync(join(tmpdir(), 'data-'))
    expect(isCopied(openMemory(data), 'seat-1')).toBe(false)
    expect(isCopied(openMemory(data), 'seat-1')).toBe(false)
    expect(isCopied(openMemory(data), 'seat-2')).toBe(true)
    expect(isCopied(openMemory(data), 'seat-2')).toBe(false)
  })
})
