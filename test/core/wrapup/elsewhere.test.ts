import { expect, test } from 'vitest'
import { asOrdered, changedElsewhere } from '../../../core/wrapup/elsewhere.ts'
import { aForm } from '../../makers/forms.ts'
import { aDispatch } from '../../makers/tickets.ts'

const plan = aDispatch(1).plan
const before = aForm({ dispatch: plan })

test('[WRAP-28] what was changed there comes in, what was changed here stays, and what both changed is named', () => {
  const here = { ...before, course: '这里的经过', address: '这里的地址' }
  const there = { ...before, course: '那边的经过', cause: '那边的起因', union: ['west'] }
  expect(changedElsewhere(before, here, there)).toEqual({
    change: { cause: '那边的起因', union: ['west'] },
    both: ['course'],
  })
})

test('[WRAP-28] filed there as it stands here, or as it was before, there is nothing to tell', () => {
  const here = { ...before, course: '两边一样 ' }
  expect(changedElsewhere(before, here, before)).toBeNull()
  // Filing puts the deadline into the plan and takes spaces away.
  const there = { ...before, course: '两边一样', dispatch: { ...plan, dueAt: plan.dueAt + 1 } }
  expect(changedElsewhere(before, here, there)).toBeNull()
})

test('[WRAP-28] a work order bears its form, but for what it never had and a number that may be masked', () => {
  const order = { ...aDispatch(1), cause: '那边的起因', contactNumber: '138****8000' }
  expect(asOrdered({ ...before, nextStep: '等材料' }, order)).toEqual({
    ...before,
    nextStep: '等材料',
    cause: '那边的起因',
  })
})
