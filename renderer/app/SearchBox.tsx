// The search box of a page, which the search key leads to: searched a moment after the last letter, and not while an
// input method composes.
import { Search } from 'lucide-react'
import { Input } from 'antd'
import type { InputRef } from 'antd'
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { clearable } from '../kit/clearable.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { composes } from './keys.ts'
import { useKeys } from './useKeys.ts'

/** [KEY-12] The search key was pressed on a page without a search and leads to one: its box takes the caret when it comes. */
export const SearchAskedContext = createContext<() => boolean>(() => false)

type Props = {
  readonly className?: string
  readonly label: string
  /** What is searched for now, as the page knows it. */
  readonly asked: string
  readonly pauseMs: number
  readonly onText: (text: string) => void
  readonly onEnter?: () => void
}

export const SearchBox = ({ className = '', label, asked, pauseMs, onText, onEnter }: Props) => {
  const { app } = useText()
  const keys = useKeys()
  const { clock, onCommand } = useWorkplace()
  const [typed, setTyped] = useState(asked)
  const composing = useRef(false)
  const cancel = useRef<() => void>(() => undefined)
  const box = useRef<InputRef>(null)
  const latest = useRef(onText)

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
  const takeAsked = useContext(SearchAskedContext)
  useEffect(() => {
    if (takeAsked()) box.current?.focus()
  }, [takeAsked])
  useEffect(() => {
    latest.current = onText
  }, [onText])
  useEffect(() => () => cancel.current(), [])
  useEffect(() => {
    if (!composing.current) setTyped(asked)
  }, [asked])

  const write = (text: string) => {
    setTyped(text)
    cancel.current()
    if (!composing.current) cancel.current = clock.after(pauseMs, () => latest.current(text.trim()))
  }
  return (
    <Input
      autoComplete="off"
      ref={box}
      className={className}
      value={typed}
      allowClear={clearable(app.clear)}
      aria-label={label}
      placeholder={label}
      prefix={<Search size={14} aria-hidden="true" />}
      suffix={<KeyCap keys={keys.search} />}
      onChange={(event) => write(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !composes(event.nativeEvent)) onEnter?.()
      }}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        write(event.currentTarget.value)
      }}
    />
  )
}
