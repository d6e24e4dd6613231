// One article: what to say in plain words first, large enough to be read aloud, then the clause it rests on.
import { ArrowDownToLine, Check, Undo2, X } from 'lucide-react'
import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { editionsOf } from '../../core/knowledge/edition.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import type { FormSession } from '../wrapup/formSession.ts'
import { useFront, useNameOf } from '../wrapup/useDesk.ts'
import { ArticleTags } from './ArticleTags.tsx'
import styles from './ArticleView.module.css'
import { Estimator } from './Estimator.tsx'
import { usePutWords } from './putWords.ts'
import { useShelf } from './useShelf.ts'

type Props = {
  readonly article: Article
  readonly day: Day
  /** An edition of another day is asked for. */
  readonly onDay: (day: Day) => void
  readonly onClose: () => void
}

export const ArticleView = ({ article, day, onDay, onClose }: Props) => {
  const { knowledge } = useText()
  const { reference } = useWorkplace()
  const { session } = useFront()
  const topics = article.topics
    .map((code) => reference.topics.find((row) => row.code === code)?.zh ?? '')
    .filter((zh) => zh !== '')
  return (
    <article className={styles.article}>
      <header className={styles.head}>
        <h2>{article.title}</h2>
        <Button
          type="text"
          size="small"
          className={styles.close ?? ''}
          icon={<X size={15} />}
          aria-label={knowledge.back}
          onClick={onClose}
        />
      </header>
      <p className={styles.tags}>
        <ArticleTags article={article} day={day} withKind />
        <span>{knowledge.inForce(article.effectiveFrom, article.effectiveTo)}</span>
      </p>
      <section aria-label={knowledge.plain}>
        <h3>{knowledge.plain}</h3>
        <p className={styles.aloud}>{article.plain}</p>
      </section>
      {article.ask.length > 0 ? (
        <section aria-label={knowledge.ask}>
          <h3>{knowledge.ask}</h3>
          <ul className={styles.ask}>
            {article.ask.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-label={knowledge.tell}>
        <h3>{knowledge.tell}</h3>
        <p className={styles.tell}>{article.tell}</p>
        {session ? <PutInto session={session} article={article} /> : null}
      </section>
      {article.clause === '' ? null : (
        <section aria-label={knowledge.clause}>
          <h3>
            {knowledge.clause}
            <span className={styles.basis}>{article.basis}</span>
          </h3>
          <blockquote className={styles.clause}>{article.clause}</blockquote>
        </section>
      )}
      <Estimator key={article.effectiveFrom} article={article} />
      <footer className={styles.foot}>
        {article.verified ? null : <p className={styles.warn}>{knowledge.unverifiedSays}</p>}
        <p>
          {knowledge.source}：{article.source}
          {topics.length > 0 ? `·${topics.join('、')}` : ''}
        </p>
        <Editions article={article} onDay={onDay} />
      </footer>
    </article>
  )
}

const PutInto = ({ session, article }: { readonly session: FormSession; readonly article: Article }) => {
  const { knowledge } = useText()
  const nameOf = useNameOf()
  const who = useSyncExternalStore(session.subscribe, () => nameOf(session.read()))
  const words = usePutWords(session)
  return (
    <p className={styles.put}>
      {words.isThere(article) ? (
        <output className={styles.there}>
          <Check size={14} aria-hidden="true" /> {knowledge.isThere}
        </output>
      ) : (
        <Button icon={<ArrowDownToLine size={14} aria-hidden="true" />} onClick={() => words.put(article)}>
          {knowledge.putFor(who)}
        </Button>
      )}
      {words.takeBack ? (
        <Button size="small" icon={<Undo2 size={13} aria-hidden="true" />} onClick={words.takeBack}>
          {knowledge.takeBack}
        </Button>
      ) : null}
      {words.done?.is === 'full' ? <output className={styles.warn}>{knowledge.full}</output> : null}
    </p>
  )
}

const Editions = ({ article, onDay }: Pick<Props, 'article' | 'onDay'>) => {
  const { knowledge } = useText()
  const { index } = useShelf()
  const editions = editionsOf(index.articles, article.code)
  if (editions.length < 2) return null
  return (
    <p className={styles.editions}>
      {knowledge.editions}：
      {editions.map(({ effectiveFrom }) =>
        effectiveFrom === article.effectiveFrom ? (
          <span key={effectiveFrom}>
            {knowledge.edition(effectiveFrom)}（{knowledge.shown}）
          </span>
        ) : (
          <TextButton
            key={effectiveFrom}

            onClick={() => onDay(effectiveFrom)}
          >
            {knowledge.edition(effectiveFrom)}
          </TextButton>
        ),
      )}
    </p>
  )
}
