// The numbers an agent need not know.
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { findSpeedNumbers, isListed, speedNumbers } from '../../../core/softphone/speedDial.ts'
import directory from '../../../assets/voices/directory.json' with { type: 'json' }
import { practiceReference, startingReference } from '../../../server/reference.ts'

const start = startingReference()
const reference = {
  ...start,
  departments: start.departments.map((row) =>
    row.code === 'ZGFW'
      ? { ...row, phone: '010-6555 0000' }
      : row.code === 'FLFW'
        ? { ...row, phone: '6003' }
        : row,
  ),
}
const all = speedNumbers(reference)
const found = (typed: string, favourites: readonly string[] = []) =>
  findSpeedNumbers(all, typed, favourites).map(({ code }) => code)

test('[DIAL-14] a number stands there once, those without a telephone not at all', () => {
  expect(new Set(all.map(({ number }) => number)).size).toBe(all.length)
  expect(all.filter(({ number }) => number === '12333').map(({ code }) => code)).toEqual(['W12333'])
  expect(all.map(({ code }) => code)).not.toContain('NZGB')
  const gone = speedNumbers({
    ...reference,
    departments: reference.departments.map((row) => ({ ...row, active: row.code !== 'FLFW' })),
  })
  expect(gone.map(({ code }) => code)).not.toContain('FLFW')
})

test('[CALL-22] a number is known as listed however either of the two was written, and no other one is', () => {
  const { outsidePrefix, shortNumbers, dialRules } = reference.policy
  const rules = dialRules ? { dialRules } : {}
  const plan = {
    outsidePrefix,
    shortNumbers,
    areaCode: '010',
    ownExtension: '1001',
    echoNumber: null,
    ...rules,
  }
  const listed = (plain: string) => isListed(all, plain, plan)
  expect(['01065550000', '6003', '12333'].every(listed)).toBe(true)
  expect(['13800008001', '65550000', '6004'].some(listed)).toBe(false)
})

test('[DIAL-14] any part of name, initials of the code or digits find it', () => {
  expect(found('职工服务部')).toEqual(['ZGFW'])
  expect(found('ｚｇｆｗ')).toEqual(['ZGFW'])
  expect(found('法 律')).toEqual(['FLFW', 'W12348'])
  expect(found('65550000')).toEqual(['ZGFW'])
  expect(found('legal')).toEqual(['FLFW', 'W12348'])
  expect(found('没有这个')).toEqual([])
})

test('[DIAL-14] favourites come first and nothing is lost or doubled, whatever is typed', () => {
  expect(found('', ['W12348', '110'])[0]).toBe('W12348')
  expect(found('').length).toBe(all.length)
  const holds = property(string({ maxLength: 6 }), (typed) => {
    const list = found(typed, ['W12348', 'FLFW', 'gone'])
    return new Set(list).size === list.length && list.every((code) => found('').includes(code))
  })
  expect(() => assert(holds)).not.toThrow()
})

test('[DIAL-14] in practice the departments one can dial are numbers of the practice exchange', () => {
  const known = new Set(directory.map(({ number }) => number))
  const own = speedNumbers(practiceReference()).filter(({ code }) => !/^[\dW]/.test(code))
  expect(own.length).toBe(6)
  for (const { code, number } of own) expect([code, known.has(number)]).toEqual([code, true])
})
