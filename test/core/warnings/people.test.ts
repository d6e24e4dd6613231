// Which numbers of a worker's story are people, and which are days, hours, houses, pieces.
import { describe, expect, test } from 'vitest'
import { amountsIn } from '../../../core/warnings/amounts.ts'
import { findings } from '../../../core/warnings/recognise.ts'
import { theWarningRules as rules } from '../../makers/warnings.ts'

const peopleIn = (text: string) =>
  amountsIn(text)
    .filter(({ of }) => of === 'people')
    .map(({ value, start, end }) => [value, text.slice(start, end)])

describe('people', () => {
  test.each([
    ['我们30个都没拿到', 30, '30个'],
    ['要裁六十多个。', 60, '六十多个'],
    ['跟我一样的一百多个', 100, '一百多个'],
    ['30个被欠薪', 30, '30个'],
    ['两百个停工', 200, '两百个'],
    ['40来个人', 40, '40来个人'],
    ['20 个 人', 20, '20 个 人'],
    ['五六十个人', 60, '五六十个人'],
    ['二十几个工友', 22, '二十几个工友'],
    ['几十个年轻人', 20, '几十个年轻人'],
    ['二十个女工', 20, '二十个女工'],
    ['三十几个妇女', 32, '三十几个妇女'],
    ['15个派遣工没签合同', 15, '15个派遣工'],
    ['30个农民工工资没发', 30, '30个农民工'],
    ['40个外卖员', 40, '40个外卖员'],
    ['30个工作人员', 30, '30个工作人员'],
    ['裁30个岗位', 30, '30个岗位'],
    ['裁 300 名', 300, '300 名'],
    ['30名操作工', 30, '30名'],
    ['十几位老师傅', 12, '十几位'],
    ['三十多口人等米下锅', 30, '三十多口人'],
    ['三百多号人', 300, '三百多号人'],
    ['三百多号都在门口', 300, '三百多号'],
    ['三百号员工', 300, '三百号员工'],
    ['十几号人', 12, '十几号人'],
    ['二十几号工友', 22, '二十几号工友'],
    ['二十来号没拿到', 20, '二十来号'],
    ['好几百号', 200, '几百号'],
    ['两个厂三百人', 300, '三百人'],
    ['万一30人都走', 30, '30人'],
    ['1,200人', 1200, '1,200人'],
    ['干12个小时，30个工人', 30, '30个工人'],
  ])('[WARN-21] %s', (text, value, words) => {
    expect(peopleIn(text)).toEqual([[value, words]])
  })
})

describe('no people', () => {
  test.each([
    '本来每月15号发',
    '15号左右发工资',
    '十几号发',
    '每月20多号才发',
    '每月20来号才发',
    '几号发不知道',
    '15号工人宿舍停电',
    '15号人社局来了',
    '公司在88号院',
    '120号人民路',
    '坐3号线',
    '每天干12个小时',
    '12个 小时',
    '12个小时工资',
    '12个半小时',
    '12个钟头',
    '扣12个点',
    '差15个百分点',
    '提前30个工作日没通知',
    '20个工时',
    '干了20个工，一个工300块',
    '上了15个夜班',
    '12个星期',
    '两个半月',
    '30个年头',
    '8个班',
    '两个厂',
    '10个工地',
    '三个项目',
    '10个在建项目',
    '30个停车位',
    '5个平方',
    '20个亿',
    '5个孩子',
    '12个加工件',
    '一天做300个，一个两毛',
    '每天送40个',
    '打了20个电话没人接',
    '我是第30个工人',
    '第十五个',
    '3000人民币',
    '住12人间',
  ])('[WARN-21] %s', (text) => {
    expect(peopleIn(text)).toEqual([])
  })

  test.each([
    '公司拖欠工资，本来每月15号发',
    '每天干12个小时，老板拖欠工资',
    '拖欠工资，每天做300个',
    '拖欠工资，公司在88号院',
    '解除劳动合同，提前30个工作日没通知',
  ])('[WARN-21] an ordinary call suggests nothing: %s', (text) => {
    expect(findings([{ field: 'course', text }], { people: null, callsAbout: 1 }, rules)).toEqual([])
  })

  test('[WARN-21] three months of wages are reported for the months, not for the day of pay', () => {
    const text = '拖欠工资三个月，说30号发'
    const [first] = findings([{ field: 'course', text }], { people: null, callsAbout: 1 }, rules)
    expect(first).toMatchObject({ rule: { code: 'QX' }, level: 'blue', people: null })
  })

  test('[WARN-1] 两个半月 are two months', () => {
    expect(amountsIn('拖欠工资两个半月')).toMatchObject([{ of: 'months', value: 2 }])
  })
})
