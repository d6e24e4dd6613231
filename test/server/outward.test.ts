// What the centre owes the world outside, on both databases, carried to a real gateway that answers twice, dies or
// refuses: written with its cause, delivered once, decided upon by a person where it is stuck.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { ActionId } from '../../contract/ids.ts'
import { overtaken } from '../../contract/outward.ts'
import type { Session } from '../../contract/session.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { httpGateway } from '../../server/outwardGateway.ts'
import { carryDue, type WorkerParts } from '../../server/outwardWorker.ts'
import { aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { startGateway, type TestGateway } from './aGateway.ts'
import { bothDatabases, type Place } from './databases.ts'
import { until } from './until.ts'

describe.each(bothDatabases)('outward messages on %s', (_name, make) => {
  const kind = make()
  let place: Place
  /** Has no gateway: the tests carry by hand, one step at a time. */
  let centre: TestCentre
  let gateway: TestGateway
  let agent: Session
  let lead: Session
  let ahead = 0
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    lead = await centre.signIn('2001')
  })
  beforeEach(async () => {
    ahead = 0
    gateway = await startGateway()
  })
  afterEach(async () => {
    await gateway.close()
    await centre.running.database.rows('delete from outward')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const worker = (over: Partial<WorkerParts> = {}): WorkerParts => ({
    database: centre.running.database,
    gateway: httpGateway({ url: gateway.url, secret: 'a secret of sixteen' }),
    now: () => Date.now() + ahead,
    random: () => 0.5,
    log: () => undefined,
    ...over,
  })
  const rows = () =>
    centre.running.database.rows<{ key: string; state: string; said: string | null; attempts: number }>(
      'select key, state, said, attempts from outward order by seq',
    )
  const states = async () => (await rows()).map(({ state }) => state)
  const dispatch = async (over: Partial<TicketDispatch> = {}): Promise<TicketDispatch> => {
    const ticket = aDispatchOf('1001', 'ZGFW', over)
    await centre.get('sync.push', items({ ticket }), agent.token)
    return ticket
  }
  const list = () => centre.get('outward.list', { limit: 100 }, lead.token)

  test('[OUT-2] a dispatch and what it owes are stored together, and sent again it owes nothing anew', async () => {
    const ticket = await dispatch()
    await centre.get('sync.push', items({ ticket }), agent.token)
    expect((await rows()).map(({ key }) => key)).toEqual([`${ticket.id}:1:ZGFW`, `${ticket.id}:accepted`])
    const refused = aDispatchOf('1001', 'NOWHERE')
    await centre.get('sync.push', items({ ticket: refused }), agent.token)
    const assisting = [{ department: 'QYBZ', departmentName: '权益保障部' }]
    const changed = { ...ticket, rev: 2, plan: { ...ticket.plan, assisting } }
    await centre.get('sync.push', items({ ticket: changed }), agent.token)
    expect((await rows()).slice(2).map(({ key }) => key)).toEqual([
      `${ticket.id}:2:ZGFW`,
      `${ticket.id}:2:QYBZ`,
    ])
  })

  test('[OUT-2] when the row cannot be written, neither is the dispatch', async () => {
    const { database } = centre.running
    await database.script('alter table outward rename to outward_away')
    const ticket = aDispatchOf('1001', 'ZGFW')
    const answer = await centre.get('sync.push', items({ ticket }), agent.token)
    await database.script('alter table outward_away rename to outward')
    expect(answer.verdicts).toMatchObject([{ verdict: 'busy' }])
    expect(await database.rows('select 1 from tickets where id = $1', [ticket.id])).toEqual([])
    await centre.get('sync.push', items({ ticket }), agent.token)
    expect(await rows()).toHaveLength(2)
  })

  test('[OUT-1] the reply owes the worker a text message', async () => {
    const ticket = await dispatch()
    const handler = await centre.signIn('3001')
    const act = (action: object) =>
      centre.askRaw('/api/tickets/act', JSON.stringify({ id: ticket.id, action }), handler.token)
    const reply = ActionId.parse(v7())
    await act({ do: 'sign', id: v7() })
    const replied = { do: 'reply', id: reply, substantiated: 'yes', solved: 'yes', text: '已补发' }
    await act(replied)
    await act(replied)
    expect((await rows()).map(({ key }) => key)).toEqual([
      `${ticket.id}:1:ZGFW`,
      `${ticket.id}:accepted`,
      `${reply}:answered`,
    ])
  })

  test('[F40] [OUT-3] a gateway that is away, busy, dies or answers twice: each effect once, tried until it is', async () => {
    const ticket = await dispatch()
    gateway.next('diesFirst')
    await carryDue(worker())
    expect(await states()).toEqual(['waiting', 'waiting'])
    expect(gateway.asked).toHaveLength(1)
    gateway.next('actsAndDies', 'answersTwice', { status: 503, retryAfter: 30 }, 'answersTwice')
    for (let round = 0; round < 6; round += 1) {
      ahead += 40_000
      await carryDue(worker())
    }
    expect(await states()).toEqual(['delivered', 'delivered'])
    expect(gateway.effects.map(({ key }) => key).sort()).toEqual(
      [`${ticket.id}:1:ZGFW`, `${ticket.id}:accepted`].sort(),
    )
    expect(new Set(gateway.asked.map(({ secret }) => secret))).toEqual(
      new Set(['Bearer a secret of sixteen']),
    )
    const before = gateway.asked.length
    ahead += 600_000
    await carryDue(worker())
    expect(gateway.asked).toHaveLength(before)
  })

  test('[F40] [OUT-3] a page of a portal, or the answer to another message, delivers nothing', async () => {
    await dispatch({ contactNumber: '' })
    gateway.next('portal', 'strangerKey')
    await carryDue(worker())
    ahead += 60_000
    await carryDue(worker())
    expect(await rows()).toMatchObject([{ state: 'waiting', said: 'not the gateway', attempts: 2 }])
    ahead += 120_000
    await carryDue(worker())
    expect(await states()).toEqual(['delivered'])
  })

  test('[F40] [OUT-3] a centre that dies before it has noted the answer asks again under the same key', async () => {
    const ticket = await dispatch({ contactNumber: '' })
    const { database } = centre.running
    let noted = 0
    const dying = worker({
      database: {
        ...database,
        rows: (sql, values) => {
          if (!sql.includes('settled_at = $5')) return database.rows(sql, values)
          noted += 1
          return Promise.reject(new Error('the power went'))
        },
      },
    })
    await expect(carryDue(dying)).rejects.toThrow('the power went')
    expect([noted, gateway.effects.length]).toEqual([1, 1])
    expect(await states()).toEqual(['waiting'])
    await carryDue(worker())
    expect(gateway.asked).toHaveLength(1)
    ahead += 31_000
    await carryDue(worker())
    expect(await states()).toEqual(['delivered'])
    expect(gateway.effects.map(({ key }) => key)).toEqual([`${ticket.id}:1:ZGFW`])
  })

  test('[OUT-4] several workers on one database carry each message once, one recipient in order', async () => {
    const ticket = await dispatch()
    for (const rev of [2, 3]) await dispatch({ id: ticket.id, rev })
    await Promise.all(Array.from({ length: 4 }, () => carryDue(worker())))
    await carryDue(worker())
    expect(await states()).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
    expect(gateway.asked).toHaveLength(4)
    const notices = gateway.effects.filter(({ kind: what }) => what === 'notice')
    expect(notices.map(({ key }) => key)).toEqual([1, 2, 3].map((rev) => `${ticket.id}:${rev}:ZGFW`))
  })

  test('[OUT-4] what was refused or held goes out no more once a later one to the same recipient has, and holds up none', async () => {
    const ticket = await dispatch()
    gateway.next({ status: 422 }, 'answersTwice')
    await carryDue(worker())
    await dispatch({ id: ticket.id, rev: 2 })
    const other = await dispatch()
    await centre.running.database.rows(`update outward set state = 'held' where key like $1`, [
      `${other.id}:%`,
    ])
    expect(await states()).toEqual(['refused', 'delivered', 'waiting', 'held', 'held'])
    const [first = '', , second = ''] = (await rows()).map(({ key }) => key)
    // Refused again and sent with a word, the earlier one is still first.
    gateway.next({ status: 422 }, 'answersTwice', 'answersTwice')
    await carryDue(worker())
    await centre.get('outward.decide', { keys: [second, first], do: 'send' }, lead.token)
    await carryDue(worker())
    const notices = gateway.effects.filter(({ kind: what }) => what === 'notice')
    expect(notices.map(({ key }) => key)).toEqual([first, second])

    await dispatch({ id: other.id, rev: 2 })
    await carryDue(worker())
    expect((await rows()).slice(3)).toMatchObject([
      { key: `${other.id}:1:ZGFW`, state: 'dropped', said: overtaken },
      { key: `${other.id}:accepted`, state: 'held' },
      { key: `${other.id}:2:ZGFW`, state: 'delivered' },
    ])
    // Whoever had the page open and says so all the same sends nothing.
    const asked = gateway.asked.length
    await centre.get('outward.decide', { keys: [`${other.id}:1:ZGFW`], do: 'send' }, lead.token)
    await carryDue(worker())
    expect(gateway.asked).toHaveLength(asked)
    expect(await list()).toMatchObject({ held: 1, refused: 0, waiting: 0 })
  })

  test('[OUT-5] [OUT-6] what is old is held, what is refused is shown, and a person decides, on record', async () => {
    await dispatch()
    ahead = 3 * 86_400_000 + 1
    await carryDue(worker())
    expect(gateway.asked).toEqual([])
    const held = await list()
    expect(held).toMatchObject({ configured: false, held: 2, waiting: 0 })
    expect(held.rows.map(({ recipient }) => recipient)).toEqual(['职工服务部', '138****8000'])
    const [first = '', second = ''] = held.rows.map(({ key }) => key)
    await centre.get('outward.decide', { keys: [first, second], do: 'send' }, lead.token)
    gateway.next({ status: 422 })
    await carryDue(worker())
    expect((await list()).rows).toMatchObject([
      { key: first, state: 'refused', said: 'HTTP 422' },
      { key: second, state: 'delivered' },
    ])
    await centre.get('outward.decide', { keys: [first, second], do: 'drop' }, lead.token)
    expect(await states()).toEqual(['dropped', 'delivered'])
    const audit = await centre.running.database.rows(
      `select account, what from audit where subject = $1 and what like 'outward.%' order by seq`,
      [first],
    )
    expect(audit).toEqual([
      { account: '2001', what: 'outward.send' },
      { account: '2001', what: 'outward.drop' },
    ])
  })
})

describe('a centre with a gateway', () => {
  test('[F40] [OUT-3] carries by itself, and after a time without the gateway by itself again', async () => {
    const [, make] = bothDatabases[0] ?? []
    const kind = make?.()
    const place = await kind?.newPlace()
    if (place === undefined) throw new Error('no place')
    const gateway = await startGateway()
    gateway.next('diesFirst', { status: 502 })
    const centre = await startTestCentre(place, { gateway: { url: gateway.url, secret: null } })
    const { token } = await centre.signIn('1001')
    await centre.get('sync.push', items({ ticket: aDispatchOf('1001', 'ZGFW') }), token)
    await until(() => gateway.effects.length === 2, 'both are carried', 20_000)
    const lead = await centre.signIn('2001')
    await until(
      async () => (await centre.get('outward.list', { limit: 9 }, lead.token)).delivered === 2,
      'both are noted',
    )
    expect(await centre.get('outward.list', { limit: 9 }, lead.token)).toMatchObject({
      configured: true,
      waiting: 0,
      refused: 0,
    })
    await centre.stop()
    await place.remove()
    await gateway.close()
  })
})
