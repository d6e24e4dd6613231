// A call rings: the row turns gold, answering is the one filled button. Takes no focus and moves nothing.
import { Bell, Phone } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Call } from '../../core/softphone/call.ts'
import { useTick } from '../app/ticker.ts'
import { useKeys } from '../app/useKeys.ts'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import { MaskedNumber } from './MaskedNumber.tsx'
import ring from './RingRow.module.css'
import styles from './Row.module.css'

export const RingRow = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const keys = useKeys()
  const t = text.softphone
  const { reference, session, runCommand, soon } = useWorkplace()
  const tick = useTick()
  // What moves gets a layer of its own from the browser; the ring is shown before that.
  const [swings, setSwings] = useState(false)
  useEffect(() => soon(() => setSwings(true)), [soon])
  const practice = session.sip?.practice ?? false
  const facts = [
    practice ? t.practice.ringing : null,
    call.place,
    call.queue,
    call.queuedMs === null ? null : t.queued(span(call.queuedMs)),
  ].filter((fact) => fact !== null)
  return (
    <div className={`${styles.row} ${practice ? styles.stripes : styles.gold} ${ring.row}`}>
      <span className={`${styles.disc} ${ring.bell} ${swings ? ring.swings : ''}`}>
        <Bell size={22} fill="currentColor" aria-hidden="true" />
      </span>
      <div className={styles.party}>
        <div className={styles.who}>
          <span className={styles.number}>
            <MaskedNumber number={call.number} />
          </span>
          {call.name === null ? null : <span className={styles.name}>{call.name}</span>}
        </div>
        <div className={styles.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
      </div>
      <div className={styles.clock}>
        <span className={styles.timer} role="timer" aria-label={text.seat.phase.ringing}>
          {span(tick - call.offeredTick)}
        </span>
        <span className={styles.under}>
          {call.autoAnswer !== null
            ? t.autoAnswer(Math.max(0, Math.ceil((call.autoAnswer.tick - tick) / 1000)))
            : // Nobody else is there in practice: a caller rings as long as the own patience lasts.
              call.queue === null || practice
              ? t.direction[call.direction]
              : t.ringLimit(reference.policy.ringSeconds)}
        </span>
      </div>
      <span className={styles.space} />
      <BarButton
        word={text.keys.commands.reject}
        keys={keys.reject}
        look="line"
        size="large"
        onClick={() => runCommand('reject')}
      />
      <BarButton
        word={text.keys.commands.answer}
        keys={keys.answer}
        look="strong"
        size="large"
        icon={<Phone size={20} fill="currentColor" aria-hidden="true" />}
        onClick={() => runCommand('answer')}
      />
    </div>
  )
}
