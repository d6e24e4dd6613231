// To a department, a short number or a seat: put the call through at once (the agent leaves it then). To these and any
// other number: ask there first while the caller waits.
import { Button, Input } from 'antd'
import { Star } from 'lucide-react'
import { useId, useState } from 'react'
import { mayConsult } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import type { SpeedNumber } from '../../core/softphone/speedDial.ts'
import { isEnter } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { Panel } from './Panel.tsx'
import { sayDial } from './dialWords.ts'
import styles from './Transfer.module.css'
import { useDial } from './useDial.ts'
import { useSpeedDial } from './useSpeedDial.ts'

type Props = {
  readonly call: Call
  /** What Enter and the filled button do. */
  readonly first: 'transfer' | 'consult'
  readonly onClose: () => void
}

export const Transfer = ({ call, first, onClose }: Props) => {
  const t = useText().keypad
  const { settings, store, stamp, newCallId } = useWorkplace()
  const free = useWorkstation(mayConsult)
  const { read, listed } = useDial()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const hint = useId()
  const { favourites, find } = useSpeedDial()
  const nameOf = ({ zh, en }: SpeedNumber) => (settings.language === 'en' ? en : zh)
  // [DIAL-14] What is typed narrows the list, favourites first; a number on its way to be complete leaves it whole.
  const all = find('')
  const found = find(typed)
  const places = found.length === 0 && /^[\d\s+-]*$/.test(typed) ? all : found
  const answer = read(typed)
  const chosen = all.find((place) => place.number === typed)
  const searching = !answer.ok && answer.problem === 'letters' && found.length > 0
  const wrong = !answer.ok && tried && typed !== ''
  const name = chosen ? nameOf(chosen) : null
  const noWorker = answer.ok && (answer.internal || listed(answer.plain))
  // [CALL-22] Somebody who may be a worker is asked first.
  const stranger = answer.ok && !noWorker
  const may = { transfer: !stranger && call.passing === null, consult: free }
  const send = (how: 'transfer' | 'consult') => {
    // Enter first chooses, then puts through: nobody goes to whom the agent has not read.
    if (searching && found[0]) return setTyped(found[0].number)
    setTried(true)
    if (!answer.ok || !may[how]) return
    const { plain: number, number: dial, internal } = answer
    store.dispatch(
      how === 'transfer'
        ? { type: 'transferPressed', callId: call.id, number, dial, name, noWorker, ...stamp() }
        : {
            type: 'dialPressed',
            callId: newCallId(),
            number,
            dial,
            internal,
            listed: listed(number),
            name,
            madeFor: call.id,
            ...stamp(),
          },
    )
    onClose()
  }
  const shown = name ?? (answer.ok ? answer.plain : typed)
  const button = (how: 'transfer' | 'consult') => (
    <Button
      key={how}
      type={how === first ? 'primary' : 'default'}
      disabled={typed === '' || !may[how]}
      onClick={() => send(how)}
    >
      {how === 'transfer' ? t.transfer.confirm(shown) : t.transfer.ask(shown)}
    </Button>
  )
  return (
    <Panel
      label={first === 'transfer' ? t.transfer.title : t.transfer.askTitle}
      width={320}
      onClose={onClose}
    >
      <p className={styles.note}>{first === 'transfer' ? t.transfer.note : t.transfer.askNote}</p>
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
          if (isEnter(event.nativeEvent)) send(first)
        }}
      />
      <ul className={styles.places} aria-label={t.transfer.list}>
        {places.map((place) => (
          <li key={place.code}>
            <button
              type="button"
              aria-pressed={place.number === typed}
              onClick={() => setTyped(place.number)}
            >
              <span>
                {favourites.includes(place.code) ? (
                  <Star size={12} fill="currentColor" aria-hidden="true" />
                ) : null}
                {nameOf(place)}
              </span>
              <small>{place.number}</small>
            </button>
          </li>
        ))}
      </ul>
      <output id={hint} className={wrong ? styles.wrong : searching || stranger ? styles.note : 'unseen'}>
        {searching
          ? t.speed.choose(found.length)
          : wrong
            ? sayDial(t, answer, settings.language === 'en')
            : stranger
              ? t.transfer.notListed
              : ''}
      </output>
      {typed === '' ? (
        <Button type="primary" block disabled>
          {t.transfer.ready}
        </Button>
      ) : (
        <div className={styles.send}>
          {button(first)}
          {button(first === 'transfer' ? 'consult' : 'transfer')}
        </div>
      )}
    </Panel>
  )
}
