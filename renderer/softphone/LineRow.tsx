// A line in hand: who it is, for how long, how it sounds, and what can be done about it.
import { ArrowDownLeft, ArrowUpRight, ArrowLeftRight } from 'lucide-react'
import type { Call } from '../../core/softphone/call.ts'
import { isConnected } from '../../core/softphone/call.ts'
import { shownMs } from '../../core/softphone/callTime.ts'
import { useTick } from '../app/ticker.ts'
import { QualityBars } from '../kit/QualityBars.tsx'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { qualityLevel, qualityWord, stateWord } from './callWords.ts'
import { Controls } from './Controls.tsx'
import { HangUp } from './HangUp.tsx'
import { LineAside } from './LineAside.tsx'
import { MaskedNumber } from './MaskedNumber.tsx'
import line from './LineRow.module.css'
import styles from './Row.module.css'

const arrows = { inbound: ArrowDownLeft, outbound: ArrowUpRight, internal: ArrowLeftRight }

type Props = { readonly call: Call; readonly second: Call | null }

export const LineRow = ({ call, second }: Props) => {
  const { session } = useWorkplace()
  const practice = session.sip?.practice ?? false
  return (
    <div
      className={`${styles.row} ${styles.line} ${practice ? styles.striped : ''} ${line.row}`}
      data-crowded={second !== null}
    >
      <Party call={call} />
      <LineClock call={call} />
      <LineAside call={call} second={second} />
      <span className={styles.space} />
      <Controls call={call} />
      <span className={line.divider} aria-hidden="true" />
      <HangUp call={call} />
    </div>
  )
}

const Party = ({ call }: { readonly call: Call }) => {
  const t = useText().softphone
  const Arrow = arrows[call.direction]
  const facts = [
    call.place,
    call.queue,
    call.madeFor === null ? t.direction[call.direction] : t.consult,
    call.passedBy === null ? null : t.passedBy(call.passedBy),
    call.queuedMs === null ? null : t.waited(span(call.queuedMs)),
  ].filter((fact) => fact !== null)
  return (
    <div className={styles.party}>
      <div className={styles.who}>
        <Arrow size={17} className={styles.arrow} aria-hidden="true" />
        <span className={styles.number}>
          <MaskedNumber number={call.number} callId={call.id} />
        </span>
        {call.name === null ? null : (
          <span className={styles.name} title={call.name}>
            {call.name}
          </span>
        )}
      </div>
      <div className={styles.facts}>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </div>
    </div>
  )
}

const LineClock = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const t = text.softphone
  const tick = useTick()
  return (
    <div className={styles.clock}>
      <span className={styles.timer} role="timer" aria-label={t.timer}>
        {span(shownMs(call, tick))}
      </span>
      <span className={styles.under}>
        {call.phase.is === 'held' ? (
          call.madeFor === null ? (
            t.heldNote
          ) : (
            t.otherWaits(t.asked)
          )
        ) : isConnected(call) ? (
          <>
            <QualityBars level={qualityLevel(call.quality)} />
            {qualityWord(t, call.quality)}
          </>
        ) : (
          stateWord(text, call)
        )}
      </span>
    </div>
  )
}
