// A long list of rows of one height: only those in sight are drawn, however many there are. Asks for more before
// the end comes into sight. One row at a time takes the focus; arrows, Page, Home and End move it.
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import styles from './RowWindow.module.css'

type Props<T> = {
  readonly label: string
  readonly rows: readonly T[]
  readonly rowHeight: number
  readonly keyOf: (row: T) => string
  readonly chosen: string
  readonly onChoose: (row: T) => void
  /** Drawn into a row of the table; use `cells`. */
  readonly children: (row: T) => ReactNode
  readonly head: ReactNode
  /** All there are, as far as known; -1: more to come. */
  readonly total: number
  readonly onNearEnd: () => void
  readonly columns: string
  readonly onScrolled?: (top: number) => void
}

const spare = 12

export const RowWindow = <T,>(props: Props<T>) => {
  const { label, rows, rowHeight, keyOf, chosen, onChoose, children, head, total, onNearEnd, columns } = props
  const { onScrolled } = props
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const wanted = useRef<number | null>(null)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setView((now) => ({ ...now, height: element.clientHeight })))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare)
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + spare)
  const nearEnd = last + spare >= rows.length
  useEffect(() => {
    if (nearEnd) onNearEnd()
  }, [nearEnd, rows.length, onNearEnd])

  // A row that was out of sight takes the focus once it is drawn.
  useEffect(() => {
    if (wanted.current === null) return
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus()
  })

  const focus = (at: number) => {
    const element = box.current
    if (!element || rows.length === 0) return
    const to = Math.max(0, Math.min(rows.length - 1, at))
    const top = to * rowHeight
    const inside = element.clientHeight - rowHeight * 2
    if (top < element.scrollTop) element.scrollTop = top
    else if (top > element.scrollTop + inside) element.scrollTop = top - inside
    wanted.current = to
    setView((now) => ({ ...now, top: element.scrollTop }))
  }
  const onKey = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).dataset['row'] ?? Number.NaN)
    if (Number.isNaN(at)) return
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 2)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    }
    const to = moves[event.key]
    const row = rows[at]
    if (to !== undefined) focus(to)
    else if (event.key === 'Enter' || event.key === ' ') {
      if (row !== undefined) onChoose(row)
    } else return
    event.preventDefault()
  }
  const tabStop = Math.max(
    first,
    rows.findIndex((row) => keyOf(row) === chosen),
  )

  return (
    <div
      className={styles.box}
      ref={box}
      onScroll={(event) => {
        const { scrollTop, clientHeight } = event.currentTarget
        setView({ top: scrollTop, height: clientHeight })
        onScrolled?.(scrollTop)
      }}
    >
      <div role="grid" aria-label={label} aria-rowcount={total} className={styles.table}>
        <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: columns }}>
          {head}
        </div>
        <div
          role="rowgroup"
          className={styles.rows}
          style={{ height: rows.length * rowHeight }}
          onKeyDown={onKey}
        >
          {rows.slice(first, last).map((row, offset) => {
            const at = first + offset
            const key = keyOf(row)
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={at + 2}
                aria-selected={key === chosen}
                data-row={at}
                tabIndex={at === tabStop || (tabStop < first && offset === 0) ? 0 : -1}
                className={styles.row}
                style={{ top: at * rowHeight, height: rowHeight, gridTemplateColumns: columns }}
                onClick={() => onChoose(row)}
              >
                {children(row)}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

type CellProps = { readonly head?: boolean; readonly children?: ReactNode }

export const Cell = ({ head = false, children }: CellProps) => (
  <div role={head ? 'columnheader' : 'gridcell'} className={styles.cell}>
    {children}
  </div>
)
