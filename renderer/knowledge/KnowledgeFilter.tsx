// What to look for in the knowledge base, and as of which day. Enter opens the first hit.
import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useMemo } from 'react'
import type { Article, Day } from '../../contract/knowledge.ts'
import { SearchBox } from '../app/SearchBox.tsx'
import { Choice } from '../kit/Choice.tsx'
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
  const { knowledge } = useText()
  const { reference } = useWorkplace()
  const tell = (change: Partial<Asked>) => {
    const next = { ...asked, ...change }
    onAsk(isEverything(next) ? everything : next)
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
      <SearchBox
        className={styles.text ?? ''}
        label={knowledge.search}
        asked={asked.text}
        pauseMs={pauseMs}
        onText={(text) => tell({ text })}
        onEnter={onFirst}
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
