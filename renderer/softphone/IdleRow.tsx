// No line in hand: what the seat is waiting for, and how to leave that state or to dial. In practice it says so, big.
import { FlaskConical, Grid3x3, PhoneIncoming, PhoneOutgoing } from 'lucide-react'
import type { CallRecord } from '../../contract/softphone.ts'
import { mayDial } from '../../core/commands.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { wasTurnedAway } from '../../core/softphone/callEnd.ts'
import { useTick } from '../app/ticker.ts'
import { useKeys } from '../app/useKeys.ts'
import { SeatGlyph } from '../seat/SeatGlyph.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { useCallLists } from '../wrapup/callLists.ts'
import { BarButton } from './BarButton.tsx'
import { useBarPanel } from './barPanel.ts'
import { whyUnreached } from './callWords.ts'
import { linkName } from './linkName.ts'
import styles from './Row.module.css'

export const IdleRow = () => {
  const text = useText()
  const keys = useKeys()
  const t = text.softphone
  const { session, reference, settings, runCommand, signOut } = useWorkplace()
  const since = useWorkstation((state) => state.since)
  const link = useWorkstation((state) => state.phone)
  const free = useWorkstation(mayDial)
  const { panel } = useBarPanel()
  const practice = session.sip?.practice ?? false
  const { newcomer } = session
  const reason = reference.notReadyReasons.find((each) => each.code === since.reason)
  const connecting = link.link === 'connecting'
  const notReady = since.phase === 'notReady'
  // [SEAT-12] After a reload there is no row of the ended call any more.
  const writes = since.phase === 'wrapup'

  const { next, last } = useCallLists()
  const lastWord = useLastWord(last)

  const title = notReady
    ? `${text.seat.phase.notReady}${reason ? `·${settings.language === 'en' ? reason.en : reason.zh}` : ''}`
    : writes
      ? text.seat.phase.wrapup
      : connecting
        ? text.phoneLink.state[linkName(link)].badge
        : practice
          ? t.practice.title
          : t.idle
  const note =
    lastWord ??
    (notReady
      ? t.notReadyNote
      : writes
        ? t.wrapupNote
        : connecting
          ? text.phoneLink.state.connecting.todo
          : practice
            ? t.practice.note
            : t.idleNote(keys.answer, keys.keypad))
  return (
    <div className={`${styles.row} ${practice ? styles.stripes : styles.quiet}`}>
      <span className={styles.disc}>
        {practice ? (
          <FlaskConical size={21} aria-hidden="true" />
        ) : notReady || writes ? (
          <SeatGlyph phase={since.phase} reason={reason?.glyph ?? null} size={21} bare />
        ) : (
          <PhoneIncoming size={20} aria-hidden="true" />
        )}
      </span>
      <div className={styles.party}>
        <span className={styles.title}>{title}</span>
        <span className={styles.note}>{note}</span>
      </div>
      <span className={styles.space} />
      {notReady || writes ? (
        <BarButton
          word={text.keys.commands.ready}
          keys={keys.ready}
          look={practice ? 'line' : 'plain'}
          onClick={() => runCommand('ready')}
        />
      ) : null}
      {next === null ? null : (
        <BarButton
          word={t.callBack(next.callerName ?? maskNumber(next.number))}
          icon={<PhoneOutgoing size={16} aria-hidden="true" />}
          keys={keys.callBack}
          look={practice ? 'line' : 'plain'}
          disabled={!free}
          onClick={() => runCommand('callBack')}
        />
      )}
      <BarButton
        word={text.keys.commands.keypad}
        icon={<Grid3x3 size={16} aria-hidden="true" />}
        keys={keys.keypad}
        look={practice ? 'line' : 'plain'}
        disabled={link.link !== 'registered'}
        expanded={panel.is === 'dial'}
        onClick={() => runCommand('keypad')}
      />
      {newcomer ? <BarButton word={t.practice.leave} look="strong" onClick={() => void signOut()} /> : null}
    </div>
  )
}

const saidForMs = 120_000

/** [CALL-13] A call that came to nothing has no form and no row of its own: for a while the note says what it was. */
const useLastWord = (last: CallRecord | null): string | null => {
  const text = useText()
  const { clock } = useWorkplace()
  useTick()
  if (last === null || last.outcome === 'answered' || last.outcome === 'interrupted') return null
  if (clock.now() - last.endedAt > saidForMs) return null
  const t = text.softphone
  const who = last.number === '' ? t.withheld : maskNumber(last.number)
  const outcome = wasTurnedAway(last.endCause) ? t.engaged : t.outcome[last.outcome]
  return t.lastCall(who, outcome, whyUnreached(text, last) ?? '')
}
