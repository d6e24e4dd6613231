// Knowledge (知识库): what is in force on a day, found by the callers' own words, all from this computer.
import { useMemo, useState } from 'react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { search } from '../../core/knowledge/search.ts'
import { go, useRoute } from '../app/route.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useOffline } from '../sync/useSync.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { ArticleView } from './ArticleView.tsx'
import type { Asked } from './KnowledgeFilter.tsx'
import { everything, KnowledgeFilter } from './KnowledgeFilter.tsx'
import frame from '../kit/frames.module.css'
import lines from '../kit/rows.module.css'
import styles from './KnowledgePage.module.css'
import { useInForce, useShelf, useToday } from './useShelf.ts'

const most = 200
const byCode = (one: Article, other: Article): number => (one.code < other.code ? -1 : 1)

export const KnowledgePage = () => {
  const { knowledge } = useText()
  const { clock } = useWorkplace()
  const shelf = useShelf()
  const offline = useOffline()
  const today = useToday()
  const [asked, setAsked] = useState<Asked>(everything)
  const day: Day = asked.day ?? today
  const among = useInForce(shelf, day)
  const { rest: chosen } = useRoute()
  const { text, kind, topic } = asked
  const list = useMemo(() => {
    const found =
      text === ''
        ? [...among].sort(byCode)
        : search(shelf.index, text, among, most).map(({ article }) => article)
    return found.filter(
      (article) =>
        (kind === null || article.kind === kind) && (topic === null || article.topics.includes(topic)),
    )
  }, [shelf.index, among, text, kind, topic])
  const article = [...among].find(({ code }) => code === chosen) ?? null
  const filtered = asked !== everything

  return (
    <div className={`${frame.page} ${styles.columns}`} data-open={chosen !== ''}>
      <InHead>
        <output>{filtered ? knowledge.found(list.length) : knowledge.count(list.length)}</output>
        {offline && shelf.toldAt !== null ? (
          <span>{knowledge.asOf(fullWhen(shelf.toldAt, clock.now()))}</span>
        ) : null}
      </InHead>
      <section className={frame.list} aria-label={knowledge.list}>
        <KnowledgeFilter
          asked={asked}
          onAsk={setAsked}
          onFirst={() => {
            const [first] = list
            if (first) go('knowledge', first.code)
          }}
        />
        {!shelf.ready ? (
          <div className={frame.wait}>
            <Late rows={8} label={knowledge.reading} />
          </div>
        ) : list.length === 0 ? (
          <EmptyLine
            text={filtered ? knowledge.noneFit : knowledge.none}
            action={
              filtered ? (
                <TextButton onClick={() => setAsked(everything)}>{knowledge.clear}</TextButton>
              ) : undefined
            }
          />
        ) : (
          <ul className={`${lines.rows} ${styles.rows}`}>
            {list.map((each) => (
              <Row key={each.code} article={each} isChosen={each.code === chosen} />
            ))}
          </ul>
        )}
      </section>
      <section className={frame.detail} aria-label={knowledge.detail}>
        {article ? (
          <ArticleView
            key={article.code}
            article={article}
            day={day}
            onDay={(next) => setAsked({ ...asked, day: next })}
            onClose={() => go('knowledge')}
          />
        ) : (
          <EmptyLine
            text={chosen === '' || !shelf.ready ? knowledge.choose : knowledge.notThatDay}
            action={
              chosen !== '' && asked.day !== null ? (
                <TextButton onClick={() => setAsked({ ...asked, day: null })}>
                  {knowledge.backToToday}
                </TextButton>
              ) : undefined
            }
          />
        )}
      </section>
    </div>
  )
}

const Row = ({ article, isChosen }: { readonly article: Article; readonly isChosen: boolean }) => {
  const { knowledge } = useText()
  return (
    <li>
      <button
        type="button"
        className={`${styles.row} ${isChosen ? styles.chosen : ''}`}
        aria-current={isChosen}
        onClick={() => go('knowledge', article.code)}
      >
        <span className={styles.first}>
          <strong>{article.title}</strong>
          {article.kind === 'script' ? <Tag tone="violet">{knowledge.kind.script}</Tag> : null}
          {article.verified ? null : <Tag>{knowledge.unverified}</Tag>}
        </span>
        <span className={lines.second}>{article.plain}</span>
      </button>
    </li>
  )
}
