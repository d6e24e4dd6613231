// The second journal and the full disk as the page meets them: the whole desktop on the recording stand-in, its data
// folder on a small real disk where root may mount.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { powerMonitor } from '../../host/electronModule.ts'
import type { SmallDisk } from './smallDisk.ts'
import { mayMount, smallDisk } from './smallDisk.ts'
import { aDataFolder, startedDesktop } from './startedDesktop.ts'

vi.mock('electron', () => import('../../host/electronModule.ts'))

const small: SmallDisk | null = mayMount ? smallDisk('24m') : null
const data = small ? join(small.path, 'hotline-seat') : aDataFolder()
afterAll(() => small?.remove())

const store = 'hotline-centre-1001'
const sealed = Buffer.from('sealed bytes').toString('base64')

/** As after a week of work: the settings are there; then somebody else has filled the disk. */
if (small) {
  mkdirSync(data)
  writeFileSync(join(data, 'settings.json'), JSON.stringify({ lastAccount: '1001' }))
  for (let n = 0; n < 10_000; n += 1) {
    try {
      // 300 kB are left: hardly anything.
      writeFileSync(join(small.path, `ballast${n}`), Buffer.alloc(n < 230 ? 100_000 : 20_000))
      if (n >= 233) break
    } catch {
      break
    }
  }
}
const desk = await startedDesktop({ data })

test('[F42] [JRNL-8] on a full disk the desktop starts, reads its settings and says how much to free', async () => {
  expect(desk.started).toBe(true)
  expect((await desk.ask('settings.read', null)).ok).toBe(true)
  if (!small) return
  await vi.waitFor(async () =>
    expect(await desk.ask('disk.read', null)).toMatchObject({ ok: true, value: { level: 'full' } }),
  )
  const shown = await desk.ask('disk.read', null)
  expect(shown.ok && shown.value.toFreeBytes).toBeGreaterThan(900 << 20)
  expect(desk.told('disk.changed')).toEqual([shown.ok && shown.value])
})

test('[E17] [JRNL-2] the page appends and reads by name, and hears what does not fit', async () => {
  const puts = [{ key: 'call:1', rev: 1, sealed }]
  expect(await desk.ask('journal.append', { store, saves: [{ puts, drops: [] }] })).toEqual({
    ok: true,
    value: { seqs: [1] },
  })
  expect(await desk.ask('journal.read', { store, after: null })).toEqual({
    ok: true,
    value: { entries: puts, next: null },
  })
  const many = Array.from({ length: 3 }, (_, n) => ({
    key: `call:${n}`,
    rev: 1,
    sealed: 'AAAA'.repeat(300_000),
  }))
  expect(await desk.ask('journal.append', { store, saves: [{ puts: many, drops: [] }] })).toMatchObject({
    ok: false,
    problem: { code: 'bad_input' },
  })
})

test('[F50] [JRNL-2] what a page handed over before it hung is on disk, and main goes on answering', async () => {
  const handed = desk.ask('journal.append', {
    store,
    saves: [{ puts: [{ key: 'draft:1', rev: null, sealed }], drops: [] }],
  })
  desk.window().emit('unresponsive')
  powerMonitor.emit('suspend')
  expect(await handed).toMatchObject({ ok: true })
  expect(existsSync(join(data, 'journal'))).toBe(true)
  const folders = readdirSync(join(data, 'journal')).filter((name) => name !== 'reserve')
  expect(folders.length).toBe(1)
  const again = await desk.ask('journal.read', { store, after: null })
  expect(again.ok && again.value.entries.map((entry) => entry.key)).toEqual(['call:1', 'draft:1'])
})
