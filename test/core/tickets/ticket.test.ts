// What may be done to a work order, and how its clock stands.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TicketActionName, TicketState } from '../../../contract/tickets.ts'
import { Role } from '../../../contract/session.ts'
import {
  actionsFor,
  afterAction,
  clockOf,
  doneStates,
  isActor,
  isLedBy,
  isTurnOf,
  maskedNumber,
} from '../../../core/tickets/ticket.ts'

const hour = 3_600_000
const ticket = { state: 'dispatched', acceptedAt: 0, signDueAt: 8 * hour, dueAt: 40 * hour } as const
const policy = { amberAt: 0.75 }

describe('actions', () => {
  const of = (state: TicketState, department: string) => ({
    state,
    events: [],
    dispatch: { plan: { department } },
  })
  const ours = { role: 'handler', department: 'ZGFW' } as const

  test('[TICKET-4] a unit that only assists is offered nothing; the administrator is, whoever leads', () => {
    expect(actionsFor(of('dispatched', 'QYBZ'), ours)).toEqual([])
    expect(actionsFor(of('signed', 'QYBZ'), { role: 'admin', department: null })).toEqual([
      'reply',
      'return',
      'ask',
    ])
    expect([isLedBy('ZGFW', ours), isLedBy('QYBZ', ours)]).toEqual([true, false])
  })

  test('[TICKET-2] which action fits which state', () => {
    const table = TicketState.options.map((state) => [state, actionsFor(of(state, 'ZGFW'), ours)])
    expect(table).toEqual([
      ['dispatched', ['sign', 'return']],
      ['signed', ['reply', 'return', 'ask']],
      ['returned', []],
      ['replied', []],
    ])
  })

  test('[TICKET-23] what came back is a lead’s to dispatch, and open like what waits for anybody', () => {
    const may = (role: Role) => actionsFor(of('returned', 'ZGFW'), { role, department: null })
    expect(Role.options.filter((role) => may(role).includes('redispatch'))).toEqual(['lead', 'admin'])
    expect(doneStates).toEqual(['replied'])
  })

  test('[TICKET-2] only handlers and administrators act', () => {
    const may = Role.options.filter((role) => isActor(role, 'sign'))
    expect(may).toEqual(['handler', 'admin'])
  })

  test('[TICKET-2] whatever is tried in whatever order, a work order is signed, answered and returned at most once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TicketActionName.options), { maxLength: 20 }), (tries) => {
        let state: TicketState = 'dispatched'
        const taken: string[] = []
        for (const action of tries)
          if (isActor('handler', action) && isTurnOf({ state, events: [] }, action)) {
            state = afterAction[action]
            // Asking for time moves nothing.
            if (action !== 'ask') taken.push(action)
          }
        expect(['', 'sign', 'return', 'sign,reply', 'sign,return']).toContain(taken.join())
      }),
    )
  })
})

describe('the clock', () => {
  test('[TICKET-9] it counts to signing, then to the answer, then stands still', () => {
    expect(clockOf(ticket, 2 * hour, policy)).toEqual({
      until: 'sign',
      used: 0.25,
      phase: 'calm',
      leftMs: 6 * hour,
    })
    expect(clockOf({ ...ticket, state: 'signed' }, 2 * hour, policy)).toMatchObject({
      until: 'reply',
      used: 0.05,
      phase: 'calm',
    })
    expect(clockOf({ ...ticket, state: 'replied' }, 99 * hour, policy)).toBeNull()
    expect(clockOf({ ...ticket, state: 'returned' }, 99 * hour, policy)).toBeNull()
  })

  test.each([
    [5.99, 'calm', 0.74875],
    [6, 'amber', 0.75],
    [7.99, 'amber', 0.99875],
    [8, 'over', 1],
    [20, 'over', 1],
    [-1, 'calm', 0],
  ])('[TICKET-9] after %d of 8 hours it is %s', (hours, phase, used) => {
    expect(clockOf(ticket, hours * hour, policy)).toMatchObject({
      phase,
      used,
      leftMs: 8 * hour - hours * hour,
    })
  })
})

test('[TICKET-5] a number is masked so that its owner still knows it', () => {
  expect(['13800138000', '01088889999', '88889999', '12351', '110', ''].map(maskedNumber)).toEqual([
    '138****8000',
    '010****9999',
    '8****99',
    '1****51',
    '****',
    '',
  ])
})
