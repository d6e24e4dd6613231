// Which edition of an article counts on a day. An edition begins with its first day and ends with its own last day or the
// day before the next edition of the same code, whichever comes first. Nothing is ever deleted: the past can be asked.
import type { Article, Day } from '../../contract/knowledge.ts'
import { dayNumber, dayOf } from '../tickets/workdays.ts'

/** The hotline's day at an instant. */
export const dayAt = (at: number): Day => dayOf(dayNumber(at)).iso

export const editionName = ({ code, effectiveFrom }: Pick<Article, 'code' | 'effectiveFrom'>): string =>
  `${code} ${effectiveFrom}`

const byFirstDay = (one: Article, other: Article): number =>
  one.effectiveFrom < other.effectiveFrom ? -1 : one.effectiveFrom > other.effectiveFrom ? 1 : 0

/** All editions of one article, oldest first. */
export const editionsOf = (articles: readonly Article[], code: string): readonly Article[] =>
  articles.filter((article) => article.code === code).sort(byFirstDay)

/** [KNOW-1] The edition of each article that counts on this day; none of an article that is not in force then. */
export const inForce = (articles: readonly Article[], day: Day): readonly Article[] => {
  const newest = new Map<string, Article>()
  for (const article of articles) {
    if (article.effectiveFrom > day) continue
    const known = newest.get(article.code)
    if (!known || known.effectiveFrom < article.effectiveFrom) newest.set(article.code, article)
  }
  return [...newest.values()].filter(({ effectiveTo }) => effectiveTo === null || effectiveTo >= day)
}

export type Change =
  /** Another edition came into force within the last month. */
  | { readonly is: 'new'; readonly from: Day }
  /** Another edition is announced. */
  | { readonly is: 'coming'; readonly from: Day }
  /** It ends by itself within a month. */
  | { readonly is: 'ending'; readonly last: Day }

const recentDays = 30

const daysBefore = (day: Day, days: number): Day =>
  dayOf(dayNumber(Date.parse(`${day}T00:00:00+08:00`)) - days).iso

/** [KNOW-2] What an agent must know before reading it out: that it has just changed, or will; null: neither. */
export const changeOf = (articles: readonly Article[], article: Article, day: Day): Change | null => {
  const editions = editionsOf(articles, article.code)
  const coming = editions.find(({ effectiveFrom }) => effectiveFrom > day)
  if (coming) return { is: 'coming', from: coming.effectiveFrom }
  const { effectiveTo } = article
  if (effectiveTo !== null && daysBefore(effectiveTo, recentDays) <= day)
    return { is: 'ending', last: effectiveTo }
  const isFirst = editions[0]?.effectiveFrom === article.effectiveFrom
  return !isFirst && article.effectiveFrom > daysBefore(day, recentDays)
    ? { is: 'new', from: article.effectiveFrom }
    : null
}

/** Editions as they come from the centre over those known: of one name the later one counts. */
export const mergeEditions = (known: readonly Article[], fresh: readonly Article[]): readonly Article[] => [
  ...new Map([...known, ...fresh].map((article) => [editionName(article), article])).values(),
]
