// sync.pull on both databases: pages, the cursor, and nothing missed while others store.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../contract/session.ts'
import type { CallSummary } from '../../contract/softphone.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { limitOf } from '../../server/limits.ts'
import { aForm } from '../makers/forms.ts'
import { aCallOf, aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('pull from %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let other: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    other = await centre.signIn('1002')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const pullAll = async (session: Session, from = 0, limit = 100) => {
    const calls: CallSummary[] = []
    const tickets: Ticket[] = []
    let cursor = from
    for (;;) {
      const page = await centre.get('sync.pull', { cursor, reference: 1, limit }, session.token)
      calls.push(...page.calls)
      tickets.push(...page.tickets)
      ;({ cursor } = page)
      if (!page.more) return { calls, tickets, cursor }
    }
  }

  test('[SERVER-12] the first pull brings reference data and calls of all seats, later ones what changed', async () => {
    const mine = aCallOf('1001')
    const theirs = aCallOf('1002', { form: aForm({ course: '长'.repeat(300), cause: '' }) })
    const old = aCallOf('1002', { offeredAt: Date.now() - 7 * 86_400_000 - 1 })
    await centre.get('sync.push', items({ call: mine }), agent.token)
    await centre.get('sync.push', items({ call: theirs }, { call: old }), other.token)
    const first = await centre.get('sync.pull', { cursor: 0, reference: -1, limit: 100 }, agent.token)
    expect(first.reference).toMatchObject({ version: 1 })
    expect(first.calls.map((call) => call.id)).toEqual([mine.id, theirs.id])
    expect(first.calls[1]).toMatchObject({ agent: '1002', callerName: '王建平', gist: '长'.repeat(80) })
    expect(first.more).toBe(false)

    const second = await centre.get(
      'sync.pull',
      { cursor: first.cursor, reference: 1, limit: 100 },
      agent.token,
    )
    expect(second).toMatchObject({ calls: [], tickets: [], reference: null, cursor: first.cursor })

    await centre.get('sync.push', items({ call: { ...mine, rev: 2 } }), agent.token)
    const third = await pullAll(agent, second.cursor)
    expect(third.calls.map((call) => call.id)).toEqual([mine.id])
  })

  test('[SERVER-12] pages of one add up to the whole', async () => {
    const paged = await pullAll(agent, 0, 1)
    expect(paged.calls).toEqual((await pullAll(agent, 0, 1000)).calls)
    expect(paged.calls.length).toBeGreaterThan(1)
  })

  test('[SERVER-12] an agent gets the own work orders, a handler no calls', async () => {
    const dispatch = aDispatchOf('1001', 'ZGFW')
    await centre.get('sync.push', items({ ticket: dispatch }), agent.token)
    expect((await pullAll(agent)).tickets.map((ticket) => ticket.id)).toContain(dispatch.id)
    expect((await pullAll(other)).tickets).toEqual([])
    const handler = await centre.signIn('3001')
    expect(await pullAll(handler)).toMatchObject({ calls: [], tickets: [] })
  })

  test('[F60] [SERVER-11] the centre’s clock set back or ahead: all is told in the order in which it came, nothing twice', async () => {
    const hour = 3_600_000
    let { cursor } = await pullAll(other)
    for (const jump of [0, -20 * hour, 30 * hour, -10 * hour]) {
      centre.clock.advance(jump)
      const { token } = await centre.signIn('1001')
      const sent = Array.from({ length: 3 }, () => aCallOf('1001'))
      for (const call of sent) await centre.get('sync.push', items({ call }), token)
      const told = await pullAll(await centre.signIn('1002'), cursor)
      expect(told.calls.map((call) => call.id)).toEqual(sent.map((call) => call.id))
      ;({ cursor } = told)
    }
    agent = await centre.signIn('1001')
    other = await centre.signIn('1002')
  })

  test('[SERVER-11] a puller who keeps pulling while 6 seats store sees every call', async () => {
    const start = (await pullAll(agent)).cursor
    const sent = new Set<string>()
    const storing = { on: true }
    const store = async (session: Session): Promise<void> => {
      for (let n = 0; n < 12; n += 1) {
        const calls = Array.from({ length: 1 + (n % 4) }, () => aCallOf(session.account.id))
        for (const call of calls) sent.add(call.id)
        await centre.get('sync.push', items(...calls.map((call) => ({ call }))), session.token)
      }
    }
    const seen = new Set<string>()
    const watch = async (): Promise<void> => {
      let cursor = start
      const look = async (): Promise<void> => {
        const page = await pullAll(other, cursor, 7)
        for (const call of page.calls) seen.add(call.id)
        ;({ cursor } = page)
      }
      while (storing.on) await look()
      await look()
    }
    const watching = watch()
    await Promise.all([agent, other, agent, other, agent, other].map(store))
    storing.on = false
    await watching
    expect([...sent].filter((id) => !seen.has(id))).toEqual([])
  })

  test("[SERVER-13] a caller's history comes from all seats, however the number is written, and is audited", async () => {
    const number = '13900007777'
    await centre.get('sync.push', items({ call: aCallOf('1001', { number }) }), agent.token)
    await centre.get(
      'sync.push',
      items({ call: aCallOf('1002', { number: '+86 139 0000 7777' }) }),
      other.token,
    )
    for (const written of [number, '013900007777', '+86-13900007777']) {
      const found = await centre.get('calls.ofNumber', { number: written }, agent.token)
      expect(found.map((call) => call.agent).sort()).toEqual(['1001', '1002'])
    }
    const rows = await centre.running.database.rows<{ account: string; subject: string }>(
      "select account, subject from audit where what = 'calls.ofNumber'",
    )
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toContain(number)
  })

  test('[CALL-13] [SERVER-13] a call of another seat tells why it ended, in a page and in the caller’s history', async () => {
    const endCause = { protocol: 'SIP', code: 404, text: '空号' } as const
    const number = '02886600404'
    const lost = aCallOf('1002', { number, outcome: 'failed', endCause, form: null, filedAt: null })
    const quiet = aCallOf('1002', { number, endCause: null })
    await centre.get('sync.push', items({ call: lost }, { call: quiet }), other.token)
    const code = { protocol: 'SIP', code: 404 }
    const of = (calls: readonly CallSummary[], id: string) => calls.find((call) => call.id === id)
    for (const calls of [
      (await pullAll(agent)).calls,
      await centre.get('calls.ofNumber', { number }, agent.token),
    ]) {
      expect(of(calls, lost.id)?.endCause).toEqual(code)
      expect(of(calls, quiet.id)?.endCause).toBeNull()
    }
  })

  test('[CALL-20] [CALL-22] to whom a call was put through and for which one a consultation was made is kept', async () => {
    const transfer = { kind: 'attended', number: '6001', name: '职工服务部' } as const
    const call = aCallOf('1001', { number: '13900007778', transfer, threeWay: true, callRef: 'rig-78' })
    const consult = aCallOf('1001', {
      number: '6001',
      direction: 'internal',
      madeFor: call.id,
      callRef: 'rig-78',
    })
    await centre.get('sync.push', items({ call }, { call: consult }), agent.token)
    expect(await centre.get('calls.read', { id: call.id }, agent.token)).toEqual(call)
    const [told] = await centre.get('calls.ofNumber', { number: '6001' }, agent.token)
    expect(told).toMatchObject({ id: consult.id, madeFor: call.id, callRef: 'rig-78' })
  })

  test('[SERVER-13] an agent reads only own records whole, a lead any', async () => {
    const call = aCallOf('1002')
    await centre.get('sync.push', items({ call }), other.token)
    expect((await centre.ask('calls.read', { id: call.id }, agent.token)).status).toBe(403)
    expect(await centre.get('calls.read', { id: call.id }, other.token)).toEqual(call)
    const lead = await centre.signIn('2001')
    expect(await centre.get('calls.read', { id: call.id }, lead.token)).toEqual(call)
    const rows = await centre.running.database.rows<{ account: string }>(
      "select account from audit where what = 'calls.read' and subject = $1 order by seq",
      [call.id],
    )
    expect(rows.map((row) => row.account)).toEqual(['1002', '2001'])
  })

  test('[F78] [SERVER-5] whole records are read no faster than a person can', async () => {
    const call = aCallOf('1002')
    await centre.get('sync.push', items({ call }), other.token)
    const lead = await centre.signIn('2001')
    // On a slow computer they would be slow enough to be let in.
    const go = centre.clock.stand()
    const reads = Array.from({ length: limitOf.lookUp.burst + 5 }, () =>
      centre.ask('calls.read', { id: call.id }, lead.token),
    )
    const statuses = (await Promise.all(reads)).map(({ status }) => status)
    go()
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
  })
})
