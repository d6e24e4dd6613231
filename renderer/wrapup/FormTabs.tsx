// One tab per open form, and the ticks of the five elements of the form in front.
import { ArrowUp, Bell, Check, Circle, Pause, Pencil, Phone } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { fiveElementFields, fiveElements } from '../../core/wrapup/form.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkstation } from '../workplace.ts'
import type { FormSession } from './formSession.ts'
import styles from './FormTabs.module.css'
import { useForm } from './sessionContext.ts'
import type { FormStanding } from './useDesk.ts'
import { standingOf, useNameOf } from './useDesk.ts'

export const panelId = 'wrapup-panel'
const tabId = (id: CallId): string => `wrapup-tab-${id}`

type Props = {
  readonly sessions: readonly FormSession[]
  readonly front: CallId | null
  readonly onOpen: (id: CallId) => void
}

const icons: Record<FormStanding, typeof Phone> = {
  ringing: Bell,
  onCall: Phone,
  held: Pause,
  dialling: ArrowUp,
  wrapup: Pencil,
  draft: Pencil,
  correction: Pencil,
}

export const FormTabs = ({ sessions, front, onOpen }: Props) => {
  const { wrapup } = useText()
  const walk = (at: number) => {
    const next = sessions[(at + sessions.length) % sessions.length]
    if (!next) return
    onOpen(next.callId)
    document.getElementById(tabId(next.callId))?.focus()
  }
  return (
    <div role="tablist" aria-label={wrapup.tabs} className={styles.tabs}>
      {sessions.map((session, at) => (
        <Tab
          key={session.callId}
          session={session}
          chosen={session.callId === front}
          onOpen={() => onOpen(session.callId)}
          onWalk={(step) => walk(at + step)}
        />
      ))}
    </div>
  )
}

type TabProps = {
  readonly session: FormSession
  readonly chosen: boolean
  readonly onOpen: () => void
  /** The tab to the right (1) or left (-1). */
  readonly onWalk: (step: 1 | -1) => void
}

const Tab = ({ session, chosen, onOpen, onWalk }: TabProps) => {
  const { wrapup } = useText()
  const nameOf = useNameOf()
  const name = useSyncExternalStore(session.subscribe, () => nameOf(session.read()))
  const corrects = useSyncExternalStore(session.subscribe, () => session.read().refusal !== null)
  const standing = useWorkstation((state) => standingOf(state, session.callId, corrects))
  const Icon = icons[standing]
  const tab = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [chosen])
  return (
    <button
      ref={tab}
      type="button"
      role="tab"
      id={tabId(session.callId)}
      aria-selected={chosen}
      aria-controls={chosen ? panelId : undefined}
      tabIndex={chosen ? 0 : -1}
      className={`${styles.tab} ${chosen ? styles.chosen : ''} ${standing === 'ringing' ? styles.ringing : ''}`}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
        event.preventDefault()
        onWalk(event.key === 'ArrowRight' ? 1 : -1)
      }}
    >
      <Icon
        size={14}
        aria-hidden="true"
        fill={standing === 'onCall' || standing === 'ringing' ? 'currentColor' : 'none'}
      />
      <span>
        {name}·{wrapup.tabState[standing]}
      </span>
    </button>
  )
}

export const FiveTicks = () => {
  const { wrapup } = useText()
  const form = useForm((state) => state.form)
  const ticks = fiveElements(form)
  return (
    <ul className={styles.five} aria-label={wrapup.fiveElements}>
      <li className={styles.word} aria-hidden="true">
        {wrapup.fiveElements}
      </li>
      {fiveElementFields.map((field) => (
        <li key={field} className={ticks[field] ? styles.done : styles.todo}>
          {ticks[field] ? (
            <Check size={13} aria-hidden="true" strokeWidth={2.6} />
          ) : (
            <Circle size={11} aria-hidden="true" />
          )}
          {wrapup.elements[field]}
          <span className="unseen">{ticks[field] ? wrapup.written : wrapup.unwritten}</span>
        </li>
      ))}
    </ul>
  )
}
