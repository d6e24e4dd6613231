// What a form lacks, what is prefilled, what falls away: docs/rules/wrapup.md.
import { expect, test } from 'vitest'
import { emptyForm } from '../../../contract/wrapup.ts'
import {
  changeForm,
  fiveElements,
  mayFile,
  missingFields,
  prefill,
  requiredFields,
  topicsOf,
} from '../../../core/wrapup/form.ts'
import { aForm } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'

const reference = aReference()

test('[WRAP-1] an empty form lacks what every call must have', () => {
  expect(missingFields(emptyForm, reference, morning)).toEqual(['category', 'disposition'])
})

test('[WRAP-1] category and disposition each bring their own demands, named in the order of the form', () => {
  const form = { ...emptyForm, category: 'TS', disposition: 'callback' }
  expect(requiredFields(form, reference)).toEqual([
    'callerName',
    'contactNumber',
    'occurredOn',
    'address',
    'cause',
    'course',
    'category',
    'topic',
    'disposition',
    'toldCaller',
    'nextStep',
  ])
  expect(missingFields({ ...form, cause: '欠薪', course: ' \n ' }, reference, morning)).toEqual([
    'callerName',
    'contactNumber',
    'occurredOn',
    'address',
    'course',
    'topic',
    'toldCaller',
    'nextStep',
  ])
})

test('[WRAP-2] a dispatch needs a plan: a topic with a department suggests one, a topic without asks for one', () => {
  expect(missingFields(aForm(), reference, morning)).toEqual([])
  expect(missingFields(aForm({ topic: 'other' }), reference, morning)).toEqual(['dispatch'])
})

test('[WRAP-2] a plan is not demanded where nothing is dispatched, even if the data says so', () => {
  const odd = aReference({ requiredFields: [{ fields: ['dispatch'] }] })
  expect(missingFields(aForm({ disposition: 'answered' }), odd, morning)).toEqual([])
})

test('[WRAP-20] a form that promises a call at a time must say when; another promise may, and no other form has one', () => {
  const dispositions = aReference().dispositions.map((row) => ({
    ...row,
    callsBack: row.code === 'callback' || row.code === 'silent',
    agreesTime: row.code === 'callback',
  }))
  const asked = aReference({ dispositions })
  const form = aForm({ disposition: 'callback', nextStep: '等材料' })
  expect(missingFields(form, asked, morning)).toEqual(['callBackAt'])
  const agreed = changeForm(form, { callBackAt: morning + 3_600_000 }, asked)
  expect(missingFields(agreed, asked, morning)).toEqual([])
  // A draft left lying until the time was over is filed all the same: what was promised is a fact.
  expect(missingFields(agreed, asked, morning + 7_200_000)).toEqual([])
  expect(changeForm(agreed, { disposition: 'silent' }, asked).callBackAt).toBe(morning + 3_600_000)
  expect(changeForm(agreed, { disposition: 'answered' }, asked).callBackAt).toBeNull()
  const odd = { ...asked, requiredFields: [{ fields: ['callBackAt' as const] }] }
  expect(missingFields(aForm({ disposition: 'answered' }), odd, morning)).toEqual([])
})

test('[WRAP-3] each of the five elements ticks when it is written, not when it is blank', () => {
  expect(fiveElements(aForm({ address: '  ', course: '' }))).toEqual({
    callerName: true,
    occurredOn: true,
    address: false,
    cause: true,
    course: false,
  })
})

test('[WRAP-4] the call and the last call fill what is empty', () => {
  const call = { direction: 'inbound' as const, number: '13800008000', name: '来电显示名' }
  const earlier = { callerName: '王建平', employer: '恒泽电子（示例）有限公司', member: 'yes' as const }
  expect(prefill(emptyForm, call, earlier)).toEqual({
    ...emptyForm,
    contactNumber: '13800008000',
    callerName: '王建平',
    employer: '恒泽电子（示例）有限公司',
    member: 'yes',
  })
})

test('[WRAP-4] what was typed stays when the history arrives later', () => {
  const typed = { ...emptyForm, callerName: '王女士', member: 'no' as const }
  const filled = prefill(
    typed,
    { direction: 'inbound', number: '13800008000', name: null },
    { callerName: '王建平', employer: null, member: 'yes' },
  )
  expect([filled.callerName, filled.member, filled.employer]).toEqual(['王女士', 'no', ''])
})

test('[WRAP-5] a topic of another category falls away with the category', () => {
  expect(changeForm(aForm(), { category: 'ZX' }, reference).topic).toBeNull()
  expect(changeForm(aForm({ topic: 'wages' }), { category: 'ZX' }, reference).topic).toBe('wages')
})

test('[WRAP-5] a plan falls away when nothing is dispatched any more', () => {
  const planned = aForm({
    dispatch: {
      department: 'rights',
      departmentName: '权益保障部',
      assisting: [],
      limit: 'normal',
      dueAt: 0,
      dueIsFirm: false,
      note: '',
    },
  })
  expect(changeForm(planned, { cause: '改一个字' }, reference).dispatch).not.toBeNull()
  expect(changeForm(planned, { disposition: 'answered' }, reference).dispatch).toBeNull()
})

test('[WRAP-6] a complete form is filed once its call is over, not before', () => {
  expect(mayFile(aForm(), reference, morning, false)).toBe(false)
  expect(mayFile(aForm({ toldCaller: '' }), reference, morning, true)).toBe(false)
  expect(mayFile(aForm(), reference, morning, true)).toBe(true)
})

test('topics are those of the category, in the centre’s order, without retired ones', () => {
  const retired = aReference({
    topics: aReference().topics.map((topic) => ({ ...topic, active: topic.code !== 'wages' })),
  })
  expect(topicsOf(retired, 'TS').map((topic) => topic.code)).toEqual(['layoff', 'other'])
  expect(topicsOf(reference, null)).toHaveLength(4)
})
