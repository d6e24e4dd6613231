// Which articles may help with what is being written: those whose words the caller used, those of the chosen topic, and
// those that tell of the same things. Says which word it was, so that the agent sees why.
import type { Article } from '../../contract/knowledge.ts'
import type { WrapupForm } from '../../contract/wrapup.ts'
import type { Index } from './search.ts'
import { scoresOf } from './search.ts'

export type Suggestion = {
  readonly article: Article
  /** The words of the form that led here, at most three; empty: the topic, or likeness of the texts. */
  readonly because: readonly string[]
}

/** What of a form tells the matter. */
export type Matter = Pick<WrapupForm, 'cause' | 'course' | 'topic'>

/** A long story's last words are what is being talked about now. */
const mostText = 600
const keywordGain = 8
const topicGain = 6
/** Likeness alone must be marked before an article is offered. */
const leastLikeness = 14
const mostWords = 3

/** [KNOW-4] At most `limit` articles of `among`, the most helpful first; none when nothing speaks for any. */
export const suggest = (
  index: Index,
  matter: Matter,
  among: ReadonlySet<Article>,
  limit: number,
): readonly Suggestion[] => {
  const cause = matter.cause.slice(-mostText)
  const text = `${cause}\n${matter.course.slice(-(mostText - cause.length))}`.normalize('NFKC').toLowerCase()
  const likeness = new Map(scoresOf(index, text).map(({ article, score }) => [article, score]))
  return [...among]
    .flatMap((article) => {
      const because = article.keywords.filter((keyword) =>
        text.includes(keyword.normalize('NFKC').toLowerCase()),
      )
      const ofTopic = matter.topic !== null && article.topics.includes(matter.topic)
      const like = likeness.get(article) ?? 0
      if (because.length === 0 && !ofTopic && like < leastLikeness) return []
      // A long word says more than a short one, and three words no more than three.
      const words = [...because].sort((one, other) => other.length - one.length).slice(0, mostWords)
      const said = words.reduce((sum, word) => sum + keywordGain * Math.sqrt(word.length / 2), 0)
      return [{ article, because: words, score: said + (ofTopic ? topicGain : 0) + like }]
    })
    .sort((one, other) => other.score - one.score || (one.article.code < other.article.code ? -1 : 1))
    .slice(0, limit)
    .map(({ article, because }) => ({ article, because }))
}
