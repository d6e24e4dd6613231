// Full-text search among articles, in Chinese, on the seat alone. Chinese has no spaces: a text is cut into pairs of
// characters (bigrams), Latin words and numbers whole. Ranked by BM25 with a weight for each part of an article.
import type { Article } from '../../contract/knowledge.ts'

const run = /(\p{Script=Han}+)|([\p{L}\p{N}]+)/gu

/** Full and half width, capitals and spaces make no difference. */
const even = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Pairs of a Chinese run; a single character stands for itself. Each with its place in the text. */
const gramsOf = (text: string): string[] => {
  const grams: string[] = []
  for (const [, han, word] of even(text).matchAll(run)) {
    if (word !== undefined) grams.push(word)
    else if (han !== undefined) {
      const characters = Array.from(han)
      if (characters.length === 1) grams.push(han)
      for (let at = 1; at < characters.length; at += 1)
        grams.push(`${characters[at - 1] ?? ''}${characters[at] ?? ''}`)
    }
  }
  return grams
}

/** Single characters too, for where one is asked: of titles and keywords only, they would find everything else. */
const singlesOf = (text: string): string[] =>
  [...even(text).matchAll(/\p{Script=Han}/gu)].map(([character]) => character)

type Posting = { readonly article: number; weight: number }

export type Index = {
  readonly articles: readonly Article[]
  readonly postings: ReadonlyMap<string, readonly Posting[]>
  /** Sum of weights of each article, and their mean. */
  readonly lengths: readonly number[]
  readonly meanLength: number
}

const titleWeight = 4
const keywordWeight = 3

/** How much a word counts where it stands. */
const partsOf = (article: Article): readonly (readonly [text: string, weight: number])[] => [
  [article.title, titleWeight],
  ...article.keywords.map((keyword) => [keyword, keywordWeight] as const),
  [article.plain, 1],
  [article.basis, 1],
  [article.clause, 1],
  ...article.ask.map((question) => [question, 0.5] as const),
  [article.tell, 0.5],
]

/** So many articles are indexed in one go: about 10 ms. */
const portion = 50

/** Makes the index in portions, so that whoever asks for it can let the screen in between. */
export function* indexing(articles: readonly Article[]): Generator<undefined, Index> {
  const postings = new Map<string, Posting[]>()
  const lengths: number[] = []
  for (const [at, article] of articles.entries()) {
    if (at % portion === portion - 1) yield
    let length = 0
    const put = (gram: string, weight: number): void => {
      length += weight
      const list = postings.get(gram)
      if (!list) return void postings.set(gram, [{ article: at, weight }])
      const last = list.at(-1)
      if (last?.article === at) last.weight += weight
      else list.push({ article: at, weight })
    }
    for (const [text, weight] of partsOf(article)) {
      for (const gram of gramsOf(text)) put(gram, weight)
      if (weight >= keywordWeight) for (const single of singlesOf(text)) put(single, 0.1)
    }
    lengths.push(length)
  }
  const total = lengths.reduce((sum, length) => sum + length, 0)
  return { articles, postings, lengths, meanLength: articles.length === 0 ? 1 : total / articles.length }
}

export const indexOf = (articles: readonly Article[]): Index => {
  const steps = indexing(articles)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

export type Hit = {
  readonly article: Article
  readonly score: number
  /** Part of the different pairs asked for that the article has, of those any article has, 0–1. */
  readonly coverage: number
}

/** BM25's usual parameters: how soon repetition stops counting, how much length does. */
const k1 = 1.2
const b = 0.4

/** Scores every article that shares a pair with the text. Linear in the postings met, not in the articles. */
export const scoresOf = (index: Index, text: string): readonly Hit[] => {
  const wanted = new Set(gramsOf(text))
  let known = 0
  const scores = new Map<number, { score: number; met: number }>()
  const count = index.articles.length
  for (const gram of wanted) {
    const list = index.postings.get(gram)
    // 多少 and 怎么办 across two words: nobody wrote about it, so it decides nothing.
    if (!list) continue
    known += 1
    const rarity = Math.log(1 + (count - list.length + 0.5) / (list.length + 0.5))
    for (const { article, weight } of list) {
      const norm = 1 - b + b * ((index.lengths[article] ?? 0) / index.meanLength)
      const gain = (rarity * weight * (k1 + 1)) / (weight + k1 * norm)
      const before = scores.get(article)
      if (before) {
        before.score += gain
        before.met += 1
      } else scores.set(article, { score: gain, met: 1 })
    }
  }
  return [...scores].flatMap(([at, { score, met }]) => {
    const article = index.articles[at]
    return article ? [{ article, score, coverage: met / known }] : []
  })
}

const best = (one: Hit, other: Hit): number =>
  other.score - one.score ||
  (one.article.code < other.article.code ? -1 : one.article.code > other.article.code ? 1 : 0)

/** An article that has less than this part of what was typed, or counts so little beside the best, is another matter. */
const leastCoverage = 0.4
const leastBesideBest = 0.12

/** [KNOW-3] The articles that have what was typed, the best first. `among`: of these only, e.g. those in force. */
export const search = (
  index: Index,
  typed: string,
  among: ReadonlySet<Article>,
  limit: number,
): readonly Hit[] => {
  const asked = even(typed).replaceAll(/\s+/g, '')
  const isNamed = ({ article }: Hit): boolean => even(article.title).replaceAll(/\s+/g, '').includes(asked)
  const hits = scoresOf(index, typed)
    .filter(({ article, coverage }) => coverage >= leastCoverage && among.has(article))
    .map((hit) => ({ ...hit, score: hit.score * hit.coverage * hit.coverage }))
  const least = leastBesideBest * Math.max(0, ...hits.map(({ score }) => score))
  // The very words in the title are what was meant; else whoever has more of them.
  return [
    ...hits.filter(isNamed).sort(best),
    ...hits.filter((hit) => !isNamed(hit) && hit.score >= least).sort(best),
  ].slice(0, limit)
}
