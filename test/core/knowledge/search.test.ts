// Finding articles by what is typed, and offering them by what is written, with the articles a centre begins with.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Article } from '../../../contract/knowledge.ts'
import { inForce } from '../../../core/knowledge/edition.ts'
import { indexOf, search } from '../../../core/knowledge/search.ts'
import { suggest } from '../../../core/knowledge/suggest.ts'
import starting from '../../../server/knowledge/starting.json' with { type: 'json' }
import { anArticle } from '../../makers/articles.ts'

const articles = Article.array().parse(starting.articles)
const index = indexOf(articles)
const today = new Set(inForce(articles, '2026-11-26'))
const titles = (typed: string) => search(index, typed, today, 20).map(({ article }) => article.title)
const everything = new Set(articles)

describe('what is typed', () => {
  test.each([
    ['工伤认定', '工伤认定：谁申请、多久'],
    ['不发工资', '拖欠工资怎么办'],
    ['卡丢了', '互助服务卡丢了、不会用'],
    ['产假多少天', '产假与哺乳期'],
    ['没钱看病', '困难职工医疗专项救助'],
    ['仲裁要钱吗', '劳动仲裁的时效和费用'],
    ['骑手', '外卖、快递、网约车从业者'],
    ['裁员 名单', '经济性裁员的程序'],
    ['12333', '养老、医保、住房该打哪里'],
    ['Ｎ＋１', '经济补偿怎么算'],
  ])('[KNOW-3] “%s” finds “%s” first', (typed, title) => {
    expect(titles(typed)[0]).toBe(title)
  })

  test('[KNOW-3] an article is found by any two neighbouring characters of its title', () => {
    const pairs = articles.flatMap((article) =>
      [...article.title.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map((match) => ({
        article,
        pair: match[1] ?? '',
      })),
    )
    expect(pairs.length).toBeGreaterThan(200)
    for (const { article, pair } of pairs)
      expect(search(index, pair, everything, 99).some((hit) => hit.article === article)).toBe(true)
  })

  test('[KNOW-3] width, capitals and spaces make no difference', () => {
    const words = anArticle('W', { title: 'WiFi 补贴 2026', keywords: ['ｎ＋１'] })
    const one = indexOf([words])
    for (const typed of ['wifi', 'ＷＩＦＩ', ' WIFI  补贴', '２０２６', 'N+1'])
      expect([typed, search(one, typed, new Set([words]), 5).length]).toEqual([typed, 1])
  })

  test('[KNOW-3] the order is one: best first, among those asked for only, no more than asked for', () => {
    const word = fc.constantFrom(...'工伤裁员欠薪补贴保险仲裁认定多久怎么 abc123'.split(''))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), fc.integer({ min: 1, max: 9 }), (letters, limit) => {
        const typed = letters.join('')
        const found = search(index, typed, today, limit)
        expect(found.length).toBeLessThanOrEqual(limit)
        expect(found.every(({ article }) => today.has(article))).toBe(true)
        expect(search(index, typed, today, 99).slice(0, limit)).toEqual(found)
      }),
    )
  })

  test('[KNOW-3] whatever is typed is answered', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 40 })
    fc.assert(
      fc.property(units, (typed) => void search(index, String.fromCharCode(...typed), today, 5)),
      { numRuns: 300 },
    )
    expect(search(indexOf([]), '工伤', new Set(), 5)).toEqual([])
    expect(titles('。！？')).toEqual([])
  })

  test('[KNOW-3] what is not in force is not found', () => {
    const past = search(index, '生活补贴', new Set(inForce(articles, '2024-06-30')), 5)[0]?.article
    expect(past?.effectiveFrom).toBe('2023-07-01')
    expect(search(index, '生活补贴', today, 5)[0]?.article.effectiveFrom).toBe('2024-07-01')
  })
})

describe('what is written', () => {
  const offered = (cause: string, topic: string | null = null, course = '') =>
    suggest(index, { cause, course, topic }, today, 3).map(({ article, because }) => [
      article.title,
      ...because,
    ])

  test('[KNOW-4] the words of the form lead to an article, and are named', () => {
    expect(offered('公司通知产线调整，要裁员，先让大家签“自愿离职”')).toEqual([
      ['经济性裁员的程序', '产线调整', '裁员'],
      ['“自愿离职”能不能签', '自愿离职'],
    ])
    expect(offered('三月被冲床压伤两根手指，单位不给工伤申请盖章')[0]?.[0]).toBe('工伤认定：谁申请、多久')
    expect(offered('孩子考上大学交不起学费')[0]?.[0]).toBe('困难职工子女助学')
  })

  test('[KNOW-4] a topic alone is enough, small talk is not', () => {
    expect(offered('', 'ZYB').map(([title]) => title)).toEqual(['怀疑得了职业病'])
    expect(offered('今天天气不错，您好')).toEqual([])
    expect(offered('')).toEqual([])
  })

  test('[KNOW-4] never more than asked for, never one that is out of force, each once', () => {
    const text = fc.string({
      maxLength: 80,
      unit: fc.constantFrom(...'工伤裁员欠薪补贴保险名单不发工资签字的了是我'.split('')),
    })
    const topic = fc.option(fc.constantFrom('GS', 'QX', 'KNBF', 'nothing'))
    fc.assert(
      fc.property(text, text, topic, (cause, course, chosen) => {
        const found = suggest(index, { cause, course, topic: chosen }, today, 3)
        expect(found.length).toBeLessThanOrEqual(3)
        expect(new Set(found.map(({ article }) => article.code)).size).toBe(found.length)
        expect(found.every(({ article }) => today.has(article))).toBe(true)
        for (const { because } of found)
          for (const word of because)
            expect(`${cause}\n${course}`.toLowerCase()).toContain(word.toLowerCase())
      }),
    )
  })

  test('[KNOW-4] of a long story the end counts', () => {
    const story = '说了很久别的事。'.repeat(900)
    expect(offered('', null, `${story}后来骑手封号了`)[0]?.[0]).toBe('外卖、快递、网约车从业者')
  })
})
