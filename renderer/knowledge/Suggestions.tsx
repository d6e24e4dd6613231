// Knowledge beside the form: at most three articles that fit what is written. The first is unfolded; the key of another
// unfolds it, the key of the unfolded one puts its words into 告知职工.
import { ArrowDownToLine, Check, Undo2 } from 'lucide-react'
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CommandName } from '../../core/commands.ts'
import type { Suggestion } from '../../core/knowledge/suggest.ts'
import { go } from '../app/route.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import type { FormSession } from '../wrapup/formSession.ts'
import { ArticleTags } from './ArticleTags.tsx'
import type { PutWords } from './putWords.ts'
import { usePutWords } from './putWords.ts'
import lines from '../kit/rows.module.css'
import styles from './Suggestions.module.css'
import { useInForce, useShelf, useToday } from './useShelf.ts'
import { useSuggestions } from './useSuggestions.ts'

export const suggestionKeys = [
  'knowledge1',
  'knowledge2',
  'knowledge3',
] as const satisfies readonly CommandName[]

type Props = {
  readonly session: FormSession
  /** The key that brought the suggestions on screen: they are scrolled to, its own one unfolded. */
  readonly asked: CommandName | null
}

export const Suggestions = ({ session, asked }: Props) => {
  const { knowledge } = useText()
  const { onCommand } = useWorkplace()
  const shelf = useShelf()
  const list = useSuggestions(session, shelf.index, useInForce(shelf, useToday()))
  const [chosen, setChosen] = useState<string | null>(null)
  const askedAt = suggestionKeys.findIndex((name) => name === asked)
  const place = useRef<HTMLDivElement>(null)
  const found = list.length > 0
  useEffect(() => {
    if (askedAt >= 0 && found) place.current?.scrollIntoView({ block: 'start' })
  }, [askedAt, found])
  const words = usePutWords(session)
  const { put } = words
  const open = list.find(({ article }) => article.code === chosen) ?? list[askedAt] ?? list[0]

  const press = useCallback(
    (suggestion: Suggestion | undefined) => {
      if (!suggestion) return
      if (suggestion === open) put(suggestion.article)
      else setChosen(suggestion.article.code)
    },
    [open, put],
  )
  useEffect(() => {
    const offers = suggestionKeys.map((name, at) => onCommand(name, () => press(list[at])))
    return () => offers.forEach((withdraw) => withdraw())
  }, [onCommand, press, list])

  return (
    <div ref={place}>
      <Card
        title={knowledge.suggestions}
        aside={knowledge.follows}
        flush
        action={<TextButton onClick={() => go('knowledge')}>{knowledge.toPage}</TextButton>}
      >
        {list.length === 0 ? (
          <EmptyLine text={shelf.ready ? knowledge.noSuggestion : knowledge.reading} />
        ) : (
          <ol className={`${lines.rows} ${styles.list}`}>
            {list.map((suggestion, at) => (
              <Row
                key={suggestion.article.code}
                suggestion={suggestion}
                at={at}
                open={suggestion === open}
                onOpen={() => setChosen(suggestion.article.code)}
                words={words}
              />
            ))}
          </ol>
        )}
        <Said words={words} />
      </Card>
    </div>
  )
}

/** What was done, heard by a screen reader; taking back is offered where the words were put from. */
const Said = ({ words: { done } }: { readonly words: PutWords }) => {
  const { knowledge } = useText()
  const said =
    done === null
      ? ''
      : { put: knowledge.isThere, full: knowledge.full, takenBack: knowledge.takenBack }[done.is]
  return (
    <output className={done?.is === 'full' ? (styles.said ?? '') : 'unseen'} aria-live="polite">
      {said}
    </output>
  )
}

type RowProps = {
  readonly suggestion: Suggestion
  readonly at: number
  readonly open: boolean
  readonly onOpen: () => void
  readonly words: PutWords
}

const Row = ({ suggestion, at, open, onOpen, words }: RowProps) => {
  const { knowledge } = useText()
  const keys = useKeys()
  const today = useToday()
  const { article, because } = suggestion
  const name = suggestionKeys[at]
  const key = name === undefined ? '' : keys[name]
  const why =
    because.length === 0 ? knowledge.fromTopic : knowledge.because(because.map(knowledge.quote).join(''))
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.title}
        aria-expanded={open}
        {...(open ? {} : { 'aria-keyshortcuts': ariaKeys(key) })}
        onClick={onOpen}
      >
        <span className={styles.digit} aria-hidden="true">
          {at + 1}
        </span>
        <strong>{article.title}</strong>
        {open ? null : <KeyCap keys={key} />}
      </button>
      {open ? (
        <div className={styles.body}>
          <p className={styles.tags}>
            <ArticleTags article={article} day={today} />
            <span className={styles.why}>{why}</span>
          </p>
          <p className={styles.plain}>{article.plain}</p>
          {article.ask.length > 0 ? (
            <p className={styles.ask}>
              {knowledge.ask}：{article.ask.join('')}
            </p>
          ) : null}
          <p className={styles.actions}>
            <Put article={article} shortcut={key} words={words} />
            <TextButton onClick={() => go('knowledge', article.code)}>{knowledge.whole}</TextButton>
          </p>
        </div>
      ) : (
        <p className={`${lines.second} ${styles.short}`}>{article.plain}</p>
      )}
    </li>
  )
}

type PutProps = {
  readonly article: Suggestion['article']
  readonly shortcut: string
  readonly words: PutWords
}

const Put = ({ article, shortcut, words }: PutProps) => {
  const { knowledge } = useText()
  const { takeBack, done } = words
  if (!words.isThere(article))
    return (
      <Button
        size="small"
        icon={<ArrowDownToLine size={13} aria-hidden="true" />}
        aria-keyshortcuts={ariaKeys(shortcut)}
        onClick={() => words.put(article)}
      >
        {knowledge.put}
        <KeyCap keys={shortcut} />
      </Button>
    )
  return (
    <>
      <span className={styles.there}>
        <Check size={13} aria-hidden="true" /> {knowledge.isThere}
      </span>
      {takeBack && done?.code === article.code ? (
        <Button size="small" icon={<Undo2 size={13} aria-hidden="true" />} onClick={takeBack}>
          {knowledge.takeBack}
        </Button>
      ) : null}
    </>
  )
}
