// Every way people write a telephone number, and what is dialled for it. All numbers are made up or public short codes.
import {
  array,
  assert,
  constantFrom,
  oneof,
  option,
  property,
  record,
  string,
  stringMatching,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DialRules } from '../../../contract/reference.ts'
import type { DialPlan } from '../../../core/softphone/dialString.ts'
import { dialString } from '../../../core/softphone/dialString.ts'
import { startingReference } from '../../../server/reference.ts'

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

  const rules: DialRules = {
    ownAreaCode: 'strip',
    homeMobiles: ['1380000', '135'],
    emergency: ['110', '999'],
    forbidden: [
      { prefix: '00', zh: '境外请报班长', en: 'abroad' },
      { prefix: '00852', zh: '香港请用值班电话', en: 'Hong Kong' },
      { prefix: '168', zh: '声讯台', en: 'charged' },
      { prefix: '0898', zh: '海南不拨', en: 'no' },
      { prefix: '1', zh: '一', en: 'one' },
    ],
  }
  const ruled = (typed: string, over: Partial<DialRules> = {}) =>
    dialString(typed, { ...plan, dialRules: { ...rules, forbidden: rules.forbidden.slice(0, 4), ...over } })

  test.each([
    ['110', '110', '110'],
    ['999', '999', '999'],
    ['010-110', '110', '110'],
    ['0311 110', '90311110', '0311110'],
    ['１２０', '120', '120'],
  ])('[DIAL-10] %s goes out as %s although every number with 1 is forbidden', (typed, number, plain) => {
    expect(ruled(typed, { forbidden: rules.forbidden })).toMatchObject({ ok: true, number, plain })
  })

  test('[DIAL-10] a seat whose own extension is 119 reaches the fire brigade, and so does one without any data', () => {
    expect(dials('119', { ownExtension: '119' })).toBe('119')
    expect(dials('119', { shortNumbers: [], outsidePrefix: '9' })).toBe('119')
  })

  test.each([
    ['65550000', '965550000', '01065550000'],
    ['010 6555 0000', '965550000', '01065550000'],
    ['+86 10 6555 0000', '965550000', '01065550000'],
    ['0311-5555000', '903115555000', '03115555000'],
    ['13800008000', '913800008000', '13800008000'],
    ['013511112222', '913511112222', '13511112222'],
    ['+86 139 0000 8000', '9013900008000', '13900008000'],
  ])('[DIAL-11] %s is sent as %s and kept as %s', (typed, number, plain) => {
    expect(ruled(typed)).toEqual({ ok: true, number, plain, internal: false })
  })

  test('[DIAL-11] without home mobiles no mobile gets a 0, and the own area code may stay', () => {
    expect(ruled('13900008000', { homeMobiles: null })).toMatchObject({ number: '913900008000' })
    expect(ruled('65550000', { ownAreaCode: 'dial' })).toMatchObject({ number: '901065550000' })
  })

  test.each([
    ['+1 212 555 0100', '境外请报班长'],
    ['00852 5555 0000', '香港请用值班电话'],
    ['16855550', '声讯台'],
    ['16855550000', '声讯台'],
    ['0898-65550000', '海南不拨'],
  ])('[DIAL-12] %s is forbidden and says: %s', (typed, zh) => {
    expect(ruled(typed)).toMatchObject({ ok: false, problem: 'forbidden', rule: { zh } })
  })

  test('[DIAL-12] a number of ours written with 0086 is not one of another country', () => {
    expect(ruled('0086 138 0000 8000')).toMatchObject({ ok: true, plain: '13800008000' })
  })

  test('[DIAL-12] the rules a centre starts with block other countries and charged numbers, each with a sentence', () => {
    const { policy } = startingReference()
    const start = (typed: string) => dialString(typed, { ...policy, ownExtension: '1001', echoNumber: null })
    for (const typed of ['+85255550000', '12590123', '16055550', '16855550'])
      expect(start(typed)).toMatchObject({ problem: 'forbidden', rule: { zh: expect.stringMatching(/请/) } })
    for (const typed of ['110', '12333', '13800008000', '16600008000', '95588', '4008005555'])
      expect(start(typed)).toMatchObject({ ok: true })
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

  test('[DIAL-12] with the area code or without, a rule fits a number of our own town or does not', () => {
    const under = (prefix: string) =>
      ({
        ...plan,
        dialRules: {
          ownAreaCode: 'dial',
          homeMobiles: null,
          emergency: [],
          forbidden: [{ prefix, zh: '请', en: 'x' }],
        },
      }) satisfies DialPlan
    for (const typed of ['70000000', '01070000000', '+861070000000']) {
      expect(dialString(typed, under('7'))).toMatchObject({ problem: 'forbidden' })
      expect(dialString(typed, under('0107'))).toMatchObject({ problem: 'forbidden' })
      expect(dialString(typed, under('1'))).toMatchObject({ ok: true })
    }
  })

  const someRules = record({
    ownAreaCode: constantFrom('dial' as const, 'strip' as const),
    homeMobiles: option(array(stringMatching(/^1[3-9]\d{2,5}$/), { maxLength: 3 })),
    emergency: array(stringMatching(/^\d{3}$/), { maxLength: 3 }),
    forbidden: array(
      record({ prefix: stringMatching(/^\d{1,4}$/), zh: constantFrom('请'), en: constantFrom('x') }),
      {
        maxLength: 4,
      },
    ),
  })

  test('[DIAL-10] [DIAL-11] whatever the rules, emergencies go out and what was kept dials the same again', () => {
    const holds = property(near, someRules, (typed, dialRules) => {
      const under = { ...plan, dialRules }
      for (const number of ['110', '119', '120', '122', ...dialRules.emergency]) {
        const answer = dialString(number, under)
        if (!answer.ok || answer.number !== number) return false
      }
      const once = dialString(typed, under)
      if (!once.ok) return once.problem !== 'forbidden' || once.rule !== undefined
      const again = dialString(once.plain, under)
      return again.ok && again.number === once.number && again.plain === once.plain
    })
    expect(() => assert(holds)).not.toThrow()
  })
})
