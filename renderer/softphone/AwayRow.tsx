// The PBX is away and no line is in hand: what is wrong, what is safe, and the call that was cut to ring back later.
import { PhoneOutgoing, Unplug } from 'lucide-react'
import { maskNumber } from '../../core/privacy/mask.ts'
import type { Call } from '../../core/softphone/call.ts'
import { wasCut } from '../../core/wrapup/callBacks.ts'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { useCallLists } from '../wrapup/callLists.ts'
import { BarButton } from './BarButton.tsx'
import { linkName } from './linkName.ts'
import styles from './Row.module.css'
import { useLinkWord } from './useLinkWord.ts'

export const AwayRow = ({ cut }: { readonly cut: Call | null }) => {
  const text = useText()
  const keys = useKeys()
  const { session } = useWorkplace()
  const link = useWorkstation((state) => state.phone)
  const word = useLinkWord()
  const state = text.phoneLink.state[linkName(link)]
  const practice = session.sip?.practice ?? false
  const { next } = useCallLists()
  // Also when its form was put aside meanwhile.
  const number = cut?.number ?? (next && wasCut(next) ? next.number : '')
  return (
    <div className={`${styles.row} ${styles.slate} ${practice ? styles.striped : ''}`}>
      <span className={styles.disc}>
        <Unplug size={20} aria-hidden="true" />
      </span>
      <div className={styles.party}>
        <output className={styles.title}>
          {/* The count is for the eye: heard every second it would drown the call. */}
          <span className="unseen">{state.badge}</span>
          <span aria-hidden="true">{word}</span>
        </output>
        <span className={styles.note}>{`${state.what}${state.todo}`}</span>
      </div>
      <span className={styles.space} />
      {number === '' ? null : (
        <BarButton
          word={text.softphone.callBack(maskNumber(number))}
          keys={keys.callBack}
          icon={<PhoneOutgoing size={16} aria-hidden="true" />}
          look="line"
          disabled
          title={text.softphone.callBackWait}
          onClick={() => undefined}
        />
      )}
    </div>
  )
}
