// What to look for in the knowledge base, and as of which day. Searched a moment after the last letter, and not while an
// input method composes; Enter opens the first hit.
import { Search } from 'lucide-react'
import { Button, DatePicker, Input } from 'antd'
import type { InputRef } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { composes } from '../app/keys.ts'
import { useKeys } from '../app/useKeys.ts'
import { Choice } from '../kit/Choice.tsx'
import { clearable } from '../kit/clearable.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './KnowledgeFilter.module.css'

export type Asked = {
  readonly text: string
  readonly kind: Article['kind'] | null
  readonly topic: string | null
  /** null: today. */
  readonly day: Day | null
}
export const everything: Asked = { text: '', kind: null, topic: null, day: null }

const isEverything = ({ text, kind, topic, day }: Asked): boolean =>
  text === '' && kind === null && topic === null && day === null

type Props = {
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  readonly onFirst: () => void
}

const pauseMs = 120

export const KnowledgeFilter = ({ asked, onAsk, onFirst }: Props) => {
  const { knowledge, app } = useText()
  const keys = useKeys()
  const { reference, clock, onCommand } = useWorkplace()
  const [typed, setTyped] = useState(asked.text)
  const composing = useRef(false)
  const cancel = useRef<() => void>(() => undefined)
  const box = useRef<InputRef>(null)
  const latest = useRef(asked)

  useEffect(() => {
    let withdraw = (): void => undefined
    // Behind the frame, whose own offer leads to the call records: the last one counts.
    const stop = clock.after(0, () => {
      withdraw = onCommand('search', () => box.current?.focus({ cursor: 'all' }))
    })
    return () => {
      stop()
      withdraw()
    }
  }, [onCommand, clock])
  useEffect(() => {
    latest.current = asked
  }, [asked])
  useEffect(() => () => cancel.current(), [])
  useEffect(() => {
    if (!composing.current) setTyped(asked.text)
  }, [asked.text])

  const tell = (change: Partial<Asked>) => {
    const next = { ...latest.current, ...change }
    onAsk(isEverything(next) ? everything : next)
  }
  const write = (text: string) => {
    setTyped(text)
    cancel.current()
    if (!composing.current) cancel.current = clock.after(pauseMs, () => tell({ text: text.trim() }))
  }
  const topics = useMemo(
    () =>
      [...reference.topics]
        .filter((row) => row.active)
        .sort((one, other) => one.sort - other.sort)
        .map((row) => ({ value: row.code, label: row.zh })),
    [reference],
  )
  const kinds = [
    { value: 'all', label: knowledge.all },
    { value: 'policy', label: knowledge.kind.policy },
    { value: 'script', label: knowledge.kind.script },
  ] as const
  return (
    <search className={styles.filter}>
      <Input
        autoComplete="off"
        ref={box}
        className={styles.text ?? ''}
        value={typed}
        allowClear={clearable(app.clear)}
        aria-label={knowledge.search}
        placeholder={knowledge.search}
        prefix={<Search size={14} aria-hidden="true" />}
        suffix={<KeyCap keys={keys.search} />}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !composes(event.nativeEvent)) onFirst()
        }}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          write(event.currentTarget.value)
        }}
      />
      <Choice
        label={knowledge.kinds}
        size="small"
        options={kinds}
        value={asked.kind ?? 'all'}
        onChange={(kind) => tell({ kind: kind === 'all' ? null : kind })}
      />
      <LabelledSelect
        className={styles.topic ?? ''}
        options={topics}
        value={asked.topic}
        allowClear
        showSearch
        aria-label={knowledge.topic}
        placeholder={knowledge.allTopics}
        onChange={(topic) => tell({ topic })}
      />
      <DatePicker
        className={styles.day ?? ''}
        aria-label={knowledge.day}
        placeholder={knowledge.today}
        value={asked.day === null ? null : dayjs(asked.day)}
        onChange={(day) => tell({ day: day ? day.format('YYYY-MM-DD') : null })}
      />
      {asked.day === null ? null : (
        <p className={styles.onDay}>
          {knowledge.onDay(asked.day)}
          <Button size="small" onClick={() => tell({ day: null })}>
            {knowledge.backToToday}
          </Button>
        </p>
      )}
    </search>
  )
}
