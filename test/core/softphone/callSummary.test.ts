// A call as it stands in lists, and the keys under which it is found.
import { describe, expect, test } from 'vitest'
import { summaryOf } from '../../../core/softphone/callSummary.ts'
import { searchText, tailKey } from '../../../core/sync/searchKeys.ts'
import { aForm, aRecord } from '../../makers/forms.ts'
import { aFiled } from '../../makers/traffic.ts'

describe('a call in a list', () => {
  test('shows who, what and how, without opening it', () => {
    expect(summaryOf(aFiled(1))).toMatchObject({
      number: '13800008000',
      callerName: '王建平',
      category: 'TS',
      topic: 'layoff',
      gist: '公司通知产线调整，要裁员。先让大家签“自愿离职”。',
      employer: '恒泽电子（示例）有限公司',
      member: 'yes',
    })
  })

  test('without a form shows the name the PBX gave, and nothing made up', () => {
    expect(summaryOf(aRecord(1, { name: '示例' }))).toMatchObject({
      callerName: '示例',
      category: null,
      gist: null,
      employer: null,
      member: null,
    })
    const empty = aFiled(1, { form: aForm({ callerName: '', cause: '', course: ' ', employer: '' }) })
    expect(summaryOf(empty)).toMatchObject({ callerName: null, gist: null, employer: null })
  })

  test('tells the first words on one line, cut between characters', () => {
    const long = aFiled(1, { form: aForm({ cause: `第一行\n第二行${'😀'.repeat(100)}` }) })
    const { gist } = summaryOf(long)
    expect(gist?.startsWith('第一行 第二行😀')).toBe(true)
    expect(Array.from(gist ?? '')).toHaveLength(80)
  })
})

describe('the keys of a call', () => {
  test('[STORE-7] numbers written differently have one key, and withheld ones none', () => {
    const keys = ['13812345678', '013812345678', '+86 138-1234-5678', '００８６１３８１２３４５６７８'].map(
      tailKey,
    )
    expect(new Set(keys)).toEqual(new Set(['87654321831']))
    expect(tailKey('1001')).toBe('1001')
    expect(tailKey('')).toBe('')
    expect(tailKey('anonymous')).toBe('')
  })

  test('[STORE-7] digits are looked up as a number’s end, anything else as a name', () => {
    expect(searchText(' 5678 ')).toEqual({ by: 'tail', key: '8765' })
    expect(searchText('（010）6555 1234')).toEqual({ by: 'tail', key: '43215556010' })
    expect(searchText('建国')).toEqual({ by: 'name', key: '建国' })
    expect(searchText('3号')).toEqual({ by: 'name', key: '3号' })
    expect(searchText('()')).toEqual({ by: 'name', key: '()' })
    expect(searchText('  ')).toBeNull()
  })
})
