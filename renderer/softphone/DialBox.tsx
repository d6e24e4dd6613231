// Dialling on a free line: a box that takes any way of writing a number and says what it will dial, beside the numbers
// one need not type.
import { Button, Input } from 'antd'
import { Delete, Phone } from 'lucide-react'
import { useId, useState } from 'react'
import { mayDial } from '../../core/commands.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { placeOf } from '../../core/softphone/place.ts'
import type { SpeedNumber } from '../../core/softphone/speedDial.ts'
import { isEnter } from '../app/keys.ts'
import { outcomeWord } from '../records/callWords.ts'
import { useText } from '../text/catalogue.ts'
import { timeOrDay } from '../text/when.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { useCallLists } from '../wrapup/callLists.ts'
import { DigitKeys } from './DigitKeys.tsx'
import styles from './DialBox.module.css'
import { sayDial } from './dialWords.ts'
import { Panel } from './Panel.tsx'
import { SpeedDialList } from './SpeedDialList.tsx'
import { useDial } from './useDial.ts'
import { usePlaces } from './usePlaces.ts'
import type { SpeedDial } from './useSpeedDial.ts'
import { useSpeedDial } from './useSpeedDial.ts'

type Props = { readonly number: string; readonly onClose: () => void }

const longest = 40
const mostLast = 3

export const DialBox = ({ number, onClose }: Props) => {
  const t = useText().keypad
  const { settings } = useWorkplace()
  const en = settings.language === 'en'
  const { read, dial } = useDial()
  const places = usePlaces()
  const free = useWorkstation(mayDial)
  const [typed, setTyped] = useState(number.slice(0, longest))
  const [tried, setTried] = useState(false)
  const hint = useId()
  const answer = read(typed)
  // While it is being typed a number is not wrong yet, only not complete; a forbidden one will not get better.
  const wrong = !answer.ok && (tried || answer.problem === 'forbidden')
  const speedDial = useSpeedDial()
  const found = speedDial.find(typed)
  // Digits that fit nothing are an outside number on its way; words that fit nothing are said to.
  const shown = found.length === 0 && /^[\d\s+*#-]*$/.test(typed) ? speedDial.all : found
  const searching = !answer.ok && answer.problem === 'letters' && found.length > 0
  const call = () => {
    if (searching && found[0]) return setTyped(found[0].number)
    setTried(true)
    if (free && dial(typed).ok) onClose()
  }
  const place = answer.ok ? placeOf(answer.plain, places) : null
  // [DIAL-13] What goes out is read before it goes.
  const word = searching
    ? t.speed.choose(found.length)
    : answer.ok || wrong
      ? sayDial(t, answer, en, place)
      : t.hint
  return (
    <Panel label={t.dialTitle} width={560} onClose={onClose}>
      <div className={styles.columns}>
        <div className={styles.keys}>
          <Input
            data-first=""
            aria-label={t.number}
            aria-describedby={hint}
            aria-invalid={wrong}
            {...(wrong ? { status: 'error' as const } : {})}
            size="large"
            inputMode="tel"
            autoComplete="off"
            maxLength={longest}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setTried(false)
            }}
            onKeyDown={(event) => {
              if (isEnter(event.nativeEvent)) call()
            }}
            suffix={
              <Button
                type="text"
                size="small"
                aria-label={t.back}
                disabled={typed === ''}
                icon={<Delete size={17} aria-hidden="true" />}
                onClick={() => setTyped((now) => now.slice(0, -1))}
              />
            }
          />
          <output id={hint} className={wrong ? styles.wrong : styles.hint}>
            {free ? word : t.notFree}
          </output>
          <DigitKeys
            press={(digit) => setTyped((now) => (now + digit).slice(0, longest))}
            disabled={['*', '#']}
          />
          <Button
            type="primary"
            block
            className={styles.dial ?? ''}
            disabled={!free}
            icon={<Phone size={16} fill="currentColor" aria-hidden="true" />}
            onClick={call}
          >
            {t.dial}
          </Button>
        </div>
        <Choices
          typed={typed}
          shown={shown}
          speedDial={speedDial}
          onChoose={(each) => setTyped(each.number)}
          onDialled={onClose}
        />
      </div>
    </Panel>
  )
}

type ChoicesProps = {
  readonly typed: string
  readonly shown: readonly SpeedNumber[]
  readonly speedDial: SpeedDial
  readonly onChoose: (number: SpeedNumber) => void
  readonly onDialled: () => void
}

/** Numbers one need not type: those dialled last, which go out at once, and departments and short numbers. */
const Choices = ({ typed, shown, speedDial, onChoose, onDialled }: ChoicesProps) => {
  const text = useText()
  const t = text.keypad
  const { clock } = useWorkplace()
  const { dialled } = useCallLists()
  const free = useWorkstation(mayDial)
  const { dial } = useDial()
  return (
    <div className={styles.choices}>
      {dialled.length === 0 ? null : (
        <>
          <h3>{t.speed.last}</h3>
          <ul className={styles.last} aria-label={t.speed.last}>
            {dialled.slice(0, mostLast).map((call) => (
              <li key={call.id}>
                <button
                  type="button"
                  disabled={!free}
                  aria-label={t.speed.again(call.callerName ?? maskNumber(call.number))}
                  onClick={() => {
                    if (dial(call.number, call.callerName).ok) onDialled()
                  }}
                >
                  <span>{call.callerName ?? maskNumber(call.number)}</span>
                  <small title={outcomeWord(call, text)}>
                    {timeOrDay(call.offeredAt, clock.now())}·{outcomeWord(call, text)}
                  </small>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t.speed.title}</h3>
      <SpeedDialList
        label={t.speed.title}
        shown={shown}
        speedDial={speedDial}
        chosen={typed}
        onChoose={onChoose}
      />
    </div>
  )
}
