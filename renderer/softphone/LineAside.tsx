// What may come up beside a line in hand: another call ringing, somebody unheard, the PBX gone, whom it is being put
// through to, or the other line that waits. The most pressing one.
import { ArrowRightLeft, Bell, Pause, SignalLow, Unplug, Users } from 'lucide-react'
import type { Call } from '../../core/softphone/call.ts'
import { willBe } from '../../core/softphone/holding.ts'
import { isJoined, pairOf } from '../../core/softphone/lines.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { useKeys } from '../app/useKeys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { BarButton } from './BarButton.tsx'
import { qualityLevel } from './callWords.ts'
import styles from './LineAside.module.css'
import { SoundAside } from './SoundAside.tsx'
import { soundTrouble } from './soundTrouble.ts'
import { useLinkWord } from './useLinkWord.ts'

type Props = { readonly call: Call; readonly second: Call | null }

export const LineAside = ({ call, second }: Props) => {
  const text = useText()
  const keys = useKeys()
  const t = text.softphone
  const { runCommand } = useWorkplace()
  const link = useWorkstation((state) => state.phone.link)
  const findings = useWorkstation((state) => state.findings)
  const trouble = soundTrouble(call, findings)
  const away = useLinkWord()
  if (second)
    return (
      <div className={`${styles.aside} ${styles.gold} ${styles.second}`}>
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
  if (trouble) return <SoundAside call={call} trouble={trouble} />
  if (link !== 'registered')
    return (
      <output className={`${styles.aside} ${styles.slate}`}>
        <Unplug size={16} aria-hidden="true" />
        <span className={styles.word} title={text.phoneLink.cutNote}>
          <b>{away}</b>
        </span>
      </output>
    )
  if (call.passing?.kind === 'blind')
    return (
      <output className={`${styles.aside} ${styles.plain}`}>
        <ArrowRightLeft size={16} aria-hidden="true" />
        <span className={styles.word} title={t.passingNote}>
          <b>{t.passingTo(call.passing.name ?? maskNumber(call.passing.number))}</b>
        </span>
      </output>
    )
  // [F05] Worse than people can follow.
  if (call.phase.is === 'talking' && qualityLevel(call.quality) === 1)
    return (
      <output className={`${styles.aside} ${styles.slate}`} data-trouble>
        <SignalLow size={16} aria-hidden="true" />
        <span className={styles.word} title={t.badSoundTodo}>
          <b>{t.badSound}</b>
          <small>{t.badSoundTodo}</small>
        </span>
      </output>
    )
  return <OtherLine call={call} />
}

/** The other line: who waits there, or is in the three-way call with us. */
const OtherLine = ({ call }: { readonly call: Call }) => {
  const text = useText()
  const t = text.softphone
  const { runCommand } = useWorkplace()
  const keys = useKeys()
  const state = useWorkstation((each) => each)
  const pair = pairOf(state)
  if (!pair) return null
  const other = pair.caller.id === call.id ? pair.other : pair.caller
  const joined = isJoined(state, other.id)
  const who = other.madeFor !== null ? t.asked : other.direction === 'inbound' ? t.caller : t.line
  const word = pair.caller.passing
    ? t.handingOver
    : joined
      ? t.threeWay
      : willBe(other) === 'held'
        ? t.otherWaits(who)
        : t.otherTalks(who)
  const shown = other.name ?? (other.number === '' ? t.withheld : maskNumber(other.number))
  return (
    <div className={`${styles.aside} ${styles.plain} ${joined ? '' : styles.waits}`} data-waits={!joined}>
      {joined ? <Users size={16} aria-hidden="true" /> : <Pause size={16} aria-hidden="true" />}
      <output className={styles.word} title={`${word} ${shown}`}>
        <small>{word}</small>
        <b>{shown}</b>
      </output>
      {joined ? null : (
        <BarButton
          word={text.keys.commands.swap}
          keys={keys.swap}
          look="line"
          size="small"
          onClick={() => runCommand('swap')}
        />
      )}
    </div>
  )
}
