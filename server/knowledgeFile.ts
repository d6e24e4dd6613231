// The file of `knowledge import`: {"articles": [...]} as `knowledge show` prints it. Every row that is wrong is named, by
// its place and title, with what is wrong; one wrong row and nothing is taken in.
import { z } from 'zod'
import { Article } from '../contract/knowledge.ts'
import type { Reference } from '../contract/reference.ts'

/** More would not be read by anybody. */
const mostErrors = 30
/** What zod finds wrong, for operators. */
export const inChinese = { error: z.locales.zhCN().localeError }

const nameOf = (row: unknown, at: number): string => {
  const named = z.object({ code: z.string().optional(), title: z.string().optional() }).safeParse(row).data
  const name = [named?.code, named?.title].filter((part) => part !== undefined).join(' ')
  return `第 ${at + 1} 条${name === '' ? '' : `（${name}）`}`
}

const wrongIn = (row: unknown, at: number, topics: ReadonlySet<string>): string[] => {
  const parsed = Article.safeParse(row, inChinese)
  const name = nameOf(row, at)
  if (!parsed.success)
    return parsed.error.issues.map((issue) => {
      const field = issue.path.map(String).join('.')
      return `${name}${field === '' ? '' : ` ${field}`}：${issue.message}`
    })
  const { effectiveFrom, effectiveTo, topics: used, kind, clause, basis } = parsed.data
  return [
    ...(effectiveTo !== null && effectiveTo < effectiveFrom
      ? [`${name} effectiveTo：${effectiveTo} 早于生效日 ${effectiveFrom}`]
      : []),
    ...used.filter((code) => !topics.has(code)).map((code) => `${name} topics：没有代码为 ${code} 的主题`),
    ...(kind === 'policy' && (clause === '' || basis === '')
      ? [`${name} ${clause === '' ? 'clause' : 'basis'}：政策要写明条款和依据`]
      : []),
  ]
}

export type KnowledgeFile = { readonly articles: readonly Article[] } | { readonly wrong: readonly string[] }

export const readKnowledge = (text: string, reference: Pick<Reference, 'topics'>): KnowledgeFile => {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return { wrong: ['读不懂，应当是 npm run -s server -- knowledge show 存下的 JSON。'] }
  }
  const rows = z.object({ articles: z.array(z.unknown()).min(1) }).safeParse(given).data?.articles
  if (rows === undefined) return { wrong: ['里面没有 articles，或者一条也没有。'] }
  const topics = new Set(reference.topics.map(({ code }) => code))
  const wrong = rows.flatMap((row, at) => wrongIn(row, at, topics))
  const articles = rows.flatMap((row) => Article.safeParse(row).data ?? [])
  const seen = new Set<string>()
  for (const [at, row] of articles.entries()) {
    const name = `${row.code} ${row.effectiveFrom}`
    if (seen.has(name)) wrong.push(`${nameOf(row, at)}：${row.effectiveFrom} 起的这一版在文件里有两条`)
    seen.add(name)
  }
  const left = wrong.length - mostErrors
  return wrong.length > 0
    ? { wrong: left > 0 ? [...wrong.slice(0, mostErrors), `……另有 ${left} 处`] : wrong }
    : { articles }
}
