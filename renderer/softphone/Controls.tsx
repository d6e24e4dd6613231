// The keys of a line in hand: mute, hold, keypad, transfer. What they do and when is core/commands.ts.
import { ArrowRightLeft, Grid3x3, Mic, MicOff, Pause, Play } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { CommandName } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import { isConnected } from '../../core/softphone/call.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { noPanel, useBarPanel } from './barPanel.ts'
import styles from './Controls.module.css'
import { Keypad } from './Keypad.tsx'
import { Transfer } from './Transfer.tsx'

export const Controls = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const { runCommand, onCommand } = useWorkplace()
  const { panel, show } = useBarPanel()
  const words = text.keys.commands
  const held = call.phase.is === 'held'
  const live = isConnected(call)
  useEffect(() => {
    const toggle = (is: 'keypad' | 'transfer') => () => show(panel.is === is ? noPanel : { is })
    const offers = live
      ? [onCommand('keypad', toggle('keypad')), onCommand('transfer', toggle('transfer'))]
      : []
    return () => {
      for (const withdraw of offers) withdraw()
    }
  }, [live, onCommand, panel.is, show])
  const close = () => show(noPanel)
  return (
    <fieldset className={styles.keys} aria-label={text.softphone.controls}>
      <Key
        name="mute"
        word={call.muted ? text.softphone.unmute : words.mute}
        icon={call.muted ? MicOff : Mic}
        on={call.muted}
        live={live}
        press={runCommand}
      />
      <Key
        name="hold"
        word={held ? text.softphone.resume : words.hold}
        icon={held ? Play : Pause}
        on={held}
        live={live}
        press={runCommand}
      />
      <Key
        name="keypad"
        word={words.keypad}
        icon={Grid3x3}
        on={panel.is === 'keypad'}
        live={live}
        press={runCommand}
      >
        {live && panel.is === 'keypad' ? <Keypad call={call} onClose={close} /> : null}
      </Key>
      <Key
        name="transfer"
        word={words.transfer}
        icon={ArrowRightLeft}
        on={panel.is === 'transfer'}
        live={live}
        press={runCommand}
      >
        {live && panel.is === 'transfer' ? <Transfer call={call} onClose={close} /> : null}
      </Key>
    </fieldset>
  )
}

type KeyProps = {
  readonly name: CommandName
  readonly word: string
  readonly icon: LucideIcon
  readonly on: boolean
  readonly live: boolean
  readonly press: (name: CommandName) => void
  readonly children?: ReactNode
}

const Key = ({ name, word, icon: Icon, on, live, press, children }: KeyProps) => {
  const keys = useKeys()
  return (
    <span className={styles.place}>
      <button
        type="button"
        className={`${styles.key} ${on ? styles.on : ''}`}
        disabled={!live}
        aria-keyshortcuts={ariaKeys(keys[name])}
        onClick={() => press(name)}
      >
        <span className={styles.word}>
          <Icon size={15} aria-hidden="true" />
          {word}
        </span>
        <KeyCap keys={keys[name]} />
      </button>
      {children}
    </span>
  )
}
