// Beside a line in hand: who cannot hear whom, and what the agent can do about it.
import { EarOff, MicOff } from 'lucide-react'
import type { Call } from '../../core/softphone/call.ts'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import styles from './LineAside.module.css'
import type { SoundTrouble } from './soundTrouble.ts'
import { theyHearNothing } from './soundTrouble.ts'

type Props = { readonly call: Call; readonly trouble: SoundTrouble }

export const SoundAside = ({ call, trouble }: Props) => {
  const t = useText().sound
  const { phone } = useWorkplace()
  const who = call.direction === 'inbound' ? t.worker : t.other
  const theirs = theyHearNothing(trouble)
  const what = theirs ? t.cannotHearUs(who) : t.cannotHearThem(who)
  const named = trouble.is === 'earAsks' && trouble.label !== ''
  const todo = named ? t.onlyLeft(trouble.label) : t.todo[trouble.is]
  const Icon = theirs ? MicOff : EarOff
  return (
    <div className={`${styles.aside} ${styles.gold}`} data-trouble role="alert">
      <Icon size={16} aria-hidden="true" />
      <span className={styles.word} title={todo}>
        <b>{what}</b>
        <small>{todo}</small>
      </span>
      {trouble.is === 'earAsks' ? (
        <BarButton
          word={t.hearIt}
          title={named ? t.hearOn(trouble.label) : t.hearHere}
          look="strong"
          size="small"
          onClick={() => phone.hearOn(trouble.id)}
        />
      ) : (
        <span className={styles.spare}>
          <BarButton word={t.checkSound} look="line" size="small" onClick={() => go('settings')} />
        </span>
      )}
    </div>
  )
}
