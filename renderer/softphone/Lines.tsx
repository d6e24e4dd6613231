// My lines, for the desk's left column: each live call, and the free line to dial on. Selecting one puts it in the bar.
import { ArrowDownLeft, ArrowUp, Bell, Pause, Phone, Plus } from 'lucide-react'
import { maskNumber } from '../../core/privacy/mask.ts'
import { mayDial } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import { shownMs } from '../../core/softphone/callTime.ts'
import { isJoined } from '../../core/softphone/lines.ts'
import { liveCalls } from '../../core/workstation.ts'
import { useTick } from '../app/ticker.ts'
import { Card } from '../kit/Card.tsx'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { useBarPanel } from './barPanel.ts'
import { stateWord } from './callWords.ts'
import styles from './Lines.module.css'

const icons = {
  ringing: Bell,
  answering: ArrowDownLeft,
  dialling: ArrowUp,
  talking: Phone,
  held: Pause,
  ended: Phone,
}

export const Lines = () => {
  const t = useText().softphone
  const state = useWorkstation((each) => each)
  const free = useWorkstation(mayDial)
  const { show } = useBarPanel()
  const lines = liveCalls(state)
  return (
    <Card title={t.myLines} flush>
      <ul className={styles.list}>
        {lines.map((call) => (
          <Line
            key={call.id}
            call={call}
            selected={call.id === state.selected}
            joined={isJoined(state, call.id)}
          />
        ))}
        <li>
          <button
            type="button"
            className={styles.free}
            disabled={!free}
            onClick={() => show({ is: 'dial', number: '' })}
          >
            <Plus size={15} aria-hidden="true" />
            {lines.length > 1 ? t.freeLineBusy : t.freeLine}
          </button>
        </li>
      </ul>
    </Card>
  )
}

type LineProps = { readonly call: Call; readonly selected: boolean; readonly joined: boolean }

const Line = ({ call, selected, joined }: LineProps) => {
  const text = useText()
  const { store, stamp } = useWorkplace()
  const tick = useTick()
  const Icon = icons[call.phase.is]
  const number = call.number === '' ? text.softphone.withheld : maskNumber(call.number)
  const word = stateWord(text, call)
  const rings = call.phase.is === 'ringing'
  const fill = rings || call.phase.is === 'talking' ? 'currentColor' : 'none'
  const consult = call.madeFor === null ? null : text.softphone.consult
  const facts = [joined ? text.softphone.threeWay : word, consult, call.name, call.place, call.queue]
    .filter((fact) => fact !== null)
    .join('·')
  return (
    <li>
      <button
        type="button"
        className={`${styles.line} ${selected ? styles.selected : ''} ${rings ? styles.rings : ''}`}
        aria-pressed={selected}
        // A ringing line is taken with the answer key; choosing it must not hide the one in hand.
        disabled={rings && !selected}
        onClick={() => store.dispatch({ type: 'lineSelected', callId: call.id, ...stamp() })}
      >
        <Icon size={15} fill={fill} aria-hidden="true" />
        <span className="unseen">{text.softphone.line}</span>
        <span className={styles.words}>
          <span className={styles.first}>
            <b>{number}</b>
            <span aria-hidden="true">{span(shownMs(call, tick))}</span>
          </span>
          <small>{facts}</small>
        </span>
      </button>
    </li>
  )
}
