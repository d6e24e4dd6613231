// Whatever the reference data demands, what is named missing is exactly what has to be filled in.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reference } from '../../../contract/reference.ts'
import { FormField } from '../../../contract/reference.ts'
import { WrapupForm, emptyForm } from '../../../contract/wrapup.ts'
import { changeForm, missingFields, requiredFields } from '../../../core/wrapup/form.ts'
import { aForm } from '../../makers/forms.ts'
import { aReference } from '../../makers/reference.ts'
import { morning } from '../../makers/stamps.ts'

const categories = ['ZX', 'TS', 'WX']
const dispositions = ['answered', 'dispatch', 'callback', 'silent']
const some = <T>(all: readonly T[]) => fc.subarray([...all])
const maybe = <T>(all: readonly T[]) => fc.option(some(all), { nil: undefined })

const rule = fc.record(
  { categories: maybe(categories), dispositions: maybe(dispositions), fields: some(FormField.options) },
  { requiredKeys: ['fields'] },
)

const references: fc.Arbitrary<Reference> = fc.array(rule, { maxLength: 6 }).map((rules) =>
  aReference({
    requiredFields: rules.map(({ fields, categories, dispositions }) => ({
      fields,
      ...(categories ? { categories } : {}),
      ...(dispositions ? { dispositions } : {}),
    })),
  }),
)

const full = aForm({ nextStep: '明天下午回拨' })
const fields = WrapupForm.keyof().options

/** Some fields as a caller's form would have them, the others empty. */
const forms = fc
  .record({
    kept: some(fields),
    category: fc.option(fc.constantFrom(...categories)),
    disposition: fc.option(fc.constantFrom(...dispositions)),
  })
  .map(({ kept, category, disposition }): WrapupForm => {
    const chosen = Object.fromEntries(kept.map((field) => [field, full[field]]))
    return { ...emptyForm, ...chosen, category, disposition }
  })

test('[WRAP-1] what is missing is demanded, empty, in the form’s order and named once', () => {
  fc.assert(
    fc.property(references, forms, (reference, form) => {
      const missing = missingFields(form, reference, morning)
      const demanded = requiredFields(form, reference)
      expect(new Set(missing).size).toBe(missing.length)
      expect(missing).toEqual(demanded.filter((field) => missing.includes(field)))
      const written = missing.filter((field) => field !== 'dispatch' && !isEmpty(form[field]))
      expect(written).toEqual([])
    }),
  )
})

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

test('[WRAP-1] filling in what is named, as often as something new is named, ends with nothing missing', () => {
  fc.assert(
    fc.property(references, forms, (reference, start) => {
      let form = start
      for (let round = 0; round < 4; round += 1) {
        const missing = missingFields(form, reference, morning)
        if (missing.length === 0) return
        const change = Object.fromEntries(
          missing.map((field) => [
            field,
            field === 'dispatch'
              ? {
                  department: 'rights',
                  departmentName: '权益保障部',
                  assisting: [],
                  limit: 'normal',
                  dueAt: 0,
                  dueIsFirm: false,
                  note: '',
                }
              : full[field],
          ]),
        )
        form = { ...changeForm(form, change, reference), ...change }
      }
      expect(missingFields(form, reference, morning)).toEqual([])
    }),
  )
})

test('[WRAP-1] more demands never make fewer fields missing', () => {
  fc.assert(
    fc.property(references, forms, rule, (reference, form, extra) => {
      const more = {
        ...reference,
        requiredFields: [...reference.requiredFields, { fields: extra.fields }],
      }
      const before = missingFields(form, reference, morning)
      const after = missingFields(form, more, morning)
      expect(before.every((field) => after.includes(field))).toBe(true)
    }),
  )
})
