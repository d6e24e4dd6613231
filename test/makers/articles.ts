// Articles in one line each; the texts are made up.
import type { Article } from '../../contract/knowledge.ts'

export const anArticle = (code: string, over: Partial<Article> = {}): Article => ({
  code,
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  kind: 'policy',
  title: `示例条目 ${code}`,
  clause: '示例条款',
  basis: '示例办法第一条',
  source: '示例',
  verified: false,
  plain: '示例的大白话',
  ask: [],
  tell: '示例的告知',
  topics: [],
  keywords: [],
  estimate: null,
  ...over,
})
