// Calls that lie written down for every seat (server/pages.ts), on both databases: the same as the database would tell.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../contract/session.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { PullAnswer } from '../../contract/sync.ts'
import type { Queries } from '../../server/database.ts'
import { openPages } from '../../server/pages.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const few = 40
const many = 500

describe.each(bothDatabases)('calls every seat gets alike from %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let other: Session
  const calls: CallRecord[] = []
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    other = await centre.signIn('1002')
    for (let n = 0; n < 330; n += 1) calls.push(aCallOf('1001'))
    const order = aDispatchOf('1002', 'ZGFW')
    const push = (session: Session, ...given: Parameters<typeof items>) =>
      centre.get('sync.push', items(...given), session.token)
    await push(agent, ...calls.slice(0, 150).map((call) => ({ call })))
    await push(other, { ticket: order })
    await push(agent, ...calls.slice(150).map((call) => ({ call })))
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const pagesOf = async (session: Session, limit: number): Promise<PullAnswer[]> => {
    const pages: PullAnswer[] = []
    do {
      const cursor = pages.at(-1)?.cursor ?? 0
      pages.push(await centre.get('sync.pull', { cursor, reference: 1, limit }, session.token))
    } while (pages.at(-1)?.more === true)
    return pages
  }
  const told = (pages: readonly PullAnswer[]) => ({
    calls: pages.flatMap((page) => page.calls),
    tickets: pages.flatMap((page) => page.tickets.map(({ id }) => id)),
  })

  test('[SERVER-48] who is far behind is told the same as who asks for little at a time, and the own work orders in their place', async () => {
    for (const session of [agent, other]) {
      const large = await pagesOf(session, many)
      expect(told(large)).toEqual(told(await pagesOf(session, few)))
      expect(large.length).toBeLessThan(5)
      expect(large.every((page) => page.waitedMs !== undefined)).toBe(true)
    }
    expect(told(await pagesOf(other, many)).tickets).toHaveLength(1)
    expect(told(await pagesOf(agent, many)).tickets).toHaveLength(0)
    const handler = await centre.signIn('3001')
    expect(told(await pagesOf(handler, many)).calls).toEqual([])
  })

  test('[SERVER-48] [SERVER-11] a call that changes after its page was written down is told anew, behind it', async () => {
    const [first] = calls
    if (first === undefined) throw new Error('no calls')
    await centre.get('sync.push', items({ call: { ...first, rev: 2, talkMs: 77_000 } }), agent.token)
    const all = told(await pagesOf(other, many)).calls
    expect(all.filter(({ id }) => id === first.id).at(-1)?.talkMs).toBe(77_000)
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(calls.map(({ id }) => id)))
  })

  const counted = (): Queries & { asked: number } => {
    const { database } = centre.running
    const queries = {
      asked: 0,
      rows: <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> => {
        if (sql.includes('c.change <=')) queries.asked += 1
        return database.rows<T>(sql, values)
      },
      script: (sql: string) => database.script(sql),
    }
    return queries
  }
  const wanted = { cursor: 0, limit: many, since: 0, mark: 300 }

  test('[SERVER-48] a page is read once for all, and anew when the memory for them is full', async () => {
    const roomy = counted()
    const pages = openPages(roomy)
    const answers = await Promise.all(Array.from({ length: 50 }, () => pages.after(wanted)))
    expect(roomy.asked).toBe(3)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const cramped = counted()
    const small = openPages(cramped, 1_000)
    expect(await small.after(wanted)).toEqual(answers[0])
    expect(await small.after(wanted)).toEqual(answers[0])
    expect(cramped.asked).toBe(6)
  })

  test('[SERVER-48] [SERVER-12] what a seat no longer keeps is left out of pages written down before, and comes back with a longer policy', async () => {
    const pages = openPages(counted())
    const before = await pages.after(wanted)
    const later = Date.now()
    expect((before?.calls ?? 0) > 250).toBe(true)
    expect((await pages.after({ ...wanted, since: later }))?.calls ?? 0).toBe(0)
    expect(await pages.after(wanted)).toEqual(before)
  })

  test('[SERVER-48] at the end, or for few at a time, the database itself is asked', async () => {
    const pages = openPages(counted())
    expect(await pages.after({ ...wanted, cursor: 300 })).toBeNull()
    expect(await pages.after({ ...wanted, limit: 99 })).toBeNull()
    expect(await pages.after({ ...wanted, cursor: 250, mark: 299 })).toBeNull()
  })
})
