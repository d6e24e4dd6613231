// One seat on the wall. Gold edge: past a limit, worth a look. Dashed: out of sight.
import type { SeatStatus } from '../../contract/seat.ts'
import { alertOf, inPhaseMs } from '../../core/wallboard/wall.ts'
import { useNow } from '../app/ticker.ts'
import { Tag } from '../kit/Tag.tsx'
import { span } from '../kit/time.ts'
import { SeatGlyph } from '../seat/SeatGlyph.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './SeatTile.module.css'

type Props = { readonly seat: SeatStatus; readonly skewMs: number }

export const SeatTile = ({ seat, skewMs }: Props) => {
  const { wallboard, seat: words } = useText()
  const { reference, session } = useWorkplace()
  const now = useNow()
  const lasts = inPhaseMs(seat, now, skewMs)
  const reason = reference.notReadyReasons.find((row) => row.code === seat.reason)
  const topic = reference.topics.find((row) => row.code === seat.topic)?.zh
  const alert = alertOf(seat, lasts, reference.policy, reference.notReadyReasons)
  const state = seat.phase === 'notReady' && reason ? reason.zh : words.phase[seat.phase]
  const note =
    alert?.is === 'longWrapup'
      ? wallboard.wrapupLong
      : alert?.is === 'longBreak'
        ? wallboard.overBreak(alert.maxMinutes)
        : seat.phase === 'linkLost'
          ? wallboard.reconnecting
          : topic
  const away = seat.phase === 'linkLost' || seat.phase === 'signedOut'
  return (
    <li
      className={`${styles.tile} ${alert ? styles.alert : ''} ${away ? styles.away : ''} ${seat.phase === 'signedOut' ? styles.out : ''}`}
      aria-label={wallboard.tile(seat.name, seat.seat, state, span(lasts))}
    >
      <SeatGlyph phase={seat.phase} reason={reason?.glyph ?? null} />
      <div className={styles.words} aria-hidden="true">
        <p className={styles.who}>
          <strong>{seat.name}</strong>
          <span className={styles.number}>{seat.seat}</span>
          {/* Since when nobody sits there is not known after the centre was started anew. */}
          {seat.phase === 'signedOut' ? null : <span className={styles.timer}>{span(lasts)}</span>}
        </p>
        <p className={styles.state}>
          <span className={styles.phase}>
            <strong>{state}</strong>
            {note === undefined ? null : <span className={alert ? styles.late : ''}>·{note}</span>}
          </span>
          {seat.takesCalls ? null : <Tag>{wallboard.noQueue}</Tag>}
          {seat.waiting > 0 ? <Tag tone="slate">{wallboard.waiting(seat.waiting)}</Tag> : null}
          {seat.practice && !session.centre.practice ? <Tag tone="gold">{wallboard.practice}</Tag> : null}
        </p>
      </div>
    </li>
  )
}
