// The second journal of a browser seat in a real Chromium: what it brings back of a store that was damaged, and what it
// keeps while the disk is full, when the browser's database tears its own log and empties itself later.
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SmallDisk } from '../electron/smallDisk.ts'
import { mayMount, smallDisk } from '../electron/smallDisk.ts'
import { until } from '../pbx/until.ts'
import { cuttableDisk, mayCut } from './cuttableDisk.ts'
import { damages } from './storeDamage.ts'
import type { StoreWindow } from './storePage.ts'
import { openStoreWindow, serveStorePage } from './storePage.ts'

const root = mkdtempSync(join(tmpdir(), 'browser-journal-'))
let server: Awaited<ReturnType<typeof serveStorePage>>
let open: StoreWindow | null = null
const mounted: SmallDisk[] = []
beforeAll(async () => {
  server = await serveStorePage()
})
afterAll(async () => {
  await open?.kill()
  server.close()
  for (const disk of mounted) disk.remove()
  rmSync(root, { recursive: true, force: true, maxRetries: 10 })
})
const start = async (folder: string): Promise<StoreWindow> => {
  open = await openStoreWindow(folder, server.url)
  await open.beInBrowser()
  // The journal needs nothing more of the centre.
  await open.leaveNet()
  return open
}
const saves = async (window: StoreWindow, first: number, many: number): Promise<void> => {
  const before = window.saved().length
  window.saveForEver(first)
  await until(`${many} calls`, () => window.saved().length >= before + many, 60_000)
}
const fill = (disk: SmallDisk): (() => void) => {
  const ballast = join(disk.path, 'ballast')
  const { bavail, bsize } = statfsSync(disk.path)
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize))
  } catch {
    // The browser took some of it meanwhile: then it is full to the last byte.
  }
  return () => rmSync(ballast)
}

describe('a browser seat', () => {
  test.each(Object.entries(damages))(
    '[F43] [JRNL-11] [JRNL-13] whose store is one %s gets back everything that was called saved',
    async (name, damage) => {
      const folder = join(root, String(Object.keys(damages).indexOf(name)))
      mkdirSync(folder)
      const first = await start(folder)
      await first.startAgain()
      await saves(first, 1, 100)
      await first.kill()
      damage(folder)
      const second = await start(folder)
      const found = await second.startAgain()
      await second.kill()
      expect(first.saved().filter((n) => !found.waiting.includes(n))).toEqual([])
      expect(found.typed).toBeGreaterThanOrEqual(first.saved().length)
      expect(found.rebuilt.records + Number(found.rebuilt.wiped)).toBeGreaterThan(0)
    },
  )

  test.runIf(mayMount)(
    '[F41] [F42] [JRNL-12] [JRNL-16] that saves on a full disk, is killed and started there, and goes on when there is space loses nothing',
    async () => {
      const disk = smallDisk('192m')
      mounted.push(disk)
      const first = await start(disk.path)
      await first.startAgain()
      await saves(first, 1, 50)
      const free = fill(disk)
      await until('fifty on the full disk', () => first.saved().length >= 100, 60_000)
      await first.kill()
      const second = await start(disk.path)
      await saves(second, 10_000, 30)
      free()
      await until('thirty more', () => second.saved().length >= 60, 60_000)
      await second.kill()
      const third = await start(disk.path)
      const { waiting } = await third.startAgain()
      await third.kill()
      expect([...first.saved(), ...second.saved()].filter((n) => !waiting.includes(n))).toEqual([])
    },
    240_000,
  )

  test.runIf(mayMount)(
    '[JRNL-12] [STORE-21] whose disk was full has everything in its store again soon after, also what it saves from then on',
    async () => {
      const disk = smallDisk('192m')
      mounted.push(disk)
      const first = await start(disk.path)
      await saves(first, 1, 50)
      const free = fill(disk)
      await until('fifty on the full disk', () => first.saved().length >= 100, 60_000)
      free()
      await first.madeGood()
      const then = first.saved().length
      await until('thirty more', () => first.saved().length >= then + 30, 60_000)
      await first.kill()
      // Whatever the journal has does not count here.
      const second = await openStoreWindow(disk.path, server.url)
      open = second
      await second.beAlone()
      const found = new Set(await second.found())
      await second.kill()
      expect(first.saved().filter((n) => !found.has(n))).toEqual([])
    },
    240_000,
  )

  test.runIf(mayCut)(
    '[F46] [D07] [JRNL-2] has all it saved in the second journal alone after power cuts, once the file is known on the disk',
    async () => {
      const disk = cuttableDisk(root)
      const saved: number[] = []
      try {
        for (let cut = 0; cut < 4; cut += 1) {
          const window = await start(disk.path)
          const found = await window.startAgain()
          expect(saved.filter((n) => !found.waiting.includes(n))).toEqual([])
          if (cut === 0) disk.sync()
          await saves(window, cut * 10_000 + 1, 10)
          disk.cutPower()
          saved.push(...window.saved())
          await window.kill()
          disk.plugIn()
          damages['whose folder was deleted']?.(disk.path)
        }
        const { waiting } = await (await start(disk.path)).startAgain()
        expect(saved.filter((n) => !waiting.includes(n))).toEqual([])
      } finally {
        await open?.kill()
        disk.remove()
      }
    },
    240_000,
  )
})
