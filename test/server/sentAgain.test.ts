// Work orders that were returned and are sent again, at the centre, on both databases: once, under the same number.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { ActionId, type TicketId } from '../../contract/ids.ts'
import type { Session } from '../../contract/session.ts'
import type { TicketDispatch } from '../../contract/tickets.ts'
import { currentReference, loadReference } from '../../server/reference.ts'
import { aDispatchOf, items, startTestCentre, type TestCentre } from './aCentre.ts'
import { bothDatabases, type Place } from './databases.ts'

const dayMs = 86_400_000
const overtaken: unknown = expect.stringContaining('已由测试2001改派给「权益保障部」')

describe.each(bothDatabases)('work orders sent again in %s', (_name, make) => {
  const kind = make()
  let place: Place
  let centre: TestCentre
  let agent: Session
  let first: Session
  let second: Session
  beforeAll(async () => {
    place = await kind.newPlace()
    centre = await startTestCentre(place)
    agent = await centre.signIn('1001')
    first = await centre.signIn('3001')
    second = await centre.signIn('3002')
  })
  afterAll(async () => {
    await centre.stop()
    await place.remove()
    await kind.stop()
  })

  const push = async (ticket: TicketDispatch) =>
    (await centre.get('sync.push', items({ ticket }), agent.token)).verdicts[0]
  const act = (by: Session, id: TicketId, action: { do: 'sign' } | { do: 'return'; text: string }) =>
    centre.ask('tickets.act', { id, action: { ...action, id: ActionId.parse(v7()) } }, by.token)
  const read = (id: TicketId) => centre.get('tickets.read', { id }, agent.token)
  const sees = async (by: Session, id: TicketId) =>
    (
      await centre.get('tickets.list', { states: ['dispatched'], before: null, limit: 200 }, by.token)
    ).tickets.some((ticket) => ticket.id === id)
  /** Dispatched, signed for and given back. */
  const returned = async (over: Partial<TicketDispatch> = {}) => {
    const dispatch = aDispatchOf('1001', 'ZGFW', over)
    const sent = await push(dispatch)
    await act(first, dispatch.id, { do: 'sign' })
    await act(first, dispatch.id, { do: 'return', text: '不归本部门，建议派权益保障部' })
    return { dispatch, number: sent?.number ?? '' }
  }
  const answerTo = (dispatch: TicketDispatch, over: Partial<TicketDispatch> = {}): TicketDispatch => ({
    ...dispatch,
    rev: dispatch.rev + 1,
    round: (dispatch.round ?? 1) + 1,
    plan: { ...dispatch.plan, department: 'QYBZ', departmentName: '权益保障部' },
    ...over,
  })

  test('[TICKET-18] it goes to the new department under its number, its clock starts anew, its history says all', async () => {
    const { dispatch, number } = await returned()
    const before = await read(dispatch.id)
    centre.clock.advance(9 * dayMs)
    agent = await centre.signIn('1001')
    second = await centre.signIn('3002')
    first = await centre.signIn('3001')
    const sentAt = centre.clock.now()
    expect(await push(answerTo(dispatch))).toMatchObject({ verdict: 'stored', number })
    const after = await read(dispatch.id)
    expect(after).toMatchObject({ number, state: 'dispatched', acceptedAt: before.acceptedAt })
    expect(after.clockFrom).toBeGreaterThanOrEqual(sentAt)
    expect(after.signDueAt).toBeGreaterThan(sentAt)
    expect(after.dueAt).toBeGreaterThan(before.dueAt)
    expect(after.events.map(({ what, department }) => [what, department])).toEqual([
      ['dispatch', '职工服务部'],
      ['sign', null],
      ['return', null],
      ['dispatch', '权益保障部'],
    ])
    expect([await sees(first, dispatch.id), await sees(second, dispatch.id)]).toEqual([false, true])
    expect((await act(second, dispatch.id, { do: 'sign' })).status).toBe(200)
    expect((await act(first, dispatch.id, { do: 'return', text: '再退' })).status).toBe(403)
  })

  test('[TICKET-18] a change of the limit afterwards counts from the new dispatch', async () => {
    const { dispatch } = await returned()
    centre.clock.advance(60_000)
    const again = answerTo(dispatch)
    await push(again)
    const { clockFrom = 0 } = await read(dispatch.id)
    await push({ ...again, rev: 3, plan: { ...again.plan, limit: 'H2' } })
    const { dueAt } = await read(dispatch.id)
    expect(Math.round((dueAt - clockFrom) / 60_000)).toBe(120)
  })

  test('[F67] [TICKET-18] sent twice, also at once, it is one dispatch; the other computer’s is refused in words', async () => {
    const { dispatch, number } = await returned()
    const again = answerTo(dispatch)
    const both = await Promise.all([push(again), push(again)])
    expect(both.map((verdict) => verdict?.verdict ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
      'duplicate',
      'stored',
    ])
    const elsewhere = answerTo(dispatch, { title: '另一台电脑写的' })
    expect(await push(elsewhere)).toMatchObject({ verdict: 'refused', field: 'rev', number })
    const { events } = await read(dispatch.id)
    expect(events.filter(({ what }) => what === 'dispatch')).toHaveLength(2)
    const told = await centre.running.database.rows('select 1 from dispatch_revisions where ticket = $1', [
      dispatch.id,
    ])
    expect(told).toHaveLength(2)
  })

  test('[TICKET-18] what was written before the return, or for an earlier one, is refused and says why', async () => {
    const { dispatch } = await returned()
    const unaware = { ...dispatch, rev: 2, title: '退单前改的' }
    expect(await push(unaware)).toMatchObject({ verdict: 'refused', text: expect.stringContaining('已退单') })
    // Refused, it is no revision: the answer may bear its number.
    const again = answerTo(dispatch)
    expect(await push(again)).toMatchObject({ verdict: 'stored' })
    expect(await push({ ...unaware, rev: 3 })).toMatchObject({
      verdict: 'refused',
      text: expect.stringContaining('重新派出'),
    })
    await act(second, dispatch.id, { do: 'return', text: '也不归我们' })
    expect(await push({ ...again, rev: 3, title: '答的是上一次退单' })).toMatchObject({ verdict: 'refused' })
    expect(await push(answerTo(again, { rev: 3 }))).toMatchObject({ verdict: 'stored' })
    expect((await read(dispatch.id)).events.map(({ what }) => what)).toEqual([
      'dispatch',
      'sign',
      'return',
      'dispatch',
      'return',
      'dispatch',
    ])
  })

  test('[TICKET-18] [TICKET-11] to a department that does not exist it is not sent: it stays returned', async () => {
    const { dispatch } = await returned()
    const nowhere = answerTo(dispatch, { plan: { ...dispatch.plan, department: 'NIRGENDS' } })
    expect(await push(nowhere)).toMatchObject({ verdict: 'refused', field: 'plan.department' })
    expect((await read(dispatch.id)).state).toBe('returned')
  })

  test.each([
    ['has left', false],
    ['is out of use', true],
  ])(
    '[TICKET-11] [SERVER-2] what is here already is told so, though its department %s since; nothing new goes there',
    async (_, stays) => {
      const { dispatch, number } = await returned()
      const { database } = centre.running
      const reference = await currentReference(database)
      const { department } = dispatch.plan
      const others = reference.departments.filter(({ code }) => code !== department)
      const retired = reference.departments.filter(({ code }) => stays && code === department)
      const departments = [...others, ...retired.map((row) => ({ ...row, active: false }))]
      await loadReference(database, { ...reference, departments }, 'test', centre.clock.now())
      expect(await push(dispatch)).toMatchObject({ verdict: 'duplicate', number })
      const gone = { verdict: 'refused', field: 'plan.department' }
      const plan = { ...dispatch.plan, department }
      expect(await push(answerTo(dispatch, { plan }))).toMatchObject({ ...gone, number })
      expect(await push(aDispatchOf('1001', department))).toMatchObject(gone)
      await loadReference(database, reference, 'test', centre.clock.now())
    },
  )

  test('[TICKET-23] what lies with nobody counts for the lead, who dispatches it in the agent’s place, once', async () => {
    const lead = await centre.signIn('2001')
    const waiting = async () => (await centre.get('tickets.waiting', {}, lead.token)).count
    const before = await waiting()
    const { dispatch, number } = await returned()
    expect(await waiting()).toBe(before)
    const { database } = centre.running
    await database.rows(`update accounts set disabled = true where id = '1001'`)
    expect(await waiting()).toBeGreaterThan(before)
    const lying = await waiting()
    const to = { department: 'QYBZ', limit: dispatch.plan.limit, text: '坐席已调岗，请接办' }
    const action = { do: 'redispatch', id: ActionId.parse(v7()), ...to } as const
    const send = (by: Session, over: object = {}) =>
      centre.ask('tickets.act', { id: dispatch.id, action: { ...action, ...over } }, by.token)
    expect((await send(first)).status).toBe(403)
    expect((await send(lead, { department: 'NIRGENDS' })).answer).toMatchObject({
      problem: { field: 'department' },
    })
    const [one, two] = await Promise.all([send(lead), send(lead)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect((await send(lead, { id: ActionId.parse(v7()) })).status).toBe(409)
    expect(await waiting()).toBe(lying - 1)
    await database.rows(`update accounts set disabled = false where id = '1001'`)
    const after = await read(dispatch.id)
    expect(after).toMatchObject({ number, state: 'dispatched', dispatch: { agent: '1001', round: 2 } })
    expect(after.events.map(({ what, byName, department }) => [what, byName, department])).toEqual([
      ['dispatch', '测试1001', '职工服务部'],
      ['sign', '测试3001', null],
      ['return', '测试3001', null],
      ['dispatch', '测试2001', '权益保障部'],
    ])
    expect(await sees(second, dispatch.id)).toBe(true)
    const [kept] = await database.rows<{ number: string }>(
      `select dispatch ->> 'contactNumber' as number from tickets where id = $1`,
      [dispatch.id],
    )
    expect(kept?.number).toBe(dispatch.contactNumber)
    const owed = await database.rows('select key from outward where ticket = $1 and recipient = $2', [
      dispatch.id,
      'QYBZ',
    ])
    expect(owed.length).toBeGreaterThan(0)
    // The agent, back at the same return, is told so.
    const late = answerTo(dispatch, { title: '坐席改的' })
    expect(await push(late)).toMatchObject({ verdict: 'refused', text: overtaken })
    expect(await push({ ...late, rev: 4 })).toMatchObject({ verdict: 'stored' })
  })

  test('[TICKET-23] what a lead dispatched stays where they sent it and within their limit; all else its agent may put right', async () => {
    const lead = await centre.signIn('2001')
    const { dispatch, number } = await returned()
    const { plan } = dispatch
    const to = { department: 'QYBZ', limit: plan.limit, text: '请接办' }
    const action = { do: 'redispatch', id: ActionId.parse(v7()), ...to } as const
    expect((await centre.ask('tickets.act', { id: dispatch.id, action }, lead.token)).status).toBe(200)
    const written = answerTo(dispatch, { rev: 3 })
    const refused = { verdict: 'refused', field: 'plan.department', number, text: overtaken }
    expect(await push({ ...written, plan })).toMatchObject(refused)
    expect(await push({ ...written, plan: { ...written.plan, limit: 'H2' } })).toMatchObject(refused)
    expect(await sees(second, dispatch.id)).toBe(true)
    const named = { ...written.plan, departmentName: '坐席起的名字' }
    expect(await push({ ...written, title: '改了错字', plan: named })).toMatchObject({ verdict: 'stored' })
    // Of two revisions after the lead's, both the agent's own, the other is another computer's.
    expect(await push({ ...written, title: '另一台电脑写的' })).toMatchObject({
      text: expect.stringContaining('另一台电脑'),
    })
    const after = await read(dispatch.id)
    expect(after.dispatch).toMatchObject({
      title: '改了错字',
      plan: { department: 'QYBZ', limit: plan.limit },
    })
    expect(after.events.at(-1)).toMatchObject({ what: 'dispatch', by: '2001', department: '权益保障部' })
    // Given back once more it is its agent's to send anywhere, and to change afterwards.
    await act(second, dispatch.id, { do: 'return', text: '也不归我们' })
    const again = answerTo(written, { rev: 4, plan })
    expect(await push(again)).toMatchObject({ verdict: 'stored' })
    expect(await push({ ...again, rev: 5, plan: written.plan })).toMatchObject({ verdict: 'stored' })
    expect((await read(dispatch.id)).events.at(-1)).toMatchObject({ by: '1001', department: '权益保障部' })
  })

  test('[TICKET-22] [TICKET-23] a lead’s own that came back is not counted among what lies with nobody', async () => {
    const dispatch = aDispatchOf('2001', 'ZGFW')
    await centre.get('sync.push', items({ ticket: dispatch }), (await centre.signIn('2001')).token)
    expect((await act(first, dispatch.id, { do: 'return', text: '不归本部门' })).status).toBe(200)
    centre.clock.advance(9 * dayMs)
    const counts = async (account: string) =>
      (await centre.get('tickets.waiting', {}, (await centre.signIn(account)).token)).count
    // An administrator dispatches nothing: all of it is others'.
    expect(await counts('2001')).toBe((await counts('9001')) - 1)
  })
})
