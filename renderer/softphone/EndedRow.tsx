// The line is gone, its form is not filed yet: who ended it, how long it was, and ringing back.
import { PhoneOutgoing } from 'lucide-react'
import { mayDial } from '../../core/commands.ts'
import type { Call } from '../../core/softphone/call.ts'
import { connectedMs } from '../../core/softphone/callTime.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { useKeys } from '../app/useKeys.ts'
import { SeatGlyph } from '../seat/SeatGlyph.tsx'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import { endedWord, whyWord } from './callWords.ts'
import styles from './Row.module.css'

export const EndedRow = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const keys = useKeys()
  const t = text.softphone
  const { session, runCommand } = useWorkplace()
  const free = useWorkstation(mayDial)
  const practice = session.sip?.practice ?? false
  const masked = call.number === '' ? t.withheld : maskNumber(call.number)
  const why = call.phase.is === 'ended' ? whyWord(text, call.phase.outcome, call.phase.cause) : null
  const facts = [
    masked,
    call.place,
    call.name,
    why,
    t.talked(span(connectedMs(call, 0))),
    t.wrapupNote,
  ].filter((fact) => fact !== null)
  return (
    <div className={`${styles.row} ${styles.quiet} ${practice ? styles.striped : ''}`}>
      <span className={styles.disc}>
        <SeatGlyph phase="wrapup" size={19} bare />
      </span>
      <div className={styles.party}>
        <span className={styles.title}>{endedWord(t, call)}</span>
        <div className={styles.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
      </div>
      <span className={styles.space} />
      {call.number === '' ? null : (
        <BarButton
          word={t.callBack(masked)}
          keys={keys.callBack}
          icon={<PhoneOutgoing size={16} aria-hidden="true" />}
          look="plain"
          disabled={!free}
          onClick={() => runCommand('callBack')}
        />
      )}
      <BarButton
        word={text.keys.commands.ready}
        keys={keys.ready}
        look="plain"
        onClick={() => runCommand('ready')}
      />
    </div>
  )
}
