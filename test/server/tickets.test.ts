// Work orders at the centre, on both databases: who sees them, who moves them, and how often.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentReference, loadReference } from '../../server/reference.ts'
import { v7 } from 'uuid'
import { ActionId, type TicketId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import { Ticket, type TicketAction } from '../../contract/tickets.ts'
import { dayNumber, dayOf } from '../../core/tickets/workdays.ts'
import { aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const actionId = () => ActionId.parse(v7())

describe.each(bothDatabases)('work orders in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  const who: Record<'agent' | 'colleague' | 'lead' | 'handler' | 'stranger' | 'admin', Session> = {} as never
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    const accounts = [
      ['agent', '1001'],
      ['colleague', '1002'],
      ['lead', '2001'],
      ['handler', '3001'],
      ['stranger', '3002'],
      ['admin', '9001'],
    ] as const
    for (const [name, account] of accounts) who[name] = await centre.signIn(account)
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const dispatched = async (over: Parameters<typeof aDispatchOf>[2] = {}) => {
    const dispatch = aDispatchOf('1001', 'ZGFW', over)
    const answer = await centre.get('sync.push', items({ ticket: dispatch }), who.agent.token)
    return { dispatch, verdict: answer.verdicts[0] }
  }
  const act = (by: Session, id: TicketId, action: TicketAction) =>
    centre.ask('tickets.act', { id, action }, by.token)
  const sign = (): TicketAction => ({ do: 'sign', id: actionId() })
  const reply = (): TicketAction => ({
    do: 'reply',
    id: actionId(),
    substantiated: 'yes',
    solved: 'partly',
    text: '已联系单位',
  })

  test('[F67] [TICKET-1] a dispatch sent twice is one work order with the day’s number', async () => {
    const { dispatch, verdict } = await dispatched()
    const day = dayOf(dayNumber(centre.clock.now())).iso.replaceAll('-', '')
    expect(verdict).toMatchObject({ verdict: 'stored', number: expect.stringMatching(`^${day}-\\d{4,}$`) })
    const again = await Promise.all(
      [1, 2].map(() => centre.get('sync.push', items({ ticket: dispatch }), who.agent.token)),
    )
    for (const answer of again)
      expect(answer.verdicts).toEqual([{ id: dispatch.id, verdict: 'duplicate', number: verdict?.number }])
    const ticket = await centre.get('tickets.read', { id: dispatch.id }, who.handler.token)
    expect(ticket).toMatchObject({ number: verdict?.number, state: 'dispatched' })
    expect(ticket.events.map((event) => event.what)).toEqual(['dispatch'])
    expect(ticket.signDueAt).toBeGreaterThan(ticket.acceptedAt)
    expect(ticket.dueAt).toBeGreaterThan(ticket.signDueAt)
  })

  test('[TICKET-2] signed, answered, seen by the agent; no step twice, none out of turn', async () => {
    const { dispatch } = await dispatched()
    const { cursor } = await centre.get(
      'sync.pull',
      { cursor: 0, reference: 1, limit: 1000 },
      who.agent.token,
    )
    expect((await act(who.handler, dispatch.id, reply())).status).toBe(409)
    expect((await act(who.handler, dispatch.id, sign())).answer).toMatchObject({ value: { state: 'signed' } })
    expect((await act(who.handler, dispatch.id, sign())).answer).toMatchObject({
      problem: { code: 'conflict' },
    })
    expect((await act(who.handler, dispatch.id, reply())).answer).toMatchObject({
      value: { state: 'replied' },
    })
    expect(
      (await act(who.handler, dispatch.id, { do: 'return', id: actionId(), text: '不属于' })).status,
    ).toBe(409)
    const pulled = await centre.get('sync.pull', { cursor, reference: 1, limit: 1000 }, who.agent.token)
    expect(pulled.tickets).toMatchObject([{ id: dispatch.id, state: 'replied' }])
    expect(pulled.tickets[0]?.events.at(-1)).toMatchObject({
      what: 'reply',
      byName: '测试3001',
      text: '已联系单位',
      substantiated: 'yes',
      solved: 'partly',
    })
  })

  test('[F67] [TICKET-3] a double click signs once, and its second answer is the same', async () => {
    const { dispatch } = await dispatched()
    const action = sign()
    const twice = await Promise.all([
      act(who.handler, dispatch.id, action),
      act(who.handler, dispatch.id, action),
    ])
    expect(twice.map((each) => each.status)).toEqual([200, 200])
    expect(twice[0].answer).toEqual(twice[1].answer)
    const { events } = await centre.get('tickets.read', { id: dispatch.id }, who.handler.token)
    expect(events.map((event) => event.what)).toEqual(['dispatch', 'sign'])
    const { dispatch: another } = await dispatched()
    expect((await act(who.handler, another.id, action)).answer).toMatchObject({
      problem: { code: 'conflict' },
    })
  })

  test('[TICKET-3] of two people who sign at the same moment one is told it is signed for', async () => {
    const { dispatch } = await dispatched()
    const both = await Promise.all([
      act(who.handler, dispatch.id, sign()),
      act(who.admin, dispatch.id, sign()),
    ])
    expect(new Set(both.map((each) => each.status))).toEqual(new Set([200, 409]))
  })

  test('[TICKET-4] who sees and who acts', async () => {
    const assisting = [{ department: 'QYBZ', departmentName: '权益保障部' }]
    const { dispatch } = await dispatched()
    const shared = await dispatched({ plan: { ...aDispatchOf('1001', 'ZGFW').plan, assisting } })
    const sees = async (session: Session, id: TicketId): Promise<number> =>
      (await centre.ask('tickets.read', { id }, session.token)).status
    const table: Record<string, unknown> = {}
    for (const [name, session] of Object.entries(who)) {
      const listed = await centre.get('tickets.list', { states: [], before: null, limit: 200 }, session.token)
      table[name] = [
        await sees(session, dispatch.id),
        listed.tickets.some((ticket) => ticket.id === dispatch.id),
        await sees(session, shared.dispatch.id),
        listed.tickets.some((ticket) => ticket.id === shared.dispatch.id),
      ]
    }
    expect(table).toEqual({
      agent: [200, true, 200, true],
      colleague: [403, false, 403, false],
      lead: [200, true, 200, true],
      handler: [200, true, 200, true],
      stranger: [403, false, 200, true],
      admin: [200, true, 200, true],
    })
    const acted = await Promise.all(
      [who.agent, who.lead, who.stranger].map((session) => act(session, shared.dispatch.id, sign())),
    )
    expect(acted.map((each) => each.status)).toEqual([403, 403, 403])
    expect((await act(who.stranger, dispatch.id, sign())).status).toBe(403)
  })

  test('[TICKET-5] [SERVER-13] the number is masked until it is asked for, and the asking is written down', async () => {
    const { dispatch } = await dispatched()
    const list = await centre.ask(
      'tickets.list',
      { states: ['dispatched'], before: null, limit: 50 },
      who.handler.token,
    )
    expect(JSON.stringify(list.answer)).not.toContain(dispatch.contactNumber)
    const pulled = await centre.ask('sync.pull', { cursor: 0, reference: 1, limit: 1000 }, who.agent.token)
    expect(JSON.stringify(pulled.answer)).not.toContain(`"contactNumber":"${dispatch.contactNumber}"`)
    expect((await centre.ask('tickets.reveal', { id: dispatch.id }, who.stranger.token)).status).toBe(403)
    expect(await centre.get('tickets.reveal', { id: dispatch.id }, who.handler.token)).toEqual({
      contactNumber: dispatch.contactNumber,
    })
    const rows = await centre.running.database.rows(
      "select account from audit where what = 'tickets.reveal' and subject = $1",
      [dispatch.id],
    )
    expect(rows).toEqual([{ account: '3001' }])
  })

  test('[PRIV-2] a role the policy does not name gets no whole number, and no look is on record', async () => {
    const { dispatch } = await dispatched()
    const { database } = centre.running
    const before = await currentReference(database)
    const policy = { ...before.policy, wholeNumbers: ['agent' as const] }
    await loadReference(database, { ...before, policy }, 'test', Date.now())
    expect((await centre.ask('tickets.reveal', { id: dispatch.id }, who.handler.token)).status).toBe(403)
    expect(
      await database.rows("select account from audit where what = 'tickets.reveal' and subject = $1", [
        dispatch.id,
      ]),
    ).toEqual([])
    await loadReference(database, before, 'test', Date.now())
    expect(await centre.get('tickets.reveal', { id: dispatch.id }, who.handler.token)).toEqual({
      contactNumber: dispatch.contactNumber,
    })
  })

  test('[TICKET-10] the agent may change a dispatch until it is signed for', async () => {
    const { dispatch, verdict } = await dispatched()
    const changed = { ...dispatch, rev: 2, title: '改过的标题' }
    const push = async (ticket: typeof dispatch) =>
      (await centre.get('sync.push', items({ ticket }), who.agent.token)).verdicts[0]
    expect(await push(changed)).toMatchObject({ verdict: 'stored', number: verdict?.number })
    expect(await push(dispatch)).toMatchObject({ verdict: 'duplicate' })
    await act(who.handler, dispatch.id, sign())
    expect(await push({ ...changed, rev: 3, title: '太晚' })).toMatchObject({ verdict: 'refused' })
    const ticket = await centre.get('tickets.read', { id: dispatch.id }, who.agent.token)
    expect(ticket.dispatch.title).toBe('改过的标题')
    const stolen = { ...changed, rev: 9, agent: who.colleague.account.id }
    const theft = await centre.get('sync.push', items({ ticket: stolen }), who.colleague.token)
    expect(theft.verdicts).toMatchObject([{ verdict: 'refused', field: 'id' }])
  })

  test('[F62] [TICKET-14] [SERVER-40] one revision changed on two computers: the first stays, the second is refused, none is lost', async () => {
    const { dispatch } = await dispatched()
    const here = { ...dispatch, rev: 2, title: '家里改的' }
    const there = { ...dispatch, rev: 2, title: '办公室改的' }
    const push = async (ticket: typeof dispatch) =>
      (await centre.get('sync.push', items({ ticket }), who.agent.token)).verdicts[0]
    const title = async () =>
      (await centre.get('tickets.read', { id: dispatch.id }, who.agent.token)).dispatch.title
    expect(await push(here)).toMatchObject({ verdict: 'stored' })
    expect(await push(there)).toMatchObject({ verdict: 'refused', field: 'rev' })
    expect(await push(here)).toMatchObject({ verdict: 'duplicate' })
    expect(await title()).toBe('家里改的')
    // Also when the first has gone on meanwhile.
    expect(await push({ ...here, rev: 3, title: '家里又改的' })).toMatchObject({ verdict: 'stored' })
    expect(await push(there)).toMatchObject({ verdict: 'refused', field: 'rev' })
    // A copy that came from the centre bears the number masked and is no other version.
    expect(await push({ ...here, contactNumber: '138****8000' })).toMatchObject({ verdict: 'duplicate' })
    // Whoever has compared both sends the next revision.
    expect(await push({ ...there, rev: 4 })).toMatchObject({ verdict: 'stored' })
    expect(await title()).toBe('办公室改的')
  })

  test('[TICKET-15] a limit shorter than the one for signing is the limit for signing too', async () => {
    const plan = { ...aDispatchOf('1001', 'ZGFW').plan, limit: 'H1' }
    const { dispatch } = await dispatched({ plan })
    const { acceptedAt, signDueAt, dueAt } = await centre.get(
      'tickets.read',
      { id: dispatch.id },
      who.handler.token,
    )
    expect([signDueAt - acceptedAt, dueAt - acceptedAt].map((ms) => Math.round(ms / 60_000))).toEqual([
      60, 60,
    ])
  })

  test('[TICKET-15] a changed limit changes the deadline, counted from when the centre first had it', async () => {
    const { dispatch } = await dispatched()
    const read = () => centre.get('tickets.read', { id: dispatch.id }, who.handler.token)
    const before = await read()
    const limitTo = (rev: number, limit: string) =>
      centre.get(
        'sync.push',
        items({ ticket: { ...dispatch, rev, plan: { ...dispatch.plan, limit } } }),
        who.agent.token,
      )
    await limitTo(2, 'H2')
    const shorter = await read()
    expect(Math.round((shorter.dueAt - before.acceptedAt) / 60_000)).toBe(120)
    expect(shorter.signDueAt).toBe(shorter.dueAt)
    await limitTo(3, dispatch.plan.limit)
    expect(await read()).toMatchObject({
      acceptedAt: before.acceptedAt,
      signDueAt: before.signDueAt,
      dueAt: before.dueAt,
    })
  })

  test('[TICKET-11] a dispatch to nowhere is refused', async () => {
    const plan = { ...aDispatchOf('1001', 'ZGFW').plan, department: 'NIRGENDS' }
    expect((await dispatched({ plan })).verdict).toMatchObject({
      verdict: 'refused',
      field: 'plan.department',
    })
  })

  test('[TICKET-12] pages follow each other without a gap, also when several came in one batch', async () => {
    await centre.get(
      'sync.push',
      items(...Array.from({ length: 7 }, () => ({ ticket: aDispatchOf('1001', 'QYBZ') }))),
      who.agent.token,
    )
    const seen: Ticket[] = []
    let before: number | null = null
    let total = 0
    for (;;) {
      const page: { tickets: Ticket[]; total: number } = await centre.get(
        'tickets.list',
        { states: ['dispatched'], before, limit: 2 },
        who.lead.token,
      )
      if (page.tickets.length === 0) break
      seen.push(...page.tickets)
      ;({ total } = page)
      before = seen.at(-1)?.acceptedAt ?? null
    }
    expect(seen).toHaveLength(total)
    expect(new Set(seen.map((ticket) => ticket.id)).size).toBe(total)
    expect(total).toBeGreaterThanOrEqual(7)
  })
})
