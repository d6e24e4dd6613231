// What must be seen beside an article's title: that nobody has verified it [KNOW-9], that it has just changed or will.
import { CalendarClock, TriangleAlert } from 'lucide-react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { changeOf } from '../../core/knowledge/edition.ts'
import { Tag } from '../kit/Tag.tsx'
import { useText } from '../text/catalogue.ts'
import { useShelf } from './useShelf.ts'

type Props = { readonly article: Article; readonly day: Day; readonly withKind?: boolean }

export const ArticleTags = ({ article, day, withKind = false }: Props) => {
  const { knowledge } = useText()
  const { index } = useShelf()
  const change = changeOf(index.articles, article, day)
  const words =
    change === null
      ? null
      : change.is === 'ending'
        ? knowledge.changed.ending(change.last)
        : knowledge.changed[change.is](change.from)
  return (
    <>
      {withKind ? (
        <Tag tone={article.kind === 'script' ? 'violet' : 'primary'}>{knowledge.kind[article.kind]}</Tag>
      ) : null}
      {words === null ? null : (
        <Tag tone="gold" icon={<CalendarClock size={12} aria-hidden="true" />}>
          {words}
        </Tag>
      )}
      {article.verified ? null : (
        <Tag icon={<TriangleAlert size={12} aria-hidden="true" />}>{knowledge.unverified}</Tag>
      )}
    </>
  )
}
