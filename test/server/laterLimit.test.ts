// A later limit at the centre, on both databases: asked for in time, decided once, and the same everywhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { ActionId, type TicketId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import type { Ticket, TicketAction } from '../../contract/tickets.ts'
import { daysAfter, openAsk } from '../../core/tickets/extension.ts'
import { endOfDay } from '../../core/tickets/workdays.ts'
import { currentReference } from '../../server/reference.ts'
import { aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

describe.each(bothDatabases)('a later limit in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  const who: Record<'agent' | 'lead' | 'handler' | 'stranger', Session> = {} as never
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    who.agent = await centre.signIn('1001')
    who.lead = await centre.signIn('2001')
    who.handler = await centre.signIn('3001')
    who.stranger = await centre.signIn('3002')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const act = (by: Session, id: TicketId, action: TicketAction) =>
    centre.ask('tickets.act', { id, action }, by.token)
  const newId = () => ActionId.parse(v7())
  const read = (id: TicketId) => centre.get('tickets.read', { id }, who.lead.token)
  const signed = async (limit = 'D5') => {
    const plan = { ...aDispatchOf('1001', 'ZGFW').plan, limit }
    const dispatch = aDispatchOf('1001', 'ZGFW', { plan })
    await centre.get('sync.push', items({ ticket: dispatch }), who.agent.token)
    await act(who.handler, dispatch.id, { do: 'sign', id: newId() })
    const ticket = await read(dispatch.id)
    const { calendar, policy } = await currentReference(centre.running.database)
    const [, day = ''] = daysAfter(ticket.dueAt, 2, calendar)
    return { id: dispatch.id, ticket, day, until: endOfDay(day, policy) }
  }
  const ask = (day: string): TicketAction => ({ do: 'ask', id: newId(), text: '单位还没有提供工资表', day })
  const grant = (): TicketAction => ({ do: 'grant', id: newId(), text: '同意，请先告知职工' })
  const deny = (): TicketAction => ({ do: 'deny', id: newId(), text: '职工等不得，请按期' })

  test('[TICKET-20] [TICKET-21] asked with a reason and granted with a word: the new limit is there for list, agent and history', async () => {
    const { id, ticket, day, until } = await signed()
    const { cursor } = await centre.get(
      'sync.pull',
      { cursor: 0, reference: 1, limit: 1000 },
      who.agent.token,
    )
    const asked = await act(who.handler, id, ask(day))
    expect(asked.answer).toMatchObject({ value: { state: 'signed', dueAt: ticket.dueAt } })
    expect((await act(who.lead, id, grant())).answer).toMatchObject({
      value: { state: 'signed', dueAt: until },
    })
    const listed = await centre.get(
      'tickets.list',
      { states: [], before: null, limit: 200 },
      who.handler.token,
    )
    expect(listed.tickets.find((each) => each.id === id)).toMatchObject({ dueAt: until })
    const pulled = await centre.get('sync.pull', { cursor, reference: 1, limit: 1000 }, who.agent.token)
    expect(pulled.tickets).toMatchObject([{ id, dueAt: until, signDueAt: ticket.signDueAt }])
    expect(
      pulled.tickets[0]?.events.map(({ what, byName, text, until: ends }) => [what, byName, text, ends]),
    ).toEqual([
      ['dispatch', '测试1001', '请联系本人', null],
      ['sign', '测试3001', '', null],
      ['ask', '测试3001', '单位还没有提供工资表', until],
      ['grant', '测试2001', '同意，请先告知职工', until],
    ])
    // Once more, from there.
    expect((await act(who.handler, id, ask(day))).answer).toMatchObject({ problem: { field: 'day' } })
  })

  test('[TICKET-20] denied it stays as it was, and may be asked for again', async () => {
    const { id, ticket, day } = await signed()
    await act(who.handler, id, ask(day))
    expect((await act(who.handler, id, ask(day))).status).toBe(409)
    expect((await act(who.lead, id, deny())).answer).toMatchObject({ value: { dueAt: ticket.dueAt } })
    expect((await act(who.lead, id, grant())).status).toBe(409)
    expect((await act(who.handler, id, ask(day))).status).toBe(200)
  })

  test('[TICKET-20] [TICKET-3] of two leads one decides, and a double click decides once', async () => {
    const { id, day } = await signed()
    await act(who.handler, id, ask(day))
    const word = grant()
    const all = await Promise.all([word, word, deny()].map((action) => act(who.lead, id, action)))
    const { events } = await read(id)
    expect(events.filter(({ what }) => what === 'grant' || what === 'deny')).toHaveLength(1)
    expect(all.map(({ status }) => status).filter((status) => status === 409).length).toBeGreaterThanOrEqual(
      1,
    )
  })

  test('[TICKET-22] what waits for a lead and for a handler is counted, as the list has it', async () => {
    const waiting = async (session: Session) => (await centre.get('tickets.waiting', {}, session.token)).count
    const listed = async (session: Session, waits: (ticket: Ticket) => boolean) =>
      (
        await centre.get('tickets.list', { states: [], before: null, limit: 200 }, session.token)
      ).tickets.filter(waits).length
    const asList = async () => {
      expect(await waiting(who.lead)).toBe(await listed(who.lead, (ticket) => openAsk(ticket) !== null))
      const unsigned = ({ state, dispatch }: Ticket) =>
        state === 'dispatched' && dispatch.plan.department === who.handler.account.department
      expect(await waiting(who.handler)).toBe(await listed(who.handler, unsigned))
      return [await waiting(who.lead), await waiting(who.handler)] as const
    }
    const [asks, unsigned] = await asList()
    const dispatch = aDispatchOf('1001', 'ZGFW')
    await centre.get('sync.push', items({ ticket: dispatch }), who.agent.token)
    expect(await asList()).toEqual([asks, unsigned + 1])
    const { id, day } = await signed()
    await act(who.handler, id, ask(day))
    expect(await asList()).toEqual([asks + 1, unsigned + 1])
    await act(who.lead, id, deny())
    await act(who.handler, dispatch.id, { do: 'sign', id: newId() })
    expect(await asList()).toEqual([asks, unsigned])
    await act(who.handler, id, ask(day))
    await act(who.handler, id, { do: 'return', id: newId(), text: '不属于本单位' })
    expect(await asList()).toEqual([asks, unsigned])
    expect(await waiting(who.stranger)).toBe(0)
  })

  test('[TICKET-20] whose it is not is refused: the asker does not decide, the lead does not ask, another department neither', async () => {
    const { id, day } = await signed()
    expect((await act(who.lead, id, ask(day))).status).toBe(403)
    expect((await act(who.stranger, id, ask(day))).status).toBe(403)
    expect((await act(who.agent, id, ask(day))).status).toBe(403)
    await act(who.handler, id, ask(day))
    expect((await act(who.handler, id, grant())).status).toBe(403)
    expect((await act(who.lead, id, { do: 'return', id: newId(), text: '不是我的' })).status).toBe(403)
  })

  test('[TICKET-20] after the limit it is refused in words, and so is a day that is no later working day', async () => {
    const { id, day } = await signed('H2')
    expect((await act(who.handler, id, ask('2020-01-06'))).answer).toMatchObject({
      problem: { code: 'bad_input', field: 'day' },
    })
    expect((await act(who.handler, id, ask('2026-02-31'))).status).toBe(422)
    const late = await signed('H2')
    await act(who.handler, late.id, ask(late.day))
    centre.clock.advance(2 * 3_600_000 + 1)
    who.handler = await centre.signIn('3001')
    who.lead = await centre.signIn('2001')
    const refused = await act(who.handler, id, ask(day))
    expect(refused).toMatchObject({
      status: 409,
      answer: { problem: { text: expect.stringContaining('时限已过') } },
    })
    // What was asked for in time may be granted later.
    expect((await act(who.lead, late.id, grant())).answer).toMatchObject({ value: { dueAt: late.until } })
  })
})
