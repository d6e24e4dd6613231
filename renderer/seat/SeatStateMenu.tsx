// What the seat is doing and for how long; opens the menu to become ready, not ready with a reason, or to sign out.
import type { MenuProps } from 'antd'
import { Dropdown } from 'antd'
import { ChevronDown, FlaskConical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Reference } from '../../contract/reference.ts'
import { notReadyEvent } from '../../core/commands.ts'
import { liveCalls } from '../../core/workstation.ts'
import { useTick } from '../app/ticker.ts'
import { useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { span } from '../kit/time.ts'
import { useWaitingFiles } from '../attachments/useKept.ts'
import { useSyncStatus } from '../sync/useSyncStatus.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { SeatGlyph } from './SeatGlyph.tsx'
import styles from './SeatStateMenu.module.css'

const reasonOf = (reference: Reference, code: string | null) =>
  reference.notReadyReasons.find((reason) => reason.code === code) ?? null

export const SeatStateMenu = () => {
  const t = useText().seat
  const keys = useKeys()
  const { reference, session, store, stamp, settings, runCommand, signOut } = useWorkplace()
  const since = useWorkstation((state) => state.since)
  const rest = useWorkstation((state) => (state.seat.is === 'signedIn' ? state.seat.rest : null))
  const onCall = useWorkstation((state) => liveCalls(state).length > 0)
  const { waiting, refused } = useSyncStatus()
  const files = useWaitingFiles()
  const tick = useTick()
  const [open, setOpen] = useState(false)
  const en = settings.language === 'en'
  const practice = session.sip?.practice ?? false

  const reason = reasonOf(reference, since.reason)
  const named = reason ? (en ? reason.en : reason.zh) : null
  const phase = since.phase === 'notReady' && named ? `${t.phase.notReady}·${named}` : t.phase[since.phase]
  const word = practice ? t.practice(phase) : phase
  const waits = since.phase !== 'ready' && since.phase !== 'notReady' && since.phase !== 'linkLost'

  const choose: MenuProps['onClick'] = ({ key }) => {
    setOpen(false)
    if (key === 'signOut') void signOut()
    else if (key === 'ready') runCommand('ready')
    else {
      const event = notReadyEvent(store.read(), key.slice(3), stamp())
      if (event) store.dispatch(event)
    }
  }
  const chosen = rest?.is === 'notReady' ? `no-${rest.reason}` : rest ? 'ready' : ''
  const items: MenuProps['items'] = [
    {
      key: 'ready',
      label: (
        <Row icon={<SeatGlyph phase="ready" size={24} />} word={t.ready} note={t.readyNote}>
          <KeyCap keys={keys.ready} />
        </Row>
      ),
    },
    {
      key: 'reasons',
      type: 'group',
      label: waits ? `${t.notReady}·${t.later}` : t.notReady,
      children: reference.notReadyReasons
        .filter((each) => each.active && !each.automatic)
        .toSorted((a, b) => a.sort - b.sort)
        .map((each) => ({
          key: `no-${each.code}`,
          label: (
            <Row
              icon={<SeatGlyph phase="notReady" reason={each.glyph} size={24} />}
              word={en ? each.en : each.zh}
              note={each.maxMinutes ? t.minutes(each.maxMinutes) : ''}
            />
          ),
        })),
    },
    { type: 'divider' },
    {
      key: 'signOut',
      disabled: onCall,
      label: (
        <Row
          icon={<SeatGlyph phase="signedOut" size={24} />}
          word={t.signOut}
          // [F68] What has not reached the centre is said before one leaves.
          note={onCall ? t.signOutLater : t.signOutNote(waiting + refused, files)}
        />
      ),
    },
  ]
  return (
    <Dropdown
      menu={{ items, onClick: choose, selectedKeys: [chosen] }}
      trigger={['click']}
      open={open}
      onOpenChange={setOpen}
      // The agent opened the menu: the arrow keys belong to it.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      classNames={{ root: styles.menu ?? '' }}
    >
      <button type="button" className={styles.pill} aria-haspopup="menu" aria-expanded={open}>
        {practice ? (
          <FlaskConical size={17} aria-hidden="true" />
        ) : (
          <SeatGlyph phase={since.phase} reason={reason?.glyph ?? null} size={17} bare />
        )}
        <span className="unseen">{t.menu}</span>
        <b>{word}</b>
        {/* The timer is silent: a name that changes every second would be read out again and again. */}
        <span className={styles.timer} aria-hidden="true">
          {span(tick - since.tick)}
        </span>
        <span className={styles.switch}>
          {t.switchState}
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      </button>
    </Dropdown>
  )
}

type RowProps = {
  readonly icon: ReactNode
  readonly word: string
  readonly note: string
  readonly children?: ReactNode
}

const Row = ({ icon, word, note, children }: RowProps) => (
  <span className={styles.row}>
    {icon}
    <span>{word}</span>
    {note === '' ? null : <small>{note}</small>}
    {children}
  </span>
)
