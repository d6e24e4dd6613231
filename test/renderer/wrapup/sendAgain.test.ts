// The desk without a screen: a work order that came back is corrected in its form and sent again.
import { expect, test } from 'vitest'
import type { Answer } from '../../../contract/answer.ts'
import { done, failed } from '../../../contract/answer.ts'
import type { AccountId } from '../../../contract/ids.ts'
import type { Ticket } from '../../../contract/tickets.ts'
import { PushItem } from '../../../contract/sync.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { callId, morning } from '../../makers/stamps.ts'
import { aTicket } from '../../makers/tickets.ts'
import { aPage } from '../../makers/traffic.ts'
import { aDesk, settled } from './deskSeat.ts'

const reason = '不归本部门，建议派权益保障部'
const byLead = {
  at: morning,
  what: 'dispatch' as const,
  by: '2001' as AccountId,
  byName: '李班长',
  text: '',
  substantiated: null,
  solved: null,
}
type Desk = ReturnType<typeof aDesk>

/** The form of a call as it is filed, dispatched. */
const dispatched = async (desk: Desk) => {
  desk.rings(1)
  desk.answered(callId(1))
  desk.book.session(callId(1))?.change(aForm())
  desk.callerLeaves(callId(1))
  await settled()
  expect(await desk.file(callId(1))).toBe(true)
  return order(desk)
}
const order = async (desk: Desk) => {
  const orders = await desk.records.tickets(5)
  const [first] = orders.ok ? orders.value : []
  if (!first) throw new Error('there is no work order')
  return first
}
const told = async (desk: Desk, over: Partial<Ticket>) => {
  const { dispatch } = await order(desk)
  const line = { at: morning, by: dispatch.agent, byName: '测试3001', substantiated: null, solved: null }
  const events = [{ ...line, what: 'return' as const, text: reason }]
  const ticket = { ...aTicket(1), id: dispatch.id, dispatch, state: 'returned' as const, events, ...over }
  await desk.mirror.take(aPage({ tickets: [ticket] }))
}
/** As a lead dispatches it in the agent's place. */
const redispatched = async (desk: Desk, over: Partial<Ticket> = {}) => {
  const { dispatch } = await order(desk)
  const plan = { ...dispatch.plan, department: 'rights', departmentName: '权益保障部', note: '请接办' }
  await told(desk, {
    state: 'dispatched',
    dispatch: { ...dispatch, rev: 2, round: 2, plan },
    events: [{ ...byLead, at: morning + 2 }],
    changedAt: morning + 2,
    ...over,
  })
}
const says = '退单后已由李班长派给权益保障部'
const sent = async (desk: Desk) => {
  const rows = await desk.outbox.list(50)
  const items = rows.ok ? rows.value : []
  return items.flatMap(({ text }) => {
    const item = PushItem.parse(JSON.parse(new TextDecoder().decode(text)))
    return item.kind === 'ticket' ? [item.body] : []
  })
}

test('[TICKET-18] [WRAP-24] the form of a returned work order says why, and goes again under the same number', async () => {
  const desk = aDesk()
  const first = await dispatched(desk)
  await told(desk, {})
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({
    ordered: true,
    returned: { reason, department: first.dispatch.plan.departmentName, round: 1 },
    form: { cause: aForm().cause },
  })
  desk.book.session(callId(1))?.change({ cause: '改对了的起因', urgency: 'critical' })
  expect(await desk.file(callId(1))).toBe(true)
  // Of one work order the outbox holds its newest revision only.
  expect(await sent(desk)).toMatchObject([
    {
      id: first.dispatch.id,
      localNumber: first.dispatch.localNumber,
      rev: 2,
      round: 2,
      cause: '改对了的起因',
      urgency: 'critical',
    },
  ])
  expect((await order(desk)).number).toBe('20261123-0001')
  // Opened once more before the centre has answered: nothing is returned any more, and it stays the same answer.
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))?.returned).toBeNull()
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ rev: 3, round: 2 }])
})

test('[WRAP-24] one the centre has stays one that dispatches, whatever it said to a later revision of it', async () => {
  const desk = aDesk()
  await dispatched(desk)
  await told(desk, { state: 'dispatched', events: [] })
  const rows = await desk.outbox.list(5)
  const refused = { fate: 'park', text: '有一栏内容不合要求', field: null, at: morning } as const
  await desk.outbox.settle(
    (rows.ok ? rows.value : []).map(({ seq, id, kind }) => ({ seq, id, kind, ...refused })),
  )
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({ ordered: true, refusal: '有一栏内容不合要求' })
})

test('[TICKET-18] what comes back while its form is open is read before it goes again', async () => {
  const desk = aDesk()
  await dispatched(desk)
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))?.returned).toBeNull()
  await told(desk, {})
  expect(await desk.file(callId(1))).toBe(false)
  expect(desk.form(callId(1))).toMatchObject({ returned: { reason }, problem: reason, filing: false })
  expect(await sent(desk)).toMatchObject([{ rev: 1 }])
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ rev: 2, round: 2 }])
})

test('[TICKET-18] one behind six hundred newer ones is listed, corrected and sent again, one revision on', async () => {
  const desk = aDesk()
  const first = await dispatched(desk)
  await told(desk, {})
  const newer = Array.from({ length: 600 }, (_, n) => {
    const ticket = aTicket(n + 2, { state: n % 2 === 0 ? 'signed' : 'replied' })
    return { ...ticket, dispatch: { ...ticket.dispatch, dispatchedAt: morning + 3_600_000 + n } }
  })
  await desk.mirror.take(aPage({ tickets: newer }))
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({ ordered: true, returned: { reason } })
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ id: first.dispatch.id, rev: 2, round: 2 }])
})

test('[STORE-18] [TICKET-18] corrected when the seat has let go of its work order it is asked of the centre, not sent as the first', async () => {
  const form = aForm({ dispatch: aTicket(1).dispatch.plan })
  const whole = aRecord(1, { rev: 2, form, filedAt: morning, ticketId: aTicket(1).id })
  let answer: Answer<unknown> = failed('unreachable', '中心不在')
  const desk = aDesk(undefined, () => answer)
  await desk.records.finish(whole)
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(await desk.file(callId(1))).toBe(false)
  // Not the line's sentence: nothing of this goes up by itself.
  expect(desk.form(callId(1))).toMatchObject({ problem: '', filing: false })
  const ticket = aTicket(1)
  answer = done({ ...ticket, dispatch: { ...ticket.dispatch, rev: 3 } })
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ id: ticket.id, rev: 4 }])
})

test('[TICKET-18] a work order that is nowhere, here or at the centre, is the first', async () => {
  const whole = aRecord(1, { rev: 2, form: aForm(), filedAt: morning, ticketId: aTicket(1).id })
  const desk = aDesk(undefined, () => failed('not_found', '没有找到这条记录'))
  await desk.records.finish(whole)
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ id: whole.ticketId, rev: 1 }])
})

test('[TICKET-18] on another computer of the agent the form comes from the centre, and without it nothing opens', async () => {
  let isThere = false
  const whole = aRecord(1, { rev: 2, form: aForm(), filedAt: morning, ticketId: aTicket(1).id })
  const desk = aDesk(undefined, () => (isThere ? done(whole) : failed('unreachable', '中心不在')))
  const ticket = aTicket(1, { state: 'returned' })
  await desk.mirror.take(aPage({ tickets: [ticket] }))
  expect(await desk.book.open(callId(1))).toBe(false)
  isThere = true
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({ ordered: true, form: { cause: aForm().cause } })
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ id: ticket.id, rev: 2, round: 2, contactNumber: '13800008000' }])
})

test('[TICKET-23] what a lead dispatched while the form of the return was open is told, not sent elsewhere', async () => {
  const desk = aDesk()
  await dispatched(desk)
  await told(desk, {})
  expect(await desk.book.open(callId(1))).toBe(true)
  desk.book.session(callId(1))?.change({ cause: '改对了的起因' })
  await redispatched(desk)
  expect(await desk.file(callId(1))).toBe(false)
  expect(desk.form(callId(1))).toMatchObject({
    returned: null,
    sentBy: { by: '李班长', department: '权益保障部' },
    problem: says,
    filing: false,
    form: { cause: '改对了的起因', dispatch: { department: 'rights' } },
  })
  expect(await sent(desk)).toMatchObject([{ rev: 1 }])
  // Read, it is a correction: of all but where it goes.
  expect(await desk.file(callId(1))).toBe(true)
  const put = { rev: 3, round: 2, cause: '改对了的起因', plan: { department: 'rights', note: '请接办' } }
  expect(await sent(desk)).toMatchObject([put])
})

test('[TICKET-23] a correction after a lead’s dispatch goes where they sent it, also from a draft, and nowhere else', async () => {
  const desk = aDesk()
  const first = await dispatched(desk)
  await redispatched(desk)
  const open = async () => {
    expect(await desk.book.open(callId(1))).toBe(true)
    return desk.book.session(callId(1))
  }
  const lead = { sentBy: { by: '李班长' }, form: { dispatch: { department: 'rights' } } }
  const session = await open()
  expect(session?.read()).toMatchObject(lead)
  session?.change({ cause: '改了错字', dispatch: first.dispatch.plan })
  await session?.flush()
  desk.book.close(callId(1))
  const again = await open()
  expect(again?.read()).toMatchObject({ ...lead, form: { ...lead.form, cause: '改了错字' } })
  again?.change({ dispatch: first.dispatch.plan })
  expect(await desk.file(callId(1))).toBe(false)
  expect(again?.read()).toMatchObject({ ...lead, problem: says })
  expect(await desk.file(callId(1))).toBe(true)
  expect(await sent(desk)).toMatchObject([{ rev: 3, cause: '改了错字', plan: { department: 'rights' } }])
})

test('[TICKET-23] given back by the lead’s department too it is the agent’s again, to send where they choose', async () => {
  const desk = aDesk()
  const first = await dispatched(desk)
  await redispatched(desk, {
    state: 'returned',
    events: [byLead, { ...byLead, what: 'return', text: reason }],
  })
  expect(await desk.book.open(callId(1))).toBe(true)
  expect(desk.form(callId(1))).toMatchObject({
    returned: { department: '权益保障部', round: 2 },
    sentBy: null,
    form: { dispatch: { department: 'rights' } },
  })
  desk.book.session(callId(1))?.change({ dispatch: first.dispatch.plan })
  expect(await desk.file(callId(1))).toBe(true)
  const { department } = first.dispatch.plan
  expect(await sent(desk)).toMatchObject([{ rev: 3, round: 3, plan: { department } }])
})

test('[TICKET-18] [TICKET-23] the return this form was to answer is answered from another computer: told before it goes', async () => {
  const desk = aDesk()
  const { dispatch } = await dispatched(desk)
  await told(desk, {})
  expect(await desk.book.open(callId(1))).toBe(true)
  await redispatched(desk, { events: [{ ...byLead, by: dispatch.agent, byName: '王秀英' }] })
  expect(await desk.file(callId(1))).toBe(false)
  expect(desk.form(callId(1))).toMatchObject({ problem: expect.stringContaining('王秀英') })
  // What they send after reading it is theirs to say.
  desk.book.session(callId(1))?.change({ dispatch: dispatch.plan })
  expect(await desk.file(callId(1))).toBe(true)
  const { department } = dispatch.plan
  expect(await sent(desk)).toMatchObject([{ rev: 3, round: 2, plan: { department } }])
})

test('[TICKET-10] signed for while its correction was open, it is told before anything goes, and the words stay', async () => {
  const desk = aDesk()
  await dispatched(desk)
  await told(desk, { state: 'dispatched', events: [] })
  expect(await desk.book.open(callId(1))).toBe(true)
  desk.book.session(callId(1))?.change({ cause: '改对了的起因' })
  await told(desk, { state: 'signed', events: [], changedAt: morning + 2 })
  expect(await desk.file(callId(1))).toBe(false)
  expect(desk.form(callId(1))).toMatchObject({
    problem: expect.stringContaining('已签收'),
    form: { cause: '改对了的起因' },
  })
  expect(await sent(desk)).toMatchObject([{ rev: 1 }])
})
