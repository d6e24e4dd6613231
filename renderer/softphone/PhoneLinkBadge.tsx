// Is the telephone registered? Three troubles that look different because different people cure them.
import { Plug, Unplug } from 'lucide-react'
import { useState } from 'react'
import { certificateState } from '../../core/softphone/certificate.ts'
import { BarBadge } from '../app/BarBadge.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { linkName } from './linkName.ts'
import { Panel } from './Panel.tsx'
import styles from './PhoneLinkBadge.module.css'

export const PhoneLinkBadge = () => {
  const t = useText().phoneLink
  const link = useWorkstation((state) => state.phone)
  const dropped = useWorkstation((state) => state.dropped)
  const [open, setOpen] = useState(false)
  const { session, clock } = useWorkplace()
  const certificate = certificateState(session.sip?.certificate ?? null, clock.now())
  const words = t.state[linkName(link)]
  const good = link.link === 'registered'
  const calm = good || link.link === 'connecting'
  // [F29] Nothing is wrong yet, and in so many days nobody will reach this seat.
  const expires = good && certificate.is === 'expiring'
  return (
    <span className={styles.place}>
      <BarBadge
        icon={calm ? <Plug size={16} aria-hidden="true" /> : <Unplug size={16} aria-hidden="true" />}
        tone={calm ? (expires ? 'gold' : 'plain') : 'slate'}
        expanded={open}
        onClick={() => setOpen((now) => !now)}
      >
        {words.badge}
        {expires ? ` · ${t.certificateBadge(certificate.days)}` : null}
      </BarBadge>
      {open ? (
        <Panel label={words.badge} width={340} onClose={() => setOpen(false)}>
          <ErrorNote
            tone="slate"
            what={words.what}
            todo={words.todo === '' ? undefined : words.todo}
            details={link.link === 'notRegistered' ? { label: t.details, text: link.text } : undefined}
          />
          {certificate.is === 'expiring' ? (
            <p className={styles.dropped}>{t.certificate(certificate.days)}</p>
          ) : null}
          {dropped > 0 ? <p className={styles.dropped}>{t.dropped(dropped)}</p> : null}
        </Panel>
      ) : null}
    </span>
  )
}
