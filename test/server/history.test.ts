// A database put back to an earlier day by other hands than `server restore`, on both databases: a copied folder, a snapshot.
// Seats find out by themselves, and nothing they were told is stored stays lost.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Session } from '../../contract/session.ts'
import { backUp } from '../../server/backup.ts'
import { openDatabase } from '../../server/database.ts'
import { restore } from '../../server/restore.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, newFolder, type Place } from './databases.ts'
import { until } from './until.ts'

const secret = 'sixteen letters or more'

/** The same database at this instant, somewhere else; nobody may be using it. */
const copyOf = async ({ folder, databaseUrl }: Place): Promise<Place> => {
  const copied = newFolder()
  cpSync(folder, copied, { recursive: true })
  const remove = async () => rmSync(copied, { recursive: true, force: true })
  if (databaseUrl === null) return { folder: copied, databaseUrl, remove }
  const url = new URL(databaseUrl)
  const name = url.pathname.slice(1)
  const client = new pg.Client({ connectionString: new URL('/postgres', url).href })
  await client.connect()
  await client.query(`create database ${name}_copy template ${name}`)
  await client.end()
  return { folder: copied, databaseUrl: new URL(`/${name}_copy`, url).href, remove }
}

describe.each(bothDatabases)('a centre on %s', (_name, make) => {
  const kind = make()
  const places: Place[] = []
  let centre: TestCentre
  afterAll(() => kind.stop())
  afterEach(async () => {
    await centre.stop()
    for (const place of places.splice(0)) await place.remove()
  })
  const at = async (making: Promise<Place>): Promise<Place> => {
    const place = await making
    places.push(place)
    return place
  }
  const begin = async (place: Place): Promise<Session> => {
    centre = await startTestCentre(place)
    return centre.signIn('1001')
  }
  /** All there is behind this cursor, and in how many pages. */
  const pull = async ({ token }: Session, from: number) => {
    const ids: string[] = []
    for (let pages = 1, cursor = from; ; pages += 1) {
      const page = await centre.get('sync.pull', { cursor, reference: 1, limit: 500 }, token)
      ids.push(...page.calls.map(({ id }) => id))
      ;({ cursor } = page)
      if (!page.more) return { ids, cursor, pages, epoch: page.epoch }
    }
  }
  const push = ({ token }: Session, ...given: Parameters<typeof items>) =>
    centre.get('sync.push', items(...given), token)
  const audited = () =>
    centre.running.database.rows<{ account: string | null }>(
      `select account from audit where what = 'centre.wentBack'`,
    )

  test('[F36] [SERVER-49] put back to an earlier day: the first seat that was told more than it holds begins a new epoch, once', async () => {
    const place = await at(kind.newPlace())
    const first = await begin(place)
    await push(first, { call: aCallOf('1001') })
    const early = (await pull(first, 0)).cursor
    await centre.stop()
    const copy = await at(copyOf(place))

    // The day goes on, with another start in it, and is lost.
    await push(await begin(place), { call: aCallOf('1001') })
    await centre.stop()
    const lost = await begin(place)
    const order = aDispatchOf('1001', 'ZGFW')
    const told = await push(lost, { call: aCallOf('1001') }, { ticket: order })
    const late = (await pull(lost, early)).cursor
    expect(late).toBeGreaterThan(early)
    await centre.stop()

    const session = await begin(copy)
    // Who was told nothing of the lost time shows nothing.
    const unaware = await pull(session, early)
    expect(unaware.epoch).toBe(lost.centre.epoch)
    const aware = await pull(session, late)
    expect(aware.epoch).toBeGreaterThan(lost.centre.epoch)
    expect((await push(session, { call: aCallOf('1001') })).epoch).toBe(aware.epoch)
    expect((await centre.signIn('1002')).centre.epoch).toBe(aware.epoch)
    // The other seats hear of it, and nothing begins again with each of them.
    expect((await pull(session, early)).epoch).toBe(aware.epoch)
    expect((await pull(session, late)).epoch).toBe(aware.epoch)
    expect(await audited()).toEqual([{ account: '1001' }])
    // A number people may know of is not given to another work order.
    const again = await push(session, { ticket: aDispatchOf('1001', 'ZGFW') }, { ticket: order })
    const numbers = again.verdicts.map(({ number }) => number)
    expect(numbers).not.toContain(told.verdicts[1]?.number)
    expect(new Set(numbers).size).toBe(2)
    // What is stored now is not hidden behind the cursor of the lost time either.
    const call = aCallOf('1001')
    await push(session, { call })
    expect((await pull(session, late)).ids).toContain(call.id)
    await centre.stop()

    const next = await begin(copy)
    expect((await pull(next, late)).epoch).toBe(aware.epoch)
    expect(await audited()).toHaveLength(1)
  })

  test('[SERVER-49] started again as it was, it goes on in its epoch, and every cursor with it', async () => {
    const place = await at(kind.newPlace())
    let session = await begin(place)
    let cursor = 0
    const seen: string[] = []
    for (let start = 0; start < 3; start += 1) {
      const call = aCallOf('1001')
      await push(session, { call })
      const page = await pull(session, cursor)
      seen.push(...page.ids)
      expect(seen.at(-1)).toBe(call.id)
      expect(page.epoch).toBe(0)
      ;({ cursor } = page)
      await centre.stop()
      session = await begin(place)
    }
    expect(seen).toHaveLength(3)
    expect(await audited()).toEqual([])
  })

  test('[SERVER-49] [SERVER-48] who is far behind is led over the leaps of many starts in as few pages as ever', async () => {
    const place = await at(kind.newPlace())
    let session = await begin(place)
    const sent: string[] = []
    for (let start = 0; start < 3; start += 1) {
      const calls = Array.from({ length: 130 }, () => aCallOf('1001'))
      await push(session, ...calls.map((call) => ({ call })))
      sent.push(...calls.map(({ id }) => id))
      await centre.stop()
      session = await begin(place)
    }
    const told = await pull(session, 0)
    expect(told.ids.toSorted()).toEqual(sent.toSorted())
    expect(told.pages).toBeLessThan(5)
    expect((await pull(session, told.cursor)).epoch).toBe(0)
    expect(await audited()).toEqual([])
  })

  test('[SERVER-35] [SERVER-49] put back by `server restore` it begins one epoch, also for who comes with a cursor of the lost time', async () => {
    const place = await at(kind.newPlace())
    let session = await begin(place)
    const told = await push(session, { ticket: aDispatchOf('1001', 'ZGFW') })
    const file = join(place.folder, 'early.backup')
    await backUp(centre.running.database, file, secret, centre.clock.now())
    const lost = await push(session, { ticket: aDispatchOf('1001', 'ZGFW') })
    const { cursor } = await pull(session, 0)
    await centre.stop()
    const database = await openDatabase({ url: place.databaseUrl, folder: place.folder, errand: true })
    await restore(database, file, secret, { replace: true, now: centre.clock.now() })
    await database.close()
    session = await begin(place)
    const { epoch } = centre.running.identity
    expect(epoch).toBeGreaterThan(0)
    expect((await pull(session, 0)).epoch).toBe(epoch)
    expect((await pull(session, cursor)).epoch).toBe(epoch)
    expect(await audited()).toEqual([])
    const again = await push(session, { ticket: aDispatchOf('1001', 'ZGFW') })
    const known = [told, lost].map(({ verdicts }) => verdicts[0]?.number)
    expect(known).not.toContain(again.verdicts[0]?.number)
  })

  test('[SERVER-49] an epoch that another process on the same database began is known within moments', async () => {
    const session = await begin(await at(kind.newPlace()))
    await centre.running.database.rows('update centre set epoch = 77')
    await until(() => centre.running.identity.epoch === 77, 'the centre knows of it')
    expect((await push(session, { call: aCallOf('1001') })).epoch).toBe(77)
  })
})
