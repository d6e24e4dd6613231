// What may come up beside a line in hand: another call ringing, nothing heard, or the PBX gone. The most pressing one.
import { Bell, EarOff, Unplug } from 'lucide-react'
import type { Call } from '../../core/softphone/call.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { go } from '../app/route.ts'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import styles from './LineAside.module.css'
import { useLinkWord } from './useLinkWord.ts'

type Props = { readonly call: Call; readonly second: Call | null }

export const LineAside = ({ call, second }: Props) => {
  const text = useText()
  const keys = useKeys()
  const t = text.softphone
  const { runCommand } = useWorkplace()
  const link = useWorkstation((state) => state.phone.link)
  const away = useLinkWord()
  if (second)
    return (
      <div className={`${styles.aside} ${styles.gold}`}>
        <Bell size={16} fill="currentColor" aria-hidden="true" />
        <span className={styles.word} title={t.secondCall}>
          <small>{t.secondCall}</small>
          <b>{second.number === '' ? t.withheld : maskNumber(second.number)}</b>
        </span>
        <span className={styles.spare}>
          <BarButton
            word={text.keys.commands.reject}
            look="line"
            size="small"
            onClick={() => runCommand('reject')}
          />
        </span>
        <BarButton
          word={text.keys.commands.answer}
          keys={keys.answer}
          look="strong"
          size="small"
          onClick={() => runCommand('answer')}
        />
      </div>
    )
  if (call.quality && !call.quality.heard)
    return (
      <div className={`${styles.aside} ${styles.gold}`} role="alert">
        <EarOff size={16} aria-hidden="true" />
        <span className={styles.word} title={t.unheard}>
          <b>{t.quality.unheard}</b>
        </span>
        <BarButton word={t.checkSound} look="line" size="small" onClick={() => go('settings')} />
      </div>
    )
  if (link !== 'registered')
    return (
      <output className={`${styles.aside} ${styles.slate}`}>
        <Unplug size={16} aria-hidden="true" />
        <span className={styles.word} title={text.phoneLink.cutNote}>
          <b>{away}</b>
        </span>
      </output>
    )
  return null
}
