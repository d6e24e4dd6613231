// Who rings, over other programs: masked number and name, place, queue, earlier calls, and the two ways to take it.
import { Bell, Phone } from 'lucide-react'
import type { IpcInput, IpcOutput, RingShown } from '../../contract/ipc.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import styles from './RingCard.module.css'

type Props = {
  readonly ring: RingShown
  readonly keys: IpcOutput<'ring.read'>['keys']
  readonly onPress: (press: IpcInput<'ring.press'>['press']) => void
}

export const RingCard = ({ ring, keys, onPress }: Props) => {
  const text = useText()
  const t = text.ringWindow
  const facts = [
    ring.place,
    ring.queue,
    ring.queuedMs === null ? null : text.softphone.queued(span(ring.queuedMs)),
  ].filter((fact) => fact !== null)
  return (
    <main className={`${styles.card} ${ring.practice ? styles.striped : ''}`}>
      <header className={styles.head}>
        <Bell size={16} fill="currentColor" aria-hidden="true" />
        <b>
          {ring.practice
            ? text.softphone.practice.ringing
            : ring.second
              ? text.softphone.secondCall
              : t.title}
        </b>
        <button type="button" className={styles.open} onClick={() => onPress('show')}>
          {t.open}
        </button>
      </header>
      <div className={styles.who} role="alert">
        <span className={styles.number}>{ring.number}</span>
        {ring.name === null ? null : <span className={styles.name}>{ring.name}</span>}
      </div>
      <p className={styles.facts}>{facts.join(' · ')}</p>
      <p className={styles.earlier}>{ring.earlier === null ? '' : t.earlier(ring.earlier)}</p>
      <footer className={styles.foot}>
        <button type="button" className={styles.reject} onClick={() => onPress('reject')}>
          {text.keys.commands.reject}
          {keys.reject === null ? null : <KeyCap keys={keys.reject} />}
        </button>
        <button type="button" className={styles.answer} onClick={() => onPress('answer')}>
          <Phone size={18} fill="currentColor" aria-hidden="true" />
          {text.keys.commands.answer}
          {keys.answer === null ? null : <KeyCap keys={keys.answer} />}
        </button>
      </footer>
    </main>
  )
}
