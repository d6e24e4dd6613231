// Digits into a live call (DTMF), shown as they go out. Typed digits count while the keypad has the focus.
import type { Call } from '../../core/softphone/call.ts'
import { composes } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { DigitKeys } from './DigitKeys.tsx'
import styles from './Keypad.module.css'
import { Panel } from './Panel.tsx'

type Props = { readonly call: Call; readonly onClose: () => void }

export const Keypad = ({ call, onClose }: Props) => {
  const t = useText().keypad
  const { store, stamp } = useWorkplace()
  const press = (digits: string) =>
    store.dispatch({ type: 'digitsPressed', callId: call.id, digits, ...stamp() })
  return (
    <Panel label={t.title} width={248} onClose={onClose}>
      {/* The keys inside are buttons; this only adds the keyboard's own digits to them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        onKeyDown={(event) => {
          if (composes(event.nativeEvent) || event.repeat || event.ctrlKey || event.altKey || event.metaKey)
            return
          if (/^[0-9*#]$/.test(event.key)) press(event.key)
        }}
      >
        <output className={styles.digits} aria-label={t.pressed}>
          {call.digits === '' ? <small>{t.none}</small> : call.digits.slice(-18)}
        </output>
        <DigitKeys press={press} />
      </div>
    </Panel>
  )
}
