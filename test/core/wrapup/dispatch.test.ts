// Suggestions, deadlines, titles and local numbers of work orders.
import { expect, test } from 'vitest'
import type { DispatchPlan } from '../../../contract/wrapup.ts'
import { nextLocalNumber, planOf, suggestPlan, titleOf } from '../../../core/wrapup/dispatch.ts'
import { missingFields } from '../../../core/wrapup/form.ts'
import { aForm } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'

const reference = aReference()
const shanghai = (text: string) => Date.parse(`${text}+08:00`)

test('[WRAP-8] the topic suggests department and limit, the deadline ends with the office hours', () => {
  expect(suggestPlan(aForm(), reference, morning)).toEqual({
    department: 'service',
    departmentName: '市总 职工服务部',
    assisting: [],
    limit: 'hard',
    dueAt: shanghai('2026-12-14T17:30'),
    dueIsFirm: true,
    note: '',
  })
})

test('[WRAP-8] a critical matter is suggested the shortest limit, never the one for signing', () => {
  const plan = suggestPlan(aForm({ urgency: 'critical' }), reference, morning)
  expect([plan?.limit, plan?.dueAt]).toEqual(['sudden', morning + 2 * 3_600_000])
})

test('[WRAP-8] no department is made up for a topic that names none, or a retired one', () => {
  expect(suggestPlan(aForm({ topic: 'other' }), reference, morning)).toBeNull()
  const retired = aReference({
    departments: reference.departments.map((row) => ({ ...row, active: row.code !== 'service' })),
  })
  expect(suggestPlan(aForm(), retired, morning)).toBeNull()
})

const chosen: DispatchPlan = {
  department: 'rights',
  departmentName: '权益保障部',
  assisting: [{ department: 'service', departmentName: '市总 职工服务部' }],
  limit: 'normal',
  dueAt: 1,
  dueIsFirm: false,
  note: '请先电话联系',
}

test('[WRAP-8] no limit is made up for a topic that names none', () => {
  const open = aReference({ topics: reference.topics.map((row) => ({ ...row, limit: null })) })
  expect(suggestPlan(aForm(), open, morning)).toBeNull()
})

test('[WRAP-8] [WRAP-9] what the agent chose is kept, and its deadline counts from the dispatch', () => {
  expect(planOf(aForm({ dispatch: chosen }), reference, morning)).toEqual({
    ...chosen,
    dueAt: shanghai('2026-11-30T17:30'),
    dueIsFirm: true,
  })
})

test('[WRAP-9] a deadline in a year whose calendar is not loaded says that it is provisional', () => {
  const plan = planOf(
    aForm({ dispatch: { ...chosen, limit: 'hard' } }),
    reference,
    shanghai('2026-12-25T10:00'),
  )
  expect([plan?.dueAt, plan?.dueIsFirm]).toEqual([shanghai('2027-01-15T17:30'), false])
})

test('[WRAP-2] a plan whose limit is no longer in the data is incomplete', () => {
  expect(planOf(aForm({ dispatch: { ...chosen, limit: 'gone' } }), reference, morning)).toBeNull()
})

test('[WRAP-2] [TICKET-11] a plan whose department is out of use, or not there any more, is incomplete', () => {
  const form = aForm({ dispatch: chosen })
  const retired = reference.departments.map((row) => ({ ...row, active: row.code !== 'rights' }))
  const left = reference.departments.filter(({ code }) => code !== 'rights')
  for (const departments of [retired, left]) {
    expect(planOf(form, aReference({ departments }), morning)).toBeNull()
    expect(missingFields(form, aReference({ departments }), morning)).toEqual(['dispatch'])
  }
})

test('a work order is called after the first sentence of its cause, else its topic, else its category', () => {
  expect(titleOf(aForm(), reference)).toBe('公司通知产线调整，要裁员')
  expect(titleOf(aForm({ cause: '😀'.repeat(60) }), reference)).toBe(`${'😀'.repeat(19)}…`)
  expect(titleOf(aForm({ cause: ' ' }), reference)).toBe('裁员·解除·经济补偿')
  expect(titleOf(aForm({ cause: '', topic: null }), reference)).toBe('信访投诉')
})

test('[WRAP-10] local numbers count up through the agent’s day, in Shanghai’s date', () => {
  const used = ['L1001-1123-041', 'L1001-1123-007', 'L1002-1123-300', 'L1001-1122-999', '20261123-0405']
  expect(nextLocalNumber('1001', morning, used)).toBe('L1001-1123-042')
  expect(nextLocalNumber('1001', shanghai('2026-11-24T00:00:01'), used)).toBe('L1001-1124-001')
  expect(nextLocalNumber('1001', morning, ['L1001-1123-999'])).toBe('L1001-1123-1000')
})
