// What the centre says of its own keeping: a real disk that is full under the embedded database (under PostgreSQL:
// outage.test.ts), a backup folder without room, a backup made by hand.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Keeping } from '../../contract/keeping.ts'
import { noteBackup } from '../../server/keeping.ts'
import { mayMount, smallDisk } from '../electron/smallDisk.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, newEmbeddedFolder, newFolder } from './databases.ts'
import { runProgram } from './program.ts'
import { until } from './until.ts'

const secret = 'sixteen letters or more'
const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

const aSmallDisk = (size: string) => {
  const disk = smallDisk(size)
  cleanUp.push(async () => disk.remove())
  return {
    path: disk.path,
    fill: () => {
      for (let n = 0; ; n += 1)
        try {
          writeFileSync(join(disk.path, `ballast${n}`), Buffer.alloc(4_096))
        } catch {
          return
        }
    },
    clear: () => {
      for (const name of readdirSync(disk.path).filter((each) => each.startsWith('ballast')))
        rmSync(join(disk.path, name))
    },
  }
}

/** Whatever /health says, as a monitor sees it. */
const HealthBody = z.object({
  ok: z.boolean(),
  problem: z.object({ code: z.string(), text: z.string() }).optional(),
  state: z.string().optional(),
  keeping: Keeping.optional(),
  value: z.object({ state: z.string(), keeping: Keeping }).optional(),
})
const healthOf = async (centre: TestCentre) => {
  const response = await fetch(`${centre.running.address}/health`)
  return { status: response.status, body: HealthBody.parse(await response.json()) }
}
const keepingOf = async (centre: TestCentre): Promise<Keeping | undefined> => {
  const { body } = await healthOf(centre)
  return body.value?.keeping ?? body.keeping
}

test.runIf(mayMount)(
  '[F34] [SERVER-54] [SERVER-55] a full disk under the embedded database: /health is 503 and says so, reading goes on, and it is well again with room',
  async () => {
    const disk = aSmallDisk('128m')
    const folder = join(disk.path, 'data')
    const template = await newEmbeddedFolder()
    cpSync(template, folder, { recursive: true })
    rmSync(template, { recursive: true })
    const centre = await startTestCentre({ folder, databaseUrl: null, remove: async () => undefined })
    cleanUp.push(() => centre.stop())
    const { token } = await centre.signIn('1001')
    const admin = await centre.signIn('9001')
    const before = await healthOf(centre)
    // Little room is a warning and no failure: seats go on sending.
    expect([before.status, before.body.value?.state]).toEqual([200, 'warn'])
    expect(before.body.value?.keeping).toMatchObject({ unwritable: null, room: [{ place: 'data' }] })

    disk.fill()
    const calls = Array.from({ length: 60 }, () =>
      aCallOf('1001', { form: aForm({ course: '满'.repeat(2_000) }) }),
    )
    const batch = items(...calls.map((call) => ({ call })))
    expect((await centre.ask('sync.push', batch, token)).status).toBe(503)
    const full = await healthOf(centre)
    expect([full.status, full.body.ok, full.body.state]).toEqual([503, false, 'cannotWrite'])
    expect(full.body.problem).toMatchObject({ code: 'busy' })
    expect(full.body.problem?.text).toContain('磁盘满了')
    expect(full.body.keeping?.unwritable).toMatchObject({ why: 'full' })
    expect(full.body.keeping?.room[0]?.freeBytes).toBeLessThan(1024 ** 2)
    // It stays so while it is full, however often it is asked, and whoever looks still reads.
    expect((await healthOf(centre)).status).toBe(503)
    await centre.get('tickets.list', { states: [], before: null, limit: 10 }, token)
    expect((await centre.get('keeping.read', {}, admin.token)).keeping.unwritable).toMatchObject({
      why: 'full',
    })

    disk.clear()
    await until(async () => (await healthOf(centre)).status === 200, 'the centre writes again', 10_000)
    expect((await centre.get('sync.push', batch, token)).verdicts.every((v) => v.verdict === 'stored')).toBe(
      true,
    )
  },
  60_000,
)

describe.each(bothDatabases)('on %s', (_name, make) => {
  const kind = make()
  afterAll(() => kind.stop())

  test.runIf(mayMount)(
    '[SERVER-54] [SERVER-55] a backup that cannot be made is a warning with its reason, until one is made',
    async () => {
      const disk = aSmallDisk('1m')
      const place = await kind.newPlace()
      cleanUp.push(() => place.remove())
      const backups = { folder: disk.path, secret }
      disk.fill()
      const failing = await startTestCentre(place, { backups })
      await until(
        async () => (await keepingOf(failing))?.backup.failing !== null,
        'the backup failed',
        10_000,
      )
      const { status, body } = await healthOf(failing)
      expect([status, body.value?.state]).toEqual([200, 'warn'])
      expect(body.value?.keeping.backup).toMatchObject({
        daily: true,
        lastAt: null,
        failing: { why: 'full' },
      })
      expect(body.value?.keeping.room.map((each) => each.place)).toEqual(['data', 'backup'])
      await failing.stop()

      disk.clear()
      const centre = await startTestCentre(place, { backups })
      cleanUp.push(() => centre.stop())
      await until(async () => (await keepingOf(centre))?.backup.lastAt !== null, 'the backup is made', 10_000)
      expect((await keepingOf(centre))?.backup.failing).toBeNull()
    },
  )

  test('[SERVER-54] a backup made by hand counts as well, and an older one does not take its place', async () => {
    const place = await kind.newPlace()
    cleanUp.push(() => place.remove())
    const first = await startTestCentre(place)
    const at = Date.now()
    await noteBackup(first.running.database, at)
    await noteBackup(first.running.database, at - 1)
    await first.stop()
    const centre = await startTestCentre(place)
    cleanUp.push(() => centre.stop())
    await until(async () => (await keepingOf(centre))?.backup.lastAt !== null, 'it is known')
    expect((await keepingOf(centre))?.backup).toEqual({ daily: false, lastAt: at, failing: null })
  })
})

test('[SERVER-54] the command line notes the backup it made', async () => {
  const folder = await newEmbeddedFolder()
  const elsewhere = newFolder()
  cleanUp.push(async () => [folder, elsewhere].forEach((each) => rmSync(each, { recursive: true })))
  const place = { folder, databaseUrl: null, remove: async () => undefined }
  await (await startTestCentre(place)).stop()
  const key = join(elsewhere, 'key')
  writeFileSync(key, secret)
  const file = join(elsewhere, 'by-hand.backup')
  const made = await runProgram(['backup', file, '--key-file', key, '--data', folder])
  expect(made.code).toBe(0)
  const centre = await startTestCentre(place)
  cleanUp.push(() => centre.stop())
  await until(async () => (await keepingOf(centre))?.backup.lastAt !== null, 'it is known')
  expect((await keepingOf(centre))?.backup.lastAt).toBeGreaterThan(Date.now() - 60_000)
})
