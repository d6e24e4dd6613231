// How a ring looks, whoever fills it in: the row is gold, answering is the one filled button. Takes no focus and moves nothing.
import { Bell, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import ring from './RingRow.module.css'
import styles from './Row.module.css'

type Props = {
  readonly number: ReactNode
  /** null: nobody knows it. */
  readonly name: ReactNode
  readonly facts: ReactNode
  readonly timer: ReactNode
  readonly under: ReactNode
  readonly swings: boolean
}

export const RingFace = ({ number, name, facts, timer, under, swings }: Props) => {
  const text = useText()
  const keys = useKeys()
  const { session, runCommand } = useWorkplace()
  return (
    <div className={`${styles.row} ${session.sip?.practice ? styles.stripes : styles.gold} ${ring.row}`}>
      <span className={`${styles.disc} ${ring.bell} ${swings ? ring.swings : ''}`}>
        <Bell size={22} fill="currentColor" aria-hidden="true" />
      </span>
      <div className={styles.party}>
        <div className={styles.who}>
          <span className={styles.number}>{number}</span>
          {name === null ? null : <span className={styles.name}>{name}</span>}
        </div>
        <div className={styles.facts}>{facts}</div>
      </div>
      <div className={styles.clock}>
        <span className={styles.timer} role="timer" aria-label={text.seat.phase.ringing}>
          {timer}
        </span>
        <span className={styles.under}>{under}</span>
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
