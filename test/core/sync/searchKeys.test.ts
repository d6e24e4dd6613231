// The texts under which a call is found again, and what a person may type.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  hasText,
  lookupOf,
  nameTexts,
  numberTexts,
  searchText,
  tailKey,
} from '../../../core/sync/searchKeys.ts'

describe('the texts of a stored call', () => {
  test('[STORE-7] a number is its last eleven digits backwards, however it was written', () => {
    const backwards = '00080000831'
    for (const written of ['13800008000', '013800008000', '+86 138-0000-8000', '１３８００００８０００'])
      expect(tailKey(written)).toBe(backwards)
    expect(tailKey('12351')).toBe('15321')
    expect(tailKey('')).toBe('')
    expect(tailKey('匿名')).toBe('')
  })

  test('[STORE-7] a number is found by the whole of it and by its last four digits', () => {
    expect(numberTexts('+86 138 0000 8001')).toEqual({ caller: 'caller 10080000831', end: 'end 1008' })
    expect(numberTexts('114')).toEqual({ caller: 'caller 411', end: 'end 411' })
    expect(numberTexts('匿名')).toBeNull()
  })

  test('[STORE-7] a name is found by its letters and pairs of them, each once, of twelve letters at most', () => {
    expect(nameTexts('王建国')).toEqual(['name 王', 'name 建', 'name 国', 'name 王建', 'name 建国'])
    expect(nameTexts(' Ｌi  Yi ')).toEqual(['name l', 'name i', 'name y', 'name li', 'name iy', 'name yi'])
    expect(nameTexts('aaa')).toEqual(['name a', 'name aa'])
    expect(nameTexts('一二三四五六七八九十百千万')).toHaveLength(23)
    expect(nameTexts(null)).toEqual([])
    expect(nameTexts('  ')).toEqual([])
  })
})

describe('what is typed', () => {
  test('[STORE-7] is the end of a number, part of a name, or nothing', () => {
    expect(searchText('8000')).toEqual({ by: 'tail', key: '0008' })
    expect(searchText('８０００')).toEqual({ by: 'tail', key: '0008' })
    expect(searchText('+86 (138) 0000-8000')).toEqual({ by: 'tail', key: '00080000831' })
    expect(searchText('建国')).toEqual({ by: 'name', key: '建国' })
    expect(searchText('3号楼')).toEqual({ by: 'name', key: '3号楼' })
    expect(searchText('()')).toEqual({ by: 'name', key: '()' })
    expect(searchText('Ｌi Ming')).toEqual({ by: 'name', key: 'liming' })
    expect(searchText('一二三四五六七八九十百千万')).toEqual({ by: 'name', key: '一二三四五六七八九十百千' })
    expect(searchText('  ')).toBeNull()
  })

  const lookup = (text: string) => {
    const search = searchText(text)
    return search && lookupOf(search)
  }

  test('[STORE-7] [D02] is looked up by whole texts, and says when they do not say enough', () => {
    expect(lookup('13800008001')).toEqual({ by: 'caller', texts: ['caller 10080000831'], enough: true })
    expect(lookup('8001')).toEqual({ by: 'end', texts: ['end 1008'], enough: true })
    expect(lookup('08001')).toEqual({ by: 'end', texts: ['end 1008'], enough: false })
    expect(lookup('王')).toEqual({ by: 'name', texts: ['name 王'], enough: true })
    expect(lookup('王建')).toEqual({ by: 'name', texts: ['name 王建'], enough: true })
    expect(lookup('王建国')).toEqual({ by: 'name', texts: ['name 王建', 'name 建国'], enough: false })
    expect(lookup('王王王')).toEqual({ by: 'name', texts: ['name 王王'], enough: false })
  })

  test('[STORE-7] three digits are the end of eleven ends, and of a number that has no more', () => {
    const short = lookup('001')
    expect(short).toMatchObject({ by: 'end', enough: true })
    expect(short?.texts).toHaveLength(11)
    expect(short?.texts).toContain('end 100')
    expect(short?.texts).toContain('end 1008')
    expect(lookup('1')?.texts).toHaveLength(1111)
  })

  test('[STORE-7] a call that has what was typed has its texts, and having them is having it where they say enough', () => {
    const letter = fc.constantFrom('王', '建', '国', '阳')
    const name = fc.string({ unit: letter, maxLength: 5 })
    const number = fc.string({ unit: fc.constantFrom('1', '8', '0'), maxLength: 12 })
    const typed = fc.oneof(
      fc.string({ unit: letter, minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('1', '8', '0'), minLength: 1, maxLength: 12 }),
    )
    const holds = fc.property(number, name, typed, (itsNumber, itsName, text) => {
      const search = searchText(text)
      if (!search) return false
      const { by, texts, enough } = lookupOf(search)
      const ofNumber = numberTexts(itsNumber)
      const ofName = nameTexts(itsName)
      const meets =
        by === 'name'
          ? texts.every((each) => ofName.includes(each))
          : ofNumber !== null && texts.includes(ofNumber[by])
      const has = hasText({ number: itsNumber, callerName: itsName }, search)
      return enough ? meets === has : meets || !has
    })
    fc.assert(holds, { numRuns: 2_000 })
  })
})
