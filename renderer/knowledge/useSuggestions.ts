// What may help with the form in front, looked up when the typing pauses: nothing moves while somebody types.
import { useEffect, useState } from 'react'
import type { Article } from '../../contract/knowledge.ts'
import type { Index } from '../../core/knowledge/search.ts'
import type { Matter, Suggestion } from '../../core/knowledge/suggest.ts'
import { suggest } from '../../core/knowledge/suggest.ts'
import { useWorkplace } from '../workplace.ts'
import type { FormSession } from '../wrapup/formSession.ts'

export const mostSuggestions = 3
const pauseMs = 600
const none: readonly Suggestion[] = []

const same = (one: readonly Suggestion[], other: readonly Suggestion[]): boolean =>
  one.length === other.length &&
  one.every(
    ({ article, because }, at) =>
      article === other[at]?.article && because.join() === other[at].because.join(),
  )

const matterOf = (session: FormSession): Matter => {
  const { cause, course, topic } = session.read().form
  return { cause, course, topic }
}

export const useSuggestions = (
  session: FormSession,
  index: Index,
  among: ReadonlySet<Article>,
): readonly Suggestion[] => {
  const { clock } = useWorkplace()
  const [list, setList] = useState(none)
  useEffect(() => {
    let seen: Matter | null = null
    let cancel = (): void => undefined
    const look = (): void => {
      const next = suggest(index, matterOf(session), among, mostSuggestions)
      setList((now) => (same(now, next) ? now : next))
    }
    const onChange = (): void => {
      const now = matterOf(session)
      if (seen && now.cause === seen.cause && now.course === seen.course && now.topic === seen.topic) return
      // A chosen topic is no typing: it is answered at once.
      const waits = seen === null || now.topic === seen.topic ? pauseMs : 0
      const isFirst = seen === null
      seen = now
      cancel()
      cancel = clock.after(isFirst ? 0 : waits, look)
    }
    onChange()
    const stop = session.subscribe(onChange)
    return () => {
      cancel()
      stop()
    }
  }, [session, index, among, clock])
  return list
}
