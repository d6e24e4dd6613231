// What a newcomer has done, from the records alone.
import { expect, test } from 'vitest'
import { firstSteps } from '../../../core/wrapup/firstSteps.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { morning } from '../../makers/stamps.ts'

test('[WRAP-17] nothing is done before the first call', () => {
  expect(firstSteps([])).toEqual({ answered: false, filed: false, outage: false })
  expect(firstSteps([aRecord(1, { outcome: 'missed' })])).toEqual({
    answered: false,
    filed: false,
    outage: false,
  })
})

test('[WRAP-17] a form counts only with all five elements', () => {
  const steps = (form: ReturnType<typeof aForm>) => firstSteps([aRecord(1, { form })]).filed
  expect([steps(aForm({ address: '' })), steps(aForm())]).toEqual([false, true])
})

test('[WRAP-17] an outage is practised once another call was answered after the cut one', () => {
  const cut = aRecord(1, { endedBy: 'system' })
  const next = aRecord(2, { offeredAt: morning + 600_000 })
  expect(firstSteps([cut]).outage).toBe(false)
  expect(firstSteps([next, cut]).outage).toBe(true)
})
