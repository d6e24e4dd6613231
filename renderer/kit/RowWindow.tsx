// A long list of rows of one height: only those in sight are drawn, however many there are. Asks for more before
// the end comes into sight. One row at a time takes the focus; arrows, Page, Home and End move it.
import type { KeyboardEvent, ReactNode } from 'react'
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events --
   the rows of a table element cannot be placed one by one; the grid's keys are those of its body */
import { memo, useEffect, useRef, useState } from 'react'
import styles from './RowWindow.module.css'

type Props<T> = {
  readonly label: string
  readonly rows: readonly T[]
  readonly rowHeight: number
  readonly keyOf: (row: T) => string
  readonly chosen: string
  /** Like `draw` always the same function: a row is drawn again only when it changes. */
  readonly onChoose: (row: T) => void
  /** The cells of a row, made of `Cell`. */
  readonly draw: (row: T) => ReactNode
  readonly head: ReactNode
  /** All there are, as far as known; -1: more to come. */
  readonly total: number
  readonly onNearEnd: () => void
  readonly columns: string
  readonly onScrolled?: (top: number) => void
}

const spare = 12

export const RowWindow = <T,>(props: Props<T>) => {
  const { label, rows, rowHeight, keyOf, chosen, onChoose, draw, head, total, onNearEnd, columns } = props
  const { onScrolled } = props
  const box = useRef<HTMLDivElement>(null)
  // In whole rows, so that scrolling within one row draws nothing.
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const wanted = useRef<number | null>(null)
  const [, setTurn] = useState(0)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const first = Math.max(0, top - spare)
  const last = Math.min(rows.length, top + Math.ceil(height / rowHeight) + 1 + spare)
  const nearEnd = last + spare >= rows.length
  // The rows known when the end came near: asked once for each such number.
  const endAt = nearEnd ? rows.length : -1
  useEffect(() => {
    if (endAt >= 0) onNearEnd()
  }, [endAt, onNearEnd])

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
    const edge = to * rowHeight
    const inside = element.clientHeight - rowHeight * 2
    if (edge < element.scrollTop) element.scrollTop = edge
    else if (edge > element.scrollTop + inside) element.scrollTop = edge - inside
    wanted.current = to
    setTop(Math.floor(element.scrollTop / rowHeight))
    setTurn((turn) => turn + 1)
  }
  const onKey = (event: KeyboardEvent) => {
    const at = event.target instanceof HTMLElement ? Number(event.target.dataset['row']) : Number.NaN
    if (Number.isNaN(at)) return
    const page = Math.max(1, Math.floor(height / rowHeight) - 2)
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
        const { scrollTop } = event.currentTarget
        setTop(Math.floor(scrollTop / rowHeight))
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
              <WindowRow
                key={key}
                row={row}
                at={at}
                chosen={key === chosen}
                stop={at === tabStop || (tabStop < first && offset === 0)}
                rowHeight={rowHeight}
                columns={columns}
                onChoose={onChoose}
                draw={draw}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

type RowProps<T> = Pick<Props<T>, 'rowHeight' | 'columns' | 'onChoose' | 'draw'> & {
  readonly row: T
  readonly at: number
  readonly chosen: boolean
  readonly stop: boolean
}

const PlainRow = <T,>({ row, at, chosen, stop, rowHeight, columns, onChoose, draw }: RowProps<T>) => (
  <div
    role="row"
    aria-rowindex={at + 2}
    aria-selected={chosen}
    data-row={at}
    tabIndex={stop ? 0 : -1}
    className={styles.row}
    style={{ top: at * rowHeight, height: rowHeight, gridTemplateColumns: columns }}
    onClick={() => onChoose(row)}
  >
    {draw(row)}
  </div>
)
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- memo forgets that the row's type is open
const WindowRow = memo(PlainRow) as typeof PlainRow

type CellProps = { readonly head?: boolean; readonly children?: ReactNode }

export const Cell = ({ head = false, children }: CellProps) => (
  <div role={head ? 'columnheader' : 'gridcell'} className={styles.cell}>
    {children}
  </div>
)
