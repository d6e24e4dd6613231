// What to look for among the calls. Searched a moment after the last letter, and not while an input method composes.
import { Search } from 'lucide-react'
import { Button, DatePicker, Input } from 'antd'
import type { InputRef } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../app/useKeys.ts'
import { clearable } from '../kit/clearable.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { LabelledSelect } from '../kit/LabelledSelect.tsx'
import { isoDay } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './RecordsFilter.module.css'
import type { CallSearch } from './useCallList.ts'

export const everything: CallSearch = { text: '', category: null, from: null, to: null }

const isEverything = (search: CallSearch): boolean =>
  search.text === '' && search.category === null && search.from === null && search.to === null

type Props = { readonly search: CallSearch; readonly onSearch: (search: CallSearch) => void }

const pauseMs = 180
const dayMs = 86_400_000
const dayAt = (iso: string): number => Date.parse(`${iso}T00:00:00+08:00`)

export const RecordsFilter = ({ search, onSearch }: Props) => {
  const { records, app } = useText()
  const keys = useKeys()
  const { reference, clock, onCommand } = useWorkplace()
  const [typed, setTyped] = useState(search.text)
  const composes = useRef(false)
  const cancel = useRef<() => void>(() => undefined)
  const box = useRef<InputRef>(null)
  const latest = useRef(search)

  useEffect(() => onCommand('search', () => box.current?.focus({ cursor: 'all' })), [onCommand])
  useEffect(() => {
    latest.current = search
  }, [search])
  useEffect(() => () => cancel.current(), [])
  useEffect(() => {
    if (!composes.current) setTyped(search.text)
  }, [search.text])

  const tell = (change: Partial<CallSearch>) => {
    const next = { ...latest.current, ...change }
    onSearch(isEverything(next) ? everything : next)
  }
  const write = (text: string) => {
    setTyped(text)
    cancel.current()
    if (!composes.current) cancel.current = clock.after(pauseMs, () => tell({ text: text.trim() }))
  }
  const categories = useMemo(
    () =>
      [...reference.categories]
        .sort((one, other) => one.sort - other.sort)
        .map((row) => ({ value: row.code, label: row.zh })),
    [reference],
  )
  return (
    <search className={styles.filter}>
      <Input
        autoComplete="off"
        ref={box}
        className={styles.text ?? ''}
        value={typed}
        allowClear={clearable(app.clear)}
        aria-label={records.search}
        placeholder={records.search}
        prefix={<Search size={14} aria-hidden="true" />}
        suffix={<KeyCap keys={keys.search} />}
        onChange={(event) => write(event.target.value)}
        onCompositionStart={() => {
          composes.current = true
        }}
        onCompositionEnd={(event) => {
          composes.current = false
          write(event.currentTarget.value)
        }}
      />
      <LabelledSelect
        className={styles.category ?? ''}
        options={categories}
        value={search.category}
        allowClear
        aria-label={records.category}
        placeholder={records.allCategories}
        onChange={(category) => tell({ category })}
      />
      <DatePicker.RangePicker
        className={styles.days ?? ''}
        aria-label={records.days}
        placeholder={[records.from, records.to]}
        allowEmpty={[true, true]}
        value={[
          search.from === null ? null : dayjs(isoDay(search.from)),
          search.to === null ? null : dayjs(isoDay(search.to - dayMs)),
        ]}
        onChange={(days) => {
          const [from, to] = days ?? [null, null]
          tell({
            from: from ? dayAt(from.format('YYYY-MM-DD')) : null,
            to: to ? dayAt(to.format('YYYY-MM-DD')) + dayMs : null,
          })
        }}
      />
      {search === everything ? null : <Button onClick={() => onSearch(everything)}>{records.clear}</Button>}
    </search>
  )
}
