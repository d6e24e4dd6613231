// Blind transfer: to a department, a short number, a seat or any number. The agent leaves the call with it.
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { Reference } from '../../contract/reference.ts'
import type { Call } from '../../core/softphone/call.ts'
import { composes } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { Panel } from './Panel.tsx'
import { sayDial } from './dialWords.ts'
import styles from './Transfer.module.css'
import { useDial } from './useDial.ts'

type Place = { readonly number: string; readonly name: string }
type Props = { readonly call: Call; readonly onClose: () => void }

/** A number listed as a department is not listed a second time as a short number. */
const placesOf = (reference: Reference, en: boolean): readonly Place[] => {
  const all = listed(reference, en)
  return all.filter((place, n) => all.findIndex((each) => each.number === place.number) === n)
}

const listed = (reference: Reference, en: boolean): readonly Place[] => [
  ...reference.departments.flatMap((each) =>
    each.active && each.phone !== null ? [{ number: each.phone, name: en ? each.en : each.zh }] : [],
  ),
  ...reference.policy.shortNumbers.map((each) => ({ number: each.number, name: en ? each.en : each.zh })),
]

export const Transfer = ({ call, onClose }: Props) => {
  const t = useText().keypad
  const { reference, settings, store, stamp } = useWorkplace()
  const { read } = useDial()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const hint = useId()
  const places = placesOf(reference, settings.language === 'en')
  const answer = read(typed)
  const wrong = !answer.ok && tried && typed !== ''
  const chosen = places.find((place) => place.number === typed)
  const send = () => {
    setTried(true)
    if (!answer.ok) return
    store.dispatch({ type: 'transferPressed', callId: call.id, number: answer.number, ...stamp() })
    onClose()
  }
  return (
    <Panel label={t.transfer.title} width={320} onClose={onClose}>
      <p className={styles.note}>{t.transfer.note}</p>
      <Input
        data-first=""
        aria-label={t.transfer.to}
        aria-describedby={hint}
        aria-invalid={wrong}
        {...(wrong ? { status: 'error' as const } : {})}
        placeholder={t.hint}
        inputMode="tel"
        autoComplete="off"
        maxLength={40}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setTried(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !composes(event.nativeEvent)) send()
        }}
      />
      <ul className={styles.places} aria-label={t.transfer.list}>
        {places.map((place) => (
          <li key={`${place.number} ${place.name}`}>
            <button
              type="button"
              aria-pressed={place.number === typed}
              onClick={() => setTyped(place.number)}
            >
              <span>{place.name}</span>
              <small>{place.number}</small>
            </button>
          </li>
        ))}
      </ul>
      <output id={hint} className={wrong ? styles.wrong : 'unseen'}>
        {wrong ? sayDial(t, answer, settings.language === 'en') : ''}
      </output>
      <Button type="primary" block disabled={typed === ''} onClick={send}>
        {typed === ''
          ? t.transfer.ready
          : t.transfer.confirm(chosen?.name ?? (answer.ok ? answer.plain : typed))}
      </Button>
    </Panel>
  )
}
