// Every way people write a telephone number, and what is dialled for it. All numbers are made up or public short codes.
import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DialPlan } from '../../../core/softphone/dialString.ts'
import { dialString } from '../../../core/softphone/dialString.ts'

const plan: DialPlan = {
  outsidePrefix: '9',
  areaCode: '010',
  ownExtension: '1001',
  echoNumber: '600',
  shortNumbers: ['110', '12333', '12348'].map((number) => ({ number, zh: number, en: number })),
}

const dials = (typed: string, over: Partial<DialPlan> = {}) => {
  const answer = dialString(typed, { ...plan, ...over })
  return answer.ok ? answer.number : answer.problem
}

describe('what is typed', () => {
  test.each([
    ['13800008000'],
    ['138 0000 8000'],
    ['138-0000-8000'],
    ['１３８００００８０００'],
    ['＋８６　１３８－００００－８０００'],
    ['+86 138 0000 8000'],
    ['0086-13800008000'],
    ['013800008000'],
    ['tel:+86-138-0000-8000'],
    ['tel:13800008000;ext=2'],
    ['sip:13800008000@pbx.invalid'],
    ['\u202d138\u00a00000\u20118000\u202c'],
    ['（138）0000.8000'],
  ])('[DIAL-1] [DIAL-2] [DIAL-5] %s dials the one mobile number', (typed) => {
    expect(dials(typed)).toBe('913800008000')
  })

  test.each([
    ['65550000', '901065550000'],
    ['010-65550000', '901065550000'],
    ['+86 10 6555 0000', '901065550000'],
    ['0311-5555000', '903115555000'],
    ['0571 8555 0000', '9057185550000'],
    ['0311-12333', '9031112333'],
    ['400-800-5555', '94008005555'],
    ['95588', '995588'],
    ['12345', '912345'],
  ])('[DIAL-5] [DIAL-6] %s dials %s', (typed, dialled) => {
    expect(dials(typed)).toBe(dialled)
  })

  test('[DIAL-6] the outside prefix is dialled and not kept', () => {
    expect(dialString('13800008000', plan)).toEqual({
      ok: true,
      number: '913800008000',
      plain: '13800008000',
      internal: false,
    })
    expect(dials('13800008000', { outsidePrefix: '' })).toBe('13800008000')
  })

  test('[DIAL-3] a short number of the reference data is dialled as it is', () => {
    expect(dials('110')).toBe('110')
    expect(dials('１２３３３')).toBe('12333')
  })

  test('[DIAL-4] another extension is dialled inside, our own is refused', () => {
    expect(dialString('1002', plan)).toEqual({ ok: true, number: '1002', plain: '1002', internal: true })
    expect(dials('1001')).toBe('self')
    expect(dialString('80012', { ...plan, ownExtension: '80001' })).toMatchObject({ internal: true })
  })

  test('[DIAL-9] the echo number is dialled inside; without one it is no number', () => {
    expect(dialString('600', plan)).toEqual({ ok: true, number: '600', plain: '600', internal: true })
    expect(dials('600', { echoNumber: null })).toBe('tooShort')
  })

  test.each([
    ['', 'empty'],
    ['  -- ', 'empty'],
    ['王建平', 'letters'],
    ['138O0008000', 'letters'],
    ['1380000', 'tooShort'],
    ['138000080001', 'tooLong'],
    ['12', 'tooShort'],
    ['010-655500', 'tooShort'],
    ['010-655500001', 'tooLong'],
    ['1234567890123456', 'tooLong'],
    ['123456789', 'unknown'],
    ['01165550000', 'unknown'],
    ['+1 212 555 0100', 'foreign'],
    ['0085255550000', 'foreign'],
    ['+86', 'foreign'],
  ])('[DIAL-8] %s is refused: %s', (typed, problem) => {
    expect(dials(typed)).toBe(problem)
  })

  test('[DIAL-7] codes that steer the PBX are not dialled by hand', () => {
    expect(dials('*47')).toBe('code')
    expect(dials('＃６１＃')).toBe('code')
  })

  const near = string({ unit: constantFrom(...'0123456789+- ()'.split('')), maxLength: 16 })

  test('[DIAL-8] whatever is pasted, the answer is a number of digits or a reason', () => {
    const sound = property(oneof(string({ unit: 'grapheme' }), near), (typed) => {
      const answer = dialString(typed, plan)
      return answer.ok ? /^\d{2,16}$/.test(answer.number) : answer.problem.length > 0
    })
    expect(() => assert(sound)).not.toThrow()
  })

  test('[DIAL-1] a number that may be dialled stays the same when it is typed again', () => {
    const stable = property(near, (typed) => {
      const once = dialString(typed, plan)
      if (!once.ok) return true
      const again = dialString(once.plain, plan)
      return again.ok && again.number === once.number
    })
    expect(() => assert(stable)).not.toThrow()
  })
})
