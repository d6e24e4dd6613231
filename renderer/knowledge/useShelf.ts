// The knowledge base as screens read it: what is in force on a day, and what the day is.
import { useMemo, useSyncExternalStore } from 'react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { dayAt, inForce } from '../../core/knowledge/edition.ts'
import type { Shelf } from '../adapters/knowledge.ts'
import { useWorkplace } from '../workplace.ts'

export const useShelf = (): Shelf => {
  const { knowledge } = useWorkplace()
  return useSyncExternalStore(knowledge.subscribe, knowledge.read)
}

/** The editions that count on this day. */
export const useInForce = (shelf: Shelf, day: Day): ReadonlySet<Article> =>
  useMemo(() => new Set(inForce(shelf.index.articles, day)), [shelf.index, day])

/** Today in Beijing; a page that stays open over midnight has it at its next drawing. */
export const useToday = (): Day => dayAt(useWorkplace().clock.now())
