// The keys under which a call is found again, and what a person may type.
import { describe, expect, test } from 'vitest'
import { nameKeys, searchText, tailKey } from '../../../core/sync/searchKeys.ts'

describe('the keys of a stored call', () => {
  test('[STORE-7] a number is its last eleven digits backwards, however it was written', () => {
    const backwards = '00080000831'
    for (const written of ['13800008000', '013800008000', '+86 138-0000-8000', '１３８００００８０００'])
      expect(tailKey(written)).toBe(backwards)
    expect(tailKey('12351')).toBe('15321')
    expect(tailKey('')).toBe('')
    expect(tailKey('匿名')).toBe('')
  })

  test('[STORE-7] every end of a name is a key, twelve letters at most', () => {
    expect(nameKeys('王建国')).toEqual(['王建国', '建国', '国'])
    expect(nameKeys(' Li  Ming ')).toEqual(['liming', 'iming', 'ming', 'ing', 'ng', 'g'])
    expect(nameKeys('ＡＢ')).toEqual(['ab', 'b'])
    expect(nameKeys('aaa')).toEqual(['aaa', 'aa', 'a'])
    expect(nameKeys('一二三四五六七八九十百千万')[0]).toBe('一二三四五六七八九十百千')
    expect(nameKeys(null)).toEqual([])
    expect(nameKeys('  ')).toEqual([])
  })

  test('[STORE-7] what is typed is the end of a number, part of a name, or nothing', () => {
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
})
