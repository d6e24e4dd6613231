// What to look for among the calls.
import { Button, DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useMemo } from 'react'
import { SearchBox } from '../app/SearchBox.tsx'
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
  const { records } = useText()
  const { reference } = useWorkplace()
  const tell = (change: Partial<CallSearch>) => {
    const next = { ...search, ...change }
    onSearch(isEverything(next) ? everything : next)
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
      <SearchBox
        className={styles.text ?? ''}
        label={records.search}
        asked={search.text}
        pauseMs={pauseMs}
        onText={(text) => tell({ text })}
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
