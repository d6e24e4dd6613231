// What an article puts into the form, and what it estimates.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Estimate } from '../../../contract/knowledge.ts'
import { estimated } from '../../../core/knowledge/estimate.ts'
import { putIntoForm, wordsOf } from '../../../core/knowledge/intoForm.ts'

const article = { tell: '先别签字，保留通知', basis: '劳动合同法第四十六条' }
const words = '先别签字，保留通知（劳动合同法第四十六条）'

describe('into the form', () => {
  test('[KNOW-5] the words stand at the end with their clause', () => {
    expect(putIntoForm('', article)).toEqual({ is: 'put', toldCaller: words })
    expect(putIntoForm('已安抚', article)).toEqual({ is: 'put', toldCaller: `已安抚；${words}` })
    expect(putIntoForm('已安抚。  ', article)).toEqual({ is: 'put', toldCaller: `已安抚。${words}` })
    expect(wordsOf({ tell: '已安抚\n并报告', basis: '' })).toBe('已安抚 并报告')
  })

  test('[KNOW-5] once, whole, and never over what the field holds; what was written stays in front', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1000 }), (written) => {
        const first = putIntoForm(written, article)
        if (first.is !== 'put') return expect(first.is === 'full' || written.includes(words)).toBe(true)
        expect(first.toldCaller.startsWith(written.trimEnd())).toBe(true)
        expect(first.toldCaller.endsWith(words)).toBe(true)
        expect(first.toldCaller.length).toBeLessThanOrEqual(1000)
        expect(putIntoForm(first.toldCaller, article)).toEqual({ is: 'there' })
      }),
    )
    expect(putIntoForm('字'.repeat(990), article)).toEqual({ is: 'full' })
  })
})

describe('an estimate', () => {
  const share: Estimate = { how: 'share', of: '自付金额', share: 0.5, most: 50_000 }
  const each: Estimate = { how: 'each', of: '子女人数', amount: 10_000, most: 10 }
  const times: Estimate = { how: 'times', of: '人数', base: 1_450, times: 12, most: 10 }

  test('[KNOW-6] is a share up to a limit, so much for each, or so many months', () => {
    expect(estimated(share, 32_000.5)).toEqual({ sum: 16_000.25, capped: false })
    expect(estimated(share, 100_000)).toEqual({ sum: 50_000, capped: false })
    expect(estimated(share, 100_001)).toEqual({ sum: 50_000, capped: true })
    expect(estimated(each, 2)).toEqual({ sum: 20_000, capped: false })
    expect(estimated(times, 1)).toEqual({ sum: 17_400, capped: false })
    expect(estimated(times, 11)).toEqual({ sum: 174_000, capped: true })
  })

  test('[KNOW-6] is never above its limit, grows with the number, and needs one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (given) => {
        const answer = estimated(share, given)
        expect(answer?.sum).toBeLessThanOrEqual(50_000)
        expect(answer?.sum).toBeLessThanOrEqual(estimated(share, given + 1)?.sum ?? 0)
      }),
    )
    for (const given of [NaN, -1, Infinity]) expect(estimated(share, given)).toBeNull()
  })
})
