// The calls that fit a search, page by page as the list is walked down. Each page starts after the last row seen,
// so the hundred-thousandth row costs no more than the first.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import type { CallQuery } from '../../core/ports.ts'
import { useWorkplace } from '../workplace.ts'

export type CallSearch = Omit<CallQuery, 'before' | 'limit'>

export type CallList = {
  readonly rows: readonly CallSummary[]
  /** How many fit; null: being counted. */
  readonly count: number | null
  readonly ready: boolean
  readonly problem: string | null
  readonly more: () => void
}

const pageSize = 200
const none: readonly CallSummary[] = []

/** `again` changes: the list is read anew from the top. */
export const useCallList = (search: CallSearch, again: unknown): CallList => {
  const { records } = useWorkplace()
  const [rows, setRows] = useState<readonly CallSummary[]>(none)
  const [count, setCount] = useState<number | null>(null)
  const [ready, setReady] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const state = useRef({ rows: none, busy: false, end: false, turn: 0 })

  const asked = useMemo(() => ({ search, again }), [search, again])

  const read = useCallback(
    async (turn: number) => {
      const now = state.current
      if (now.busy || now.end) return
      now.busy = true
      const last = now.rows.at(-1)
      const before = last ? { id: last.id, offeredAt: last.offeredAt } : null
      const page = await records.page({ ...asked.search, before, limit: pageSize })
      if (state.current.turn !== turn) return
      now.busy = false
      setReady(true)
      if (!page.ok) {
        now.end = true
        setProblem(page.problem.text)
        return
      }
      now.end = page.value.length < pageSize
      now.rows = before === null ? page.value : [...now.rows, ...page.value]
      setProblem(null)
      setRows(now.rows)
    },
    [records, asked],
  )

  useEffect(() => {
    const turn = state.current.turn + 1
    state.current = { rows: none, busy: false, end: false, turn }
    void read(turn)
    void records.count(asked.search).then((answer) => {
      if (state.current.turn === turn) setCount(answer.ok ? answer.value : null)
    })
    return () => {
      state.current.turn += 1
    }
  }, [read, records, asked])

  const more = useCallback(() => {
    if (state.current.rows.length > 0) void read(state.current.turn)
  }, [read])
  return { rows, count, ready, problem, more }
}
