// What a work order owes the world outside, and what the gateway's word makes of it.
import { expect, test } from 'vitest'
import type { TicketDispatch } from '../../../contract/tickets.ts'
import { outwardFate, owedByDispatch, owedByReply } from '../../../core/outward/outward.ts'
import { startingReference } from '../../../server/reference.ts'
import { aDispatchOf } from '../../server/aCentre.ts'

const reference = startingReference()
const signDueAt = Date.parse('2026-11-27T18:00:00+08:00')
const subject = (over: Partial<TicketDispatch> = {}) => ({
  dispatch: aDispatchOf('1001', 'ZGFW', over),
  number: '20261126-0001',
  signDueAt,
})
const dispatch = aDispatchOf('1001', 'ZGFW')
const plan = {
  ...dispatch.plan,
  assisting: [
    { department: 'QYBZ', departmentName: '权益保障部' },
    { department: 'ZGFW', departmentName: '职工服务部' },
  ],
}

test('[OUT-1] each unit of a dispatch is owed one notice, the worker one text message', () => {
  const owed = owedByDispatch(subject({ id: dispatch.id, rev: 2, plan }), reference)
  expect(owed.map(({ key, kind }) => [kind, key])).toEqual([
    ['notice', `${dispatch.id}:2:ZGFW`],
    ['notice', `${dispatch.id}:2:QYBZ`],
    ['sms', `${dispatch.id}:accepted`],
  ])
  expect(owed[0]?.text).toBe('12351 派来工单 20261126-0001，请在 11月27日18:00 前签收。')
  expect(owed[2]).toMatchObject({
    to: { is: 'mobile', number: '13800008000' },
    text: '您向12351反映的事项已登记，编号20261126-0001，由职工服务部办理。',
  })
})

test('[OUT-6] a notice tells nothing of the worker', () => {
  const [notice] = owedByDispatch(subject(), reference)
  for (const told of ['王建平', '13800008000', '恒泽', '裁员', '经济补偿'])
    expect(JSON.stringify(notice)).not.toContain(told)
})

test('[OUT-1] only a mobile is sent a text, and what the data has no words for is not owed', () => {
  for (const contactNumber of ['01065300000', '', '12351', '+852 5123 4567', '1380000800'])
    expect(owedByDispatch(subject({ contactNumber }), reference).map(({ kind }) => kind)).toEqual(['notice'])
  for (const contactNumber of ['+86 138 0000 8000', '013800008000', '8613800008000'])
    expect(owedByDispatch(subject({ contactNumber }), reference).at(-1)).toMatchObject({
      to: { number: '13800008000' },
    })
  const { outward: _, ...policy } = reference.policy
  expect(owedByDispatch(subject(), { ...reference, policy })).toEqual([])
  const quiet = { ...policy, outward: { notice: null, accepted: '已登记', answered: null } }
  expect(owedByDispatch(subject(), { ...reference, policy: quiet }).map(({ kind }) => kind)).toEqual(['sms'])
  expect(owedByReply(subject(), 'action', { policy: quiet })).toEqual([])
  expect(owedByReply(subject(), 'action', reference).map(({ key }) => key)).toEqual(['action:answered'])
})

test('[OUT-2] what was made up in practice is owed to nobody', () => {
  expect(owedByDispatch(subject({ practice: true }), reference)).toEqual([])
  expect(owedByReply(subject({ practice: true }), 'action', reference)).toEqual([])
})

test('[OUT-3] tries never end; only the gateway having it, or never taking it, does', () => {
  expect(outwardFate({ is: 'has' }, 900, 0.5)).toEqual({ state: 'delivered', said: null })
  expect(outwardFate({ is: 'never', said: 'HTTP 422' }, 1, 0.5)).toEqual({
    state: 'refused',
    said: 'HTTP 422',
  })
  expect(outwardFate({ is: 'silent' }, 900, 1)).toEqual({ state: 'waiting', said: 'no answer', inMs: 60_000 })
  const later = outwardFate({ is: 'later', said: 'HTTP 503', retryAfterMs: 30_000 }, 1, 0)
  expect(later).toEqual({ state: 'waiting', said: 'HTTP 503', inMs: 30_000 })
})
