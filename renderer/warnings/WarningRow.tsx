// The second row of the duty leader's bar, always there: quiet, or red with the warning that rings until somebody signs.
import { BellOff, Check, Siren } from 'lucide-react'
import { useCallback, useEffect } from 'react'
import type { WarningEvent } from '../../contract/warnings.ts'
import { go, useRoute } from '../app/route.ts'
import { useNow } from '../app/ticker.ts'
import { useKeys } from '../app/useKeys.ts'
import { dayAndTime, span } from '../kit/time.ts'
import { BarButton } from '../softphone/BarButton.tsx'
import bar from '../softphone/CallBar.module.css'
import row from '../softphone/Row.module.css'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { useAct, useWatched } from './useWatched.ts'
import { useLevelName } from './useLevelName.ts'
import styles from './WarningRow.module.css'

export const WarningRow = () => {
  const { warnings: words } = useText()
  const { events, at, problem, deafSince } = useWatched()
  const ringing = events.filter((event) => event.rings)
  const { rest: chosen } = useRoute()
  // The one that is looked at, so that the key means the same in both places.
  const first = ringing.find(({ id }) => id === chosen) ?? ringing[0]
  return (
    <div className={bar.place}>
      {first ? (
        <Ringing event={first} more={ringing.length - 1} />
      ) : deafSince !== null ? (
        <Deaf since={deafSince} why={problem} />
      ) : (
        <div className={`${row.row} ${row.quiet}`}>
          <Check size={20} aria-hidden="true" />
          <span>{problem ?? (at === null ? '' : words.page.quiet)}</span>
        </div>
      )}
    </div>
  )
}

const Deaf = ({ since, why }: { readonly since: number; readonly why: string | null }) => {
  const { warnings: words } = useText()
  const now = useNow()
  return (
    <div className={`${row.row} ${styles.red}`}>
      <BellOff size={22} aria-hidden="true" />
      <div className={styles.words} role="alert">
        <strong>{words.page.deaf(dayAndTime(since, now))}</strong>
        <span className={styles.second}>{[words.page.deafTodo, why].filter(Boolean).join('·')}</span>
      </div>
    </div>
  )
}

type Props = { readonly event: WarningEvent; readonly more: number }

const Ringing = ({ event, more }: Props) => {
  const { warnings: words } = useText()
  const { onCommand, notices } = useWorkplace()
  const keys = useKeys()
  const act = useAct()
  const nameOf = useLevelName()
  const now = useNow()
  const employer = event.employer || words.page.noEmployer
  const sign = useCallback(() => {
    go('warnings', event.id)
    void act(event.id, { do: 'sign', level: event.level }).then((answer) => {
      if (!answer.ok) notices.tell(words.page.notDone(answer.problem.text), true)
    })
  }, [act, event.id, event.level, notices, words])
  useEffect(() => onCommand('warn', sign), [onCommand, sign])
  return (
    <div className={`${row.row} ${styles.red}`}>
      <span className={styles.disc}>
        <Siren size={22} aria-hidden="true" />
      </span>
      <div className={styles.words} role="alert">
        <strong>{words.page.ringsAt(employer, nameOf(event.level))}</strong>
        <span className={styles.second}>
          {[
            event.people === null ? null : words.count(event.people),
            event.cause || null,
            more > 0 ? words.page.moreRing(more) : null,
          ]
            .filter(Boolean)
            .join('·')}
        </span>
      </div>
      <span className={styles.timer} role="timer" aria-label={words.page.state.open}>
        {words.page.waits(span(now - event.rangSince))}
      </span>
      <BarButton word={words.page.see} look="line" size="large" onClick={() => go('warnings', event.id)} />
      <BarButton word={words.page.sign} keys={keys.warn} look="strong" size="large" onClick={sign} />
    </div>
  )
}
