// Finding and offering in a base ten times as large as a province's, made of the articles a centre begins with.
import { expect, test } from 'vitest'
import { Article } from '../../../contract/knowledge.ts'
import { indexOf, search } from '../../../core/knowledge/search.ts'
import { suggest } from '../../../core/knowledge/suggest.ts'
import starting from '../../../server/knowledge/starting.json' with { type: 'json' }
import { anArticle } from '../../makers/articles.ts'

const articles = Article.array().parse(starting.articles)

test('[KNOW-3] [KNOW-4] among 2,000 articles the one asked for is still found first, and no more than wanted', () => {
  const many = Array.from({ length: 2_000 }, (_, at) => {
    const one = articles[at % articles.length] ?? anArticle('X')
    const other = articles[(at * 7) % articles.length] ?? one
    return {
      ...one,
      code: `N${at}`,
      title: `${one.title}${at}`,
      clause: `${one.clause}${other.clause}${other.plain}`,
    }
  })
  const large = indexOf(many)
  const among = new Set(many)
  const story =
    '公司通知产线调整，要裁员，名单上有六十多人，没开过职代会，加班费还欠着，让大家签自愿离职。'.repeat(12)
  const [asked] = many
  if (asked === undefined) throw new Error('no article')
  const found = search(large, asked.title, among, 50)
  expect(found).toHaveLength(50)
  expect(found[0]?.article.code).toBe(asked.code)
  expect(suggest(large, { cause: story, course: story, topic: 'CYJC' }, among, 3)).toHaveLength(3)
})
