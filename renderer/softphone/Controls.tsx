// The keys of a line in hand: mute, hold, keypad, transfer, consult, three-way. What they do and when is core/commands.ts.
import { ArrowRightLeft, Grid3x3, MessagesSquare, Mic, MicOff, Pause, Play, Undo2, Users } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLayoutEffect } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { Command, CommandName } from '../../core/commands.ts'
import { commands, handOverEvent, hangUpEvent } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import { isConnected } from '../../core/softphone/call.ts'
import { willBe } from '../../core/softphone/holding.ts'
import { consultFor, handOverPair, isJoined, passingOf } from '../../core/softphone/lines.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import type { BarPanel } from './barPanel.ts'
import { noPanel, useBarPanel } from './barPanel.ts'
import styles from './Controls.module.css'
import { Keypad } from './Keypad.tsx'
import { RecordingLight } from './RecordingLight.tsx'
import { Transfer } from './Transfer.tsx'

/** What these keys do beyond dispatching their command: they open panels, or go on with the two lines there are. */
const useControlKeys = (callId: CallId, live: boolean) => {
  const { store, stamp, onCommand } = useWorkplace()
  const { panel, show } = useBarPanel()
  // [KEY-14] With the row, not some time after it was drawn.
  useLayoutEffect(() => {
    const toggle = (is: 'keypad' | 'transfer' | 'consult') => show(panel.is === is ? noPanel : { is, callId })
    const transfer = () => {
      if (!handOverPair(store.read())) return toggle('transfer')
      const event = handOverEvent(store.read(), stamp())
      if (event) store.dispatch(event)
    }
    const consult = () => {
      const state = store.read()
      const call = state.calls.find((each) => each.id === state.selected)
      const asked = call ? consultFor(state, call) : null
      if (asked) store.dispatch(hangUpEvent(asked.id, null, stamp()))
      else toggle('consult')
    }
    const offers = [
      onCommand('consult', consult),
      ...(live ? [onCommand('keypad', () => toggle('keypad')), onCommand('transfer', transfer)] : []),
    ]
    return () => {
      for (const withdraw of offers) withdraw()
    }
  }, [callId, live, onCommand, panel.is, show, store, stamp])
}

export const Controls = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const t = text.softphone
  const { runCommand } = useWorkplace()
  const state = useWorkstation((each) => each)
  const { panel, show } = useBarPanel()
  const words = text.keys.commands
  const held = willBe(call) === 'held'
  const live = isConnected(call)
  const pair = handOverPair(state)
  const consult = consultFor(state, call)
  const joined = isJoined(state, call.id)
  useControlKeys(call.id, live)
  const close = () => show(noPanel)
  const key = (name: CommandName, shown: Pick<KeyProps, 'words' | 'icon' | 'on'> & Partial<KeyProps>) => {
    const command: Command = commands[name]
    return <Key name={name} may={command.may(state)} press={runCommand} {...shown} />
  }
  return (
    <fieldset className={styles.keys} aria-label={t.controls}>
      {live && call.recording ? <RecordingLight recording={call.recording} /> : null}
      {key('mute', {
        words: inTurn(call.muted, t.unmute, words.mute),
        icon: call.muted ? MicOff : Mic,
        on: call.muted,
      })}
      {key('hold', { words: inTurn(held, t.resume, words.hold), icon: held ? Play : Pause, on: held })}
      {key('keypad', {
        words: [words.keypad],
        icon: Grid3x3,
        on: panel.is === 'keypad',
        may: live,
        children: live && panel.is === 'keypad' ? <Keypad call={call} onClose={close} /> : null,
      })}
      {key('transfer', {
        words: inTurn(pair !== null, t.handOver, words.transfer),
        icon: ArrowRightLeft,
        on: panel.is === 'transfer' || (live && passingOf(state, call) !== null),
        title: pair ? t.handOverNote : undefined,
        children:
          live && !pair && isPlaces(panel) ? <Transfer call={call} first={panel.is} onClose={close} /> : null,
      })}
      {key('consult', {
        words: inTurn(consult !== null, t.backToCaller, words.consult),
        icon: consult ? Undo2 : MessagesSquare,
        on: panel.is === 'consult' || consult !== null,
        title: consult ? t.backToCallerNote : undefined,
      })}
      {key('threeWay', {
        words: inTurn(joined, t.leaveThreeWay, words.threeWay),
        icon: Users,
        on: joined,
        title: t.threeWayNote,
      })}
    </fieldset>
  )
}

/** What a key says now, and what it says at other times. */
type Words = readonly [now: string, other?: string]

const inTurn = (on: boolean, whenOn: string, whenOff: string): Words =>
  on ? [whenOn, whenOff] : [whenOff, whenOn]

const isPlaces = (panel: BarPanel): panel is BarPanel & { readonly is: 'transfer' | 'consult' } =>
  panel.is === 'transfer' || panel.is === 'consult'

type KeyProps = {
  readonly name: CommandName
  readonly words: Words
  readonly icon: LucideIcon
  readonly on: boolean
  readonly may: boolean
  readonly press: (name: CommandName) => void
  readonly title?: string | undefined
  readonly children?: ReactNode
}

const Key = ({ name, words: [word, other], icon: Icon, on, may, press, title, children }: KeyProps) => {
  const keys = useKeys()
  return (
    <span className={styles.place}>
      <button
        type="button"
        className={`${styles.key} ${on ? styles.on : ''}`}
        data-other={other}
        disabled={!may}
        title={title}
        aria-keyshortcuts={ariaKeys(keys[name])}
        onClick={() => press(name)}
      >
        <span className={styles.word}>
          <Icon size={15} aria-hidden="true" className={styles.glyph} />
          {word}
        </span>
        <KeyCap keys={keys[name]} />
      </button>
      {children}
    </span>
  )
}
