// What a mask leaves of a number and of a name, and who may look behind it.
import { assert, property, stringMatching } from 'fast-check'
import { expect, test } from 'vitest'
import { maskName, maskNumber, mayReadCall, maySeeWhole } from '../../../core/privacy/mask.ts'

test('[BAR-7] a number keeps its ends, a short one stays', () => {
  expect(['13800008000', '02363123456', '63123456', '6312345', '12333', ''].map(maskNumber)).toEqual([
    '138****8000',
    '023****3456',
    '****3456',
    '*****45',
    '12333',
    '',
  ])
})

test('[DESK-17] a name keeps how one is addressed and tells no more', () => {
  expect(['王建平', '欧阳', '李', '', '𠮷田茂', '阿卜杜拉·买买提'].map(maskName)).toEqual([
    '王**',
    '欧*',
    '李',
    '',
    '𠮷**',
    '阿****',
  ])
})

test('[PRIV-1] a mask keeps the length and never more than seven digits; short numbers of services stay', () => {
  const sound = property(stringMatching(/^\+?\d{6,20}$/), (number) => {
    const masked = maskNumber(number)
    return (
      masked.length === number.length &&
      masked.replaceAll('*', '').length <= 7 &&
      masked.replaceAll(/[^*]/g, '').length >= 4
    )
  })
  expect(() => assert(sound)).not.toThrow()
  expect([maskNumber('12333'), maskNumber('110'), maskNumber('1002')]).toEqual(['12333', '110', '1002'])
})

test('[PRIV-2] only the roles of the policy may ask; data without the rule lets everybody', () => {
  expect(maySeeWhole({ wholeNumbers: ['lead'] }, 'agent')).toBe(false)
  expect(maySeeWhole({ wholeNumbers: ['lead'] }, 'lead')).toBe(true)
  expect(maySeeWhole({}, 'handler')).toBe(true)
})

test('[SERVER-13] an agent may read the whole of own calls only, a lead of any', () => {
  const [own, other] = [{ agent: '1001' }, { agent: '1002' }]
  const agent = { id: '1001', role: 'agent' } as const
  const lead = { id: '2001', role: 'lead' } as const
  expect([own, other].map((call) => mayReadCall(call, agent))).toEqual([true, false])
  expect([own, other].map((call) => mayReadCall(call, lead))).toEqual([true, true])
})
