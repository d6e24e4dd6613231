// A text control with some of its words marked, as with a pen: the marks lie under the control, which stays what it is:
// caret, selection, undo and input method are its own.
import type { ReactNode, RefObject } from 'react'
import { useLayoutEffect, useRef } from 'react'
import styles from './Marked.module.css'

type Props = {
  readonly text: string
  /** Code units from, to; in order, not overlapping. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
  /** Fills the height there is. */
  readonly tall?: boolean
  readonly children: ReactNode
}

export const Marked = ({ text, ranges, tall = false, children }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const isMarked = ranges.length > 0
  return (
    <div className={`${styles.box} ${tall ? styles.tall : ''} ${isMarked ? styles.marked : ''}`} ref={box}>
      {isMarked ? <Under box={box} text={text} ranges={ranges} /> : null}
      {children}
    </div>
  )
}

const copied = [
  'padding',
  'font',
  'letterSpacing',
  'lineHeight',
  'whiteSpace',
  'overflowWrap',
  'wordBreak',
] as const

/** The marks stand where the control's own letters stand, however far it is scrolled; a scroll bar takes room from both. */
const follow = (control: HTMLElement, marks: HTMLElement): void => {
  marks.style.width = `${control.clientWidth}px`
  marks.scrollTop = control.scrollTop
  marks.scrollLeft = control.scrollLeft
}

type UnderProps = Pick<Props, 'text' | 'ranges'> & { readonly box: RefObject<HTMLDivElement | null> }

const Under = ({ box, text, ranges }: UnderProps) => {
  const under = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const control = box.current?.querySelector<HTMLElement>('input, textarea')
    const marks = under.current
    if (!control || !marks) return undefined
    const look = getComputedStyle(control)
    for (const name of copied) marks.style[name] = look[name]
    // A field of one line centres it and never breaks it.
    if (control.matches('input'))
      Object.assign(marks.style, { whiteSpace: 'pre', lineHeight: `${control.clientHeight}px` })
    const onMove = () => follow(control, marks)
    control.addEventListener('scroll', onMove)
    const observer = new ResizeObserver(onMove)
    observer.observe(control)
    return () => {
      control.removeEventListener('scroll', onMove)
      observer.disconnect()
    }
  }, [box])
  useLayoutEffect(() => {
    const control = box.current?.querySelector<HTMLElement>('input, textarea')
    if (control && under.current) follow(control, under.current)
  })
  const pieces: ReactNode[] = []
  let at = 0
  for (const { start, end } of ranges) {
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return (
    <div className={styles.under} ref={under} aria-hidden="true">
      {pieces}
      {/* As long as the control's own text, so that both scroll as far. */}
      {`${text.slice(at)}\n`}
    </div>
  )
}
