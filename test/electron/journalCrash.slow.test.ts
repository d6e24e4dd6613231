// Any sequence of saves, acknowledgements and disasters: what was answered for is read back, and nothing that never was.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openReserve } from '../../electron/journalReserve.ts'
import type { JournalDisk } from '../../core/journal/journalDisk.ts'
import { world as nodeWorld } from '../../electron/journalWorld.ts'
import type { StoreJournal } from '../../core/journal/storeJournal.ts'
import { openStoreJournal } from '../../core/journal/storeJournal.ts'
import type { MemoryDisk } from '../fakes/memoryDisk.ts'
import { memoryDisk } from '../fakes/memoryDisk.ts'

// Small, so that files rotate, are carried over and are emptied all the time.
const limits = { segmentBytes: 700, slackBytes: 900 }
const folder = 'a-store'

const key = fc.constantFrom('call:1', 'call:2', 'call:3', 'ticket:1', 'draft:1', 'draft:2')
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('save' as const),
      keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
      size: fc.nat(120),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('together' as const),
      keys: fc.array(key, { minLength: 2, maxLength: 6 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('drop' as const), key }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('powerCut' as const), seed: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('syncFails' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('diskFills' as const), left: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('diskFreed' as const) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const diceOf = (seed: number) => {
  let state = seed + 1
  return (sides: number): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return Math.abs(state) % sides
  }
}

type World = {
  readonly disk: MemoryDisk
  readonly kind: Kind
  journal: StoreJournal
  /** Every value ever handed over, by key and rev. */
  readonly given: Map<string, Map<number, string>>
  /** Answered for and not dropped since: at least this version must be there. */
  readonly owed: Map<string, number>
}

type Kind = 'desktop' | 'browser'
/** A browser's files are zeros up to their length from the beginning; it has no reserve. */
const open = (disk: MemoryDisk, kind: Kind): Promise<StoreJournal> => {
  const plugged = disk.plugIn()
  const parts = { world: nodeWorld, folder, limits }
  if (kind === 'desktop')
    return openStoreJournal({ ...parts, disk: plugged, takeReserve: openReserve(plugged, 2_000).take })
  const zeroed: JournalDisk = {
    ...plugged,
    async create(path) {
      const file = await plugged.create(path)
      await file.write(Buffer.alloc(limits.segmentBytes), 0)
      await file.sync()
      return file
    },
  }
  return openStoreJournal({ ...parts, disk: zeroed, takeReserve: async () => null })
}
const fillReserve = async ({ disk, kind }: Pick<World, 'disk' | 'kind'>): Promise<void> => {
  if (kind === 'desktop') await openReserve(disk.plugIn(), 2_000).fill()
}

const readAll = async (journal: StoreJournal): Promise<Map<string, string>> => {
  const all = new Map<string, string>()
  for (let after: string | null = null; ;) {
    const page = await journal.read(after, 150)
    for (const entry of page.entries) {
      expect(all.has(entry.key)).toBe(false)
      all.set(entry.key, nodeWorld.utf8(entry.bytes))
    }
    after = page.next
    if (after === null) return all
  }
}

const isDraft = (name: string) => name.startsWith('draft')

/** The version a value carries in its own text. */
const versionOf = (value: string): number => Number(value.split(' ')[1])

const check = async (world: World): Promise<void> => {
  const found = await readAll(world.journal)
  for (const [name, value] of found)
    expect(world.given.get(name)?.get(versionOf(value)), 'never a wrong one').toBe(value)
  for (const [name, version] of world.owed) {
    const value = found.get(name)
    expect(value, `${name} was answered for`).toBeDefined()
    expect(versionOf(value ?? '')).toBeGreaterThanOrEqual(version)
  }
}

let version = 0
const save = async (world: World, names: readonly string[], size: number): Promise<void> => {
  const puts = names.map((name) => {
    version += 1
    const value = `${name} ${version} ${'x'.repeat(size)}`
    world.given.set(name, (world.given.get(name) ?? new Map()).set(version, value))
    return { key: name, rev: isDraft(name) ? null : version, bytes: Buffer.from(value), version }
  })
  try {
    await world.journal.append(puts, [])
    for (const put of puts) world.owed.set(put.key, Math.max(put.version, world.owed.get(put.key) ?? 0))
  } catch {
    // Not answered for: it may be there or not.
  }
}

const run = async (world: World, what: Act): Promise<void> => {
  switch (what.is) {
    case 'save':
      return save(world, what.keys, what.size)
    case 'together':
      await Promise.all(what.keys.map((name) => save(world, [name], 20)))
      return
    case 'drop':
      world.owed.delete(what.key)
      await world.journal.append([], [{ key: what.key, rev: null, seq: null }]).catch(() => undefined)
      return
    case 'powerCut':
      world.disk.cutPower(diceOf(what.seed))
      world.disk.setCapacity(Infinity)
      await fillReserve(world)
      world.journal = await open(world.disk, world.kind)
      return check(world)
    case 'syncFails':
      return world.disk.failNextSync()
    case 'diskFills':
      return world.disk.setCapacity(world.disk.used() + what.left)
    case 'diskFreed':
      world.disk.setCapacity(Infinity)
      await fillReserve(world)
  }
}
describe('the second journal', () => {
  test.each([
    ['desktop', false],
    ['desktop', true],
    ['browser', false],
    ['browser', true],
  ] as const)(
    '[JRNL-2] [JRNL-4] [JRNL-16] [F46] [D07] through power cuts, failing syncs and a full disk all that was answered for is read back, never a wrong one (%s, copies on write: %s)',
    async (kind, copiesOnWrite) => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 60 }), async (acts) => {
          const disk = memoryDisk()
          disk.copiesOnWrite = copiesOnWrite
          await fillReserve({ disk, kind })
          const journal = await open(disk, kind)
          const world: World = { disk, kind, journal, given: new Map(), owed: new Map() }
          for (const what of acts) await run(world, what)
          await check(world)
          await run(world, { is: 'powerCut', seed: 7 })
        }),
        { numRuns: 1200 },
      )
    },
    60_000,
  )

  test('[JRNL-16] [F42] a start on a full disk goes on behind what the last file holds', async () => {
    const disk = memoryDisk()
    const given = new Map<string, Map<number, string>>()
    const world: World = {
      disk,
      kind: 'browser',
      journal: await open(disk, 'browser'),
      given,
      owed: new Map(),
    }
    await save(world, ['call:1'], 20)
    disk.setCapacity(disk.used())
    disk.cutPower(() => 0)
    world.journal = await open(disk, 'browser')
    await save(world, ['call:2'], 20)
    expect([...(await readAll(world.journal)).keys()]).toEqual(['call:1', 'call:2'])
  })
})
