// What is heard in an agent's words, with the rules a new centre starts with.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WarningLevel } from '../../../contract/warnings.ts'
import { amountsIn, numberIn } from '../../../core/warnings/amounts.ts'
import { employerKey } from '../../../core/warnings/employer.ts'
import { isGraver } from '../../../core/warnings/levels.ts'
import type { Facts, Typed } from '../../../core/warnings/recognise.ts'
import { findings, suggestion } from '../../../core/warnings/recognise.ts'
import { theWarningRules as rules } from '../../makers/warnings.ts'

const unknown: Facts = { people: null, callsAbout: 1 }
const typed = (course: string, cause = ''): Typed => [
  { field: 'cause', text: cause },
  { field: 'course', text: course },
]
const heard = (course: string, facts: Partial<Facts> = {}, cause = '') => {
  const [first] = findings(typed(course, cause), { ...unknown, ...facts }, rules)
  return first ? [first.rule.code, first.level, first.quotes.map(({ text }) => text).join(' ')] : null
}

describe('numbers as they are typed', () => {
  test.each([
    ['三百', 300],
    ['三百二十', 320],
    ['三百五', 350],
    ['三百零五', 305],
    ['一千二', 1200],
    ['十五', 15],
    ['二十', 20],
    ['几十', 20],
    ['十几', 12],
    ['两千', 2000],
    ['1,200', 1200],
    ['1.2万', 12_000],
    ['一万二', 12_000],
    ['3百', 300],
    ['百', 100],
  ])('%s is %i', (text, value) => {
    expect(numberIn(text)).toBe(value)
  })

  test.each([
    ['名单上有 60 多人', [['people', 60]]],
    ['三百多号人都在门口', [['people', 300]]],
    ['裁 300 名', [['people', 300]]],
    [
      '二十几个工人三个多月没拿到钱',
      [
        ['people', 22],
        ['months', 3],
      ],
    ],
    ['欠了半年', [['months', 6]]],
    ['２０人', [['people', 20]]],
    [
      '裁三成，就是百分之三十，也就是30%',
      [
        ['percent', 30],
        ['percent', 30],
        ['percent', 30],
      ],
    ],
    ['2024年12月进厂，一个月 5000 块', [['months', 1]]],
  ])('%s', (text, amounts) => {
    expect(amountsIn(text).map(({ of, value }) => [of, value])).toEqual(amounts)
  })

  const written = (n: number): string => {
    const names = Array.from('零一二三四五六七八九')
    const parts: [number, string][] = [
      [1000, '千'],
      [100, '百'],
      [10, '十'],
      [1, ''],
    ]
    let text = ''
    let gap = false
    for (const [size, unit] of parts) {
      const digit = Math.floor(n / size) % 10
      if (digit === 0) gap = text !== ''
      else {
        text += `${gap ? '零' : ''}${names[digit]}${unit}`
        gap = false
      }
    }
    return text
  }

  test('every number up to 9999 is read alike in Chinese and in digits, wherever it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('', '多', '余'), (n, more) => {
        for (const text of [`车间里${written(n)}${more}人`, `车间里${n}${more}人`])
          expect(amountsIn(text)).toMatchObject([{ of: 'people', value: n }])
      }),
    )
  })

  test('whatever is typed, an amount is a piece of it with a number in it', () => {
    const bits = fc.constantFrom(
      '三',
      '百',
      '多',
      '人',
      '个',
      '月',
      '年',
      '半',
      '成',
      '%',
      '1',
      '2',
      '，',
      'a',
      '万',
      '百分之',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        let last = 0
        for (const { start, end, value } of amountsIn(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(Number.isFinite(value)).toBe(true)
          last = end
        }
      }),
    )
  })
})

describe('what is heard', () => {
  test.each([
    ['厂里裁了三百多人', ['CY41', 'red', '裁了 三百多人']],
    ['全厂八百人，这次要裁员六十多人', ['CY41', 'yellow', '裁员 六十多人']],
    ['公司要裁员三成', ['CY41', 'blue', '裁员 三成']],
    ['一共裁了一百二十人', ['CY41', 'orange', '裁了 一百二十人']],
    ['我一个人被辞退了', null],
    ['公司没有裁员，只是 30 人调岗', null],
    ['拖欠工资三个月', ['QX', 'blue', '拖欠 三个月']],
    ['拖欠工资一个月', null],
    ['工资没发，一共 45 个工人', ['QX', 'yellow', '工资没发 45 个工人']],
    ['工人把路堵了，现在停工', ['TGJJ', 'yellow', '停工']],
    ['两百多人停工', ['TGJJ', 'orange', '停工 两百多人']],
    ['停工留薪期工资没补发', null],
    ['停工留薪期还没完，车间就全停工了', ['TGJJ', 'yellow', '停工']],
    ['老板跑了', ['TCBQ', 'blue', '老板跑了']],
    ['他说没想自杀，就是难受', ['ZSSR', 'red', '自杀']],
    ['问会员卡怎么办', null],
  ])('[WARN-1] [WARN-2] %s', (text, expected) => {
    expect(heard(text)).toEqual(expected)
  })

  test('[WARN-1] the number may stand in another field than the word', () => {
    expect(heard('名单上有 60 多人，周三前要交离职单。', {}, '公司通知产线调整，要裁员。')).toEqual([
      'CY41',
      'yellow',
      '裁员 60 多人',
    ])
  })

  test('[WARN-1] the form’s own number counts before the text', () => {
    expect(heard('要裁员，听说几十人', { people: 320 })?.slice(0, 2)).toEqual(['CY41', 'red'])
    expect(heard('要裁员，听说几十人', { people: 3 })).toBe(null)
  })

  test('[WARN-1] a part of the staff is worked out from those it happens to and all there are', () => {
    expect(heard('全厂一百人，裁员 15 人')?.slice(0, 2)).toEqual(['CY41', 'blue'])
    expect(heard('全厂一千人，裁员 15 人')).toBe(null)
  })

  test('[WARN-5] the third call about one employer within days is a warning without any word', () => {
    expect(heard('问加班费', { callsAbout: 2 })).toBe(null)
    expect(heard('问加班费', { callsAbout: 3 })).toEqual(['CF3', 'blue', ''])
  })

  test('[WARN-3] more people never make it lower, and the level is never below the rule’s own', () => {
    const people = fc.integer({ min: 1, max: 2_000 })
    fc.assert(
      fc.property(people, people, fc.constantFrom('裁员', '停工', '欠薪', '打起来'), (one, more, word) => {
        const [few, many] = [Math.min(one, more), Math.max(one, more)]
        const level = (count: number) => heard(`${word}，${count}人`)?.[1] as WarningLevel | undefined
        const [lower, higher] = [level(few), level(many)]
        if (lower === undefined) return
        expect(higher).toBeDefined()
        expect(higher !== undefined && isGraver(lower, higher)).toBe(false)
        if (word === '停工') expect(isGraver('yellow', lower)).toBe(false)
        if (word === '打起来') expect(lower).toBe('red')
      }),
    )
  })

  test('every quote is what stands there, whatever is typed around the words', () => {
    const bits = fc.constantFrom(
      '裁员',
      '没有',
      '300',
      '三十',
      '人',
      '停工',
      '。',
      '，',
      '自杀',
      '全厂',
      '百分之',
      '个月',
      '拖欠',
    )
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 25 }), fc.array(bits, { maxLength: 25 }), (one, other) => {
        const texts = typed(one.join(''), other.join(''))
        const found = findings(texts, unknown, rules)
        for (const { quotes } of found)
          for (const { field, text, start, end } of quotes)
            expect(texts.find((each) => each.field === field)?.text.slice(start, end)).toBe(text)
        const levels = found.map(({ level }) => WarningLevel.options.indexOf(level))
        expect(levels).toEqual([...levels].sort((a, b) => a - b))
      }),
    )
  })

  test('[WARN-6] a no covers its rule up to its level; what is graver, or another rule, asks again', () => {
    const found = findings(typed('要裁员 60 人'), unknown, rules)
    expect(suggestion(found, [])?.rule.code).toBe('CY41')
    expect(suggestion(found, [{ rule: 'CY41', level: 'yellow' }])).toBe(null)
    expect(suggestion(found, [{ rule: 'CY41', level: 'blue' }])?.level).toBe('yellow')
    const more = findings(typed('要裁员 60 人，工人停工了'), unknown, rules)
    expect(suggestion(more, [{ rule: 'CY41', level: 'yellow' }])?.rule.code).toBe('TGJJ')
  })
})

describe('one employer', () => {
  test('[WARN-5] brackets, spaces and legal forms make no difference', () => {
    const names = [
      '恒泽电子（示例）有限公司',
      '恒泽电子有限责任公司',
      ' 恒泽 电子(示例)有限公司 ',
      '恒泽电子厂',
    ]
    expect(new Set(names.map((name) => employerKey(name)))).toEqual(new Set(['恒泽电子']))
    expect(employerKey('某')).toBe('')
    expect(employerKey('大众公司')).toBe('大众')
    expect(employerKey('大厂')).toBe('大厂')
  })

  test('[WARN-5] what is typed for a name nobody knows is no employer', () => {
    const { noEmployer } = rules
    const none = [
      '公司',
      '有限公司',
      '某公司',
      '某某电子厂',
      ' 不详。',
      '工地',
      '饭店',
      '饭店有限公司',
      '劳务公司',
      '（私企）公司',
    ]
    expect(none.filter((name) => employerKey(name, noEmployer) !== '')).toEqual([])
    expect(employerKey('海港饭店', noEmployer)).toBe('海港饭')
    expect(employerKey('工地')).toBe('工地')
  })
})
