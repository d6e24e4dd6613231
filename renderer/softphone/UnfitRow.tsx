// The seat waits and could not take a call: why not, what to do, and the keys that help. Says it before the first call.
import { HeadphoneOff } from 'lucide-react'
import { isChecking, type Unfit } from '../../core/seat/selfCheck.ts'
import { go } from '../app/route.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import styles from './Row.module.css'

export const UnfitRow = ({ unfit }: { readonly unfit: Unfit }) => {
  const t = useText().sound
  const { phone, checkSeat } = useWorkplace()
  const ear = useWorkstation((state) => state.findings.ear)
  const { what, todo } = t.unfit[unfit]
  const calm = isChecking(unfit)
  return (
    <div className={`${styles.row} ${calm ? styles.quiet : styles.gold}`}>
      <span className={styles.disc}>
        <HeadphoneOff size={20} aria-hidden="true" />
      </span>
      <div className={styles.party} role={calm ? 'status' : 'alert'}>
        <span className={styles.title}>{what}</span>
        <span className={styles.note} title={todo}>
          {todo}
        </span>
      </div>
      <span className={styles.space} />
      {unfit === 'earAsks' && ear?.is === 'asks' ? (
        <BarButton
          word={ear.label === '' ? t.hearHere : t.hearOn(ear.label)}
          look="strong"
          onClick={() => phone.hearOn(ear.id)}
        />
      ) : null}
      {calm ? null : (
        <>
          <BarButton word={t.checkAgain} look="line" onClick={checkSeat} />
          <BarButton word={t.checkSound} look="line" onClick={() => go('settings')} />
        </>
      )}
    </div>
  )
}
