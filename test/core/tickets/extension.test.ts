// A later limit: who may ask and decide, until when, and what it does to clocks and lists.
import { expect, test } from 'vitest'
import type { TicketEvent } from '../../../contract/tickets.ts'
import { askProblem, daysAfter, extensionOf, openAsk } from '../../../core/tickets/extension.ts'
import { underChip } from '../../../core/tickets/pick.ts'
import { actionsFor, isActor, isTurnOf } from '../../../core/tickets/ticket.ts'
import { dayNumber, dayOf, endOfDay } from '../../../core/tickets/workdays.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'
import { aDispatch, aTicket } from '../../makers/tickets.ts'

const { calendar, policy } = aReference()
const line = (what: TicketEvent['what'], until: number | null = null): TicketEvent => ({
  at: morning,
  what,
  by: aDispatch(1).agent,
  byName: '测试3001',
  text: '单位还没有提供工资表',
  substantiated: null,
  solved: null,
  until,
})
const signed = (...events: TicketEvent[]) =>
  aTicket(1, { state: 'signed', events: [line('dispatch'), ...events] })

test('[TICKET-20] one ask is open at a time; the lead’s word, a reply, a return or another dispatch ends it', () => {
  expect(openAsk(signed())).toBeNull()
  expect(openAsk(signed(line('ask', morning)))).toMatchObject({ what: 'ask', until: morning })
  expect(openAsk(signed(line('ask'), line('deny')))).toBeNull()
  expect(openAsk(signed(line('ask'), line('deny'), line('ask')))).not.toBeNull()
  expect(openAsk(signed(line('ask'), line('return'), line('dispatch'), line('sign')))).toBeNull()
  expect(openAsk(aTicket(1, { state: 'replied', events: [line('ask')] }))).toBeNull()
})

test('[TICKET-21] a later limit holds until the work order is dispatched anew', () => {
  const granted = [line('ask'), line('grant', morning)]
  expect(extensionOf(signed())).toBeNull()
  expect(extensionOf(signed(...granted))).toMatchObject({ until: morning })
  expect(extensionOf(signed(...granted, line('return'), line('dispatch')))).toBeNull()
})

test('[TICKET-20] the department asks, a lead decides, an administrator may do both', () => {
  const roles = ['agent', 'lead', 'handler', 'duty', 'admin'] as const
  const who = (action: 'ask' | 'grant' | 'deny' | 'sign') => roles.filter((role) => isActor(role, action))
  expect([who('ask'), who('grant'), who('deny'), who('sign')]).toEqual([
    ['handler', 'admin'],
    ['lead', 'admin'],
    ['lead', 'admin'],
    ['handler', 'admin'],
  ])
  const { department } = aDispatch(1).plan
  const lead = { role: 'lead', department: null } as const
  const handler = { role: 'handler', department } as const
  expect(actionsFor(aTicket(1), handler)).toEqual(['sign', 'return'])
  expect(actionsFor(signed(), handler)).toEqual(['reply', 'return', 'ask'])
  expect(actionsFor(signed(), lead)).toEqual([])
  const asked = signed(line('ask'))
  expect(actionsFor(asked, handler)).toEqual(['reply', 'return'])
  expect(actionsFor(asked, lead)).toEqual(['grant', 'deny'])
  expect(actionsFor(asked, { role: 'handler', department: 'OTHER' })).toEqual([])
  expect(isTurnOf(aTicket(1), 'ask')).toBe(false)
})

test('[TICKET-20] it ends with the office hours of a later working day, and is not asked for once the limit is over', () => {
  const rules = { calendar, policy }
  // Thursday, end of office hours.
  const dueAt = endOfDay('2026-11-26', policy)
  expect(dueAt).toBe(Date.parse(`2026-11-26T${policy.workdayEnd}:00+08:00`))
  const problem = (day: string, now: number) => askProblem({ dueAt }, day, now, rules)
  expect(problem('2026-11-27', dueAt - 1)).toBeNull()
  expect(problem('2026-11-27', dueAt)).toBe('over')
  expect(problem('2026-11-26', dueAt - 1)).toBe('day')
  expect(problem('2026-11-28', dueAt - 1)).toBe('day')
  expect(problem('2026-11-30', dueAt - 1)).toBeNull()
  const days = daysAfter(dueAt, 40, calendar)
  expect(days.slice(0, 3)).toEqual(['2026-11-27', '2026-11-30', '2026-12-01'])
  expect(days.every((day) => problem(day, dueAt - 1) === null)).toBe(true)
  expect(days.map((day) => dayOf(dayNumber(endOfDay(day, policy))).iso)).toEqual(days)
})

test('[TICKET-20] what waits for a lead’s word has its chip', () => {
  const listed = (...events: TicketEvent[]) => {
    const centre = signed(...events)
    return { dispatch: centre.dispatch, number: centre.number, centre, unsent: null }
  }
  expect(underChip(listed(line('ask')), 'asked', morning, policy)).toBe(true)
  expect(underChip(listed(line('ask'), line('grant')), 'asked', morning, policy)).toBe(false)
})
