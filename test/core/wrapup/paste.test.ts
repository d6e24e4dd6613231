// Pasting: plain text that fits, with nothing lost silently.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WrapupForm } from '../../../contract/wrapup.ts'
import { clip, limitOf, pasteInto, plainText } from '../../../core/wrapup/paste.ts'
import { aForm } from '../../makers/forms.ts'

const end = (text: string) => ({ start: text.length, end: text.length })

test('[F71] five megabytes pasted into the course are clipped to what it holds, and the rest is counted', () => {
  const pasted = '欠薪'.repeat(2_621_440)
  const result = pasteInto('course', '已写的话', end('已写的话'), pasted)
  expect(result.value.length).toBe(8000)
  expect(result.value.startsWith('已写的话欠薪')).toBe(true)
  expect(result.caret).toBe(8000)
  expect(result.cut).toBe(pasted.length - 7996)
  expect(WrapupForm.safeParse(aForm({ course: result.value })).success).toBe(true)
})

test('[WRAP-11] pasting replaces the selection and leaves the caret behind it', () => {
  expect(pasteInto('cause', '公司欠薪两月', { start: 2, end: 4 }, '拖欠工资')).toEqual({
    value: '公司拖欠工资两月',
    caret: 6,
    cut: 0,
  })
})

test('[WRAP-11] a field of one line gets spaces for line breaks, the course keeps its lines', () => {
  expect(pasteInto('cause', '', end(''), '一\r\n二\n\n三').value).toBe('一 二 三')
  expect(pasteInto('course', '', end(''), '一\r\n二').value).toBe('一\n二')
})

test('[WRAP-11] control and direction characters do not get in', () => {
  expect(plainText('a\u0000b\u202ec\u200bd\te\ufeff', true)).toBe('abcd e')
})

test('[F71] an emoji is never cut in half', () => {
  expect(clip('ab😀', 3)).toBe('ab')
  expect(clip('ab😀', 4)).toBe('ab😀')
})

test('[F71] whatever is pasted, the field stays within its limit and nothing typed is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      (pasted, typed) => {
        const before = typed.slice(0, limitOf('address'))
        const result = pasteInto('address', before, end(before), pasted)
        expect(result.value.length).toBeLessThanOrEqual(limitOf('address'))
        expect(result.value.startsWith(before)).toBe(true)
        expect(result.cut).toBeGreaterThanOrEqual(0)
      },
    ),
  )
})
