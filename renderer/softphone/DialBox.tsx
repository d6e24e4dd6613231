// Dialling on a free line: a box that takes any way of writing a number and says what it will dial.
import { Button, Input } from 'antd'
import { Delete, Phone } from 'lucide-react'
import { useId, useState } from 'react'
import { mayDial } from '../../core/commands.ts'
import { placeOf } from '../../core/softphone/place.ts'
import { composes } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { DigitKeys } from './DigitKeys.tsx'
import styles from './DialBox.module.css'
import { sayDial } from './dialWords.ts'
import { Panel } from './Panel.tsx'
import { useDial } from './useDial.ts'
import { usePlaces } from './usePlaces.ts'

type Props = { readonly number: string; readonly onClose: () => void }

const longest = 40

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
  const call = () => {
    setTried(true)
    if (free && dial(typed).ok) onClose()
  }
  const place = answer.ok ? placeOf(answer.plain, places) : null
  // [DIAL-13] What goes out is read before it goes.
  const word = answer.ok || wrong ? sayDial(t, answer, en, place) : t.hint
  return (
    <Panel label={t.dialTitle} width={272} onClose={onClose}>
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
          if (event.key === 'Enter' && !composes(event.nativeEvent)) call()
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
    </Panel>
  )
}
