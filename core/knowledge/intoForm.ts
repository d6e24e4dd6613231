// What an article puts into the form: the words for the caller with the clause they rest on, behind what is there already.
import type { Article } from '../../contract/knowledge.ts'
import { limitOf, plainText } from '../wrapup/paste.ts'

/** What is told, and where it stands. */
export const wordsOf = ({ tell, basis }: Pick<Article, 'tell' | 'basis'>): string =>
  plainText(basis === '' ? tell : `${tell}（${basis}）`, false)

export type Put =
  | { readonly is: 'put'; readonly toldCaller: string }
  /** These very words are there already. */
  | { readonly is: 'there' }
  /** They do not fit; nothing is cut, half a clause would mislead. */
  | { readonly is: 'full' }

const ends = /[。；！？!?;.…]$/u

/** [KNOW-5] 告知职工 with the article's words at its end. */
export const putIntoForm = (toldCaller: string, article: Pick<Article, 'tell' | 'basis'>): Put => {
  const words = wordsOf(article)
  if (toldCaller.includes(words)) return { is: 'there' }
  const before = toldCaller.trimEnd()
  const joint = before === '' || ends.test(before) ? '' : '；'
  const next = `${before}${joint}${words}`
  return next.length > limitOf('toldCaller') ? { is: 'full' } : { is: 'put', toldCaller: next }
}
