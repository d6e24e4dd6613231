// The seat's store in a real Chromium, on a real disk, and what the disk may do to it: files flipped, cut and deleted while
// the program is closed, and power cut while it saves. The second journal brings back what was called saved.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../pbx/until.ts'
import { cuttableDisk, mayCut } from './cuttableDisk.ts'
import { damages } from './storeDamage.ts'
import type { StoreWindow } from './storePage.ts'
import { openStoreWindow, serveStorePage } from './storePage.ts'

const root = mkdtempSync(join(tmpdir(), 'store-lost-'))
let server: Awaited<ReturnType<typeof serveStorePage>>
let open: StoreWindow | null = null
beforeAll(async () => {
  server = await serveStorePage()
})
afterAll(async () => {
  await open?.kill()
  server.close()
  rmSync(root, { recursive: true, force: true, maxRetries: 10 })
})
const start = async (folder: string): Promise<StoreWindow> => {
  open = await openStoreWindow(folder, server.url)
  return open
}

describe('a store', () => {
  test.each(Object.entries(damages))(
    '[F43] [JRNL-11] [JRNL-15] %s gets back everything that was called saved, and says so',
    async (name, damage) => {
      const folder = join(root, String(Object.keys(damages).indexOf(name)))
      mkdirSync(folder)
      await (await start(folder)).startAgain()
      open?.saveForEver(1)
      await until('two hundred calls', () => (open?.saved().length ?? 0) >= 200, 60_000)
      await open?.kill()
      const saved = open?.saved() ?? []
      damage(folder)
      const found = await (await start(folder)).startAgain()
      await open?.kill()
      expect(saved.filter((n) => !found.waiting.includes(n))).toEqual([])
      expect(found.typed).toBeGreaterThanOrEqual(saved.length)
      expect(new Set(found.waiting).size).toBe(found.waiting.length)
      expect(found.rebuilt.records + Number(found.rebuilt.wiped)).toBeGreaterThan(0)
      // And what was brought back lies safely at the start after that.
      const later = await (await start(folder)).startAgain()
      await open?.kill()
      expect(new Set(later.waiting)).toEqual(new Set(found.waiting))
    },
  )
})

test('[STORE-21] [JRNL-13] a browser seat without a second journal whose log was torn keeps what was left, and all it saves from then on', async () => {
  const folder = join(root, 'alone')
  mkdirSync(folder)
  const alone = async (): Promise<StoreWindow> => {
    const window = await start(folder)
    await window.beAlone()
    return window
  }
  const first = await alone()
  first.saveForEver(1)
  await until('a hundred calls', () => first.saved().length >= 100, 60_000)
  await first.kill()
  damages['whose log was cut in half']?.(folder)
  const second = await alone()
  const left = await second.found()
  second.saveForEver(10_000)
  await until('thirty more', () => second.saved().length >= 30, 60_000)
  await second.kill()
  const third = await alone()
  const found = new Set(await third.found())
  await third.kill()
  expect(left.length).toBeGreaterThan(0)
  // However many it had saved by the time it was killed.
  expect(left.length).toBeLessThan(first.saved().length)
  expect([...left, ...second.saved()].filter((n) => !found.has(n))).toEqual([])
})

test.runIf(mayCut)(
  '[F46] [D07] [JRNL-1] twenty power cuts of store and journal while saving: nothing called saved is lost, the draft is the last one',
  async () => {
    const disk = cuttableDisk(root)
    const saved: number[] = []
    let broughtBack = 0
    try {
      for (let cut = 0; cut < 20; cut += 1) {
        const window = await start(disk.path)
        const found = await window.startAgain()
        broughtBack += found.rebuilt.records
        expect(saved.filter((n) => !found.waiting.includes(n))).toEqual([])
        if (saved.length > 0) expect(found.typed).toBeGreaterThanOrEqual(saved.at(-1) ?? 0)
        window.saveForEver(cut * 10_000 + 1)
        await until('some calls', () => window.saved().length >= 3 + cut * 4, 60_000)
        disk.cutPower()
        saved.push(...window.saved())
        await window.kill()
        disk.plugIn()
      }
      const found = await (await start(disk.path)).startAgain()
      expect(saved.filter((n) => !found.waiting.includes(n))).toEqual([])
      console.info(`${saved.length} saved, 20 power cuts, ${broughtBack} brought back by the journal, 0 lost`)
    } finally {
      await open?.kill()
      disk.remove()
    }
  },
  400_000,
)
