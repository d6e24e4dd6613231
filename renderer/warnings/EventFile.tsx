// One event file: what is known from each call, what was done, and the next step. Read again whenever the centre tells that
// it changed; reading it is on record there.
import { useCallback } from 'react'
import type { WarningEvent, WarningFile, WarningReport } from '../../contract/warnings.ts'
import { signers } from '../adapters/warningWatch.ts'
import { DetailPane } from '../app/DetailPane.tsx'
import { useNow } from '../app/ticker.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { Tag } from '../kit/Tag.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { hourMinute } from '../kit/time.ts'
import { shownOf, useLoaded } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { EventActions } from './EventActions.tsx'
import { EventTimeline } from './EventTimeline.tsx'
import { LevelTag } from './LevelTag.tsx'
import { RevealContact } from './RevealContact.tsx'
import frame from '../kit/frames.module.css'
import styles from './EventFile.module.css'

type Props = {
  readonly event: WarningEvent
  readonly onClose: () => void
}

export const EventFile = ({ event, onClose }: Props) => {
  const { warnings: words, app } = useText()
  const { centre, account } = useWorkplace()
  const load = useCallback(() => centre.call('warnings.read', { id: event.id }), [centre, event.id])
  const [loaded, reload] = useLoaded(load, event.changedAt)
  const kept = shownOf(loaded)
  const acts = signers.includes(account.role)
  return (
    <DetailPane
      onClose={onClose}
      title={event.employer || words.page.noEmployer}
      head={
        <>
          <span>{event.number}</span>
          <LevelTag level={event.level} />
          <Tag tone={event.state === 'open' ? 'red' : 'plain'}>{words.page.state[event.state]}</Tag>
          {event.signedBy !== null && event.signedAt !== null ? (
            <span>{words.signed(event.signedBy, hourMinute(event.signedAt))}</span>
          ) : null}
        </>
      }
      foot={acts && event.state !== 'closed' ? <EventActions event={event} onDone={reload} /> : null}
    >
      {loaded.is === 'failed' ? (
        <ErrorNote
          tone="slate"
          what={kept ? words.page.stale(hourMinute(kept.at)) : words.page.failed}
          todo={loaded.text}
          action={<TextButton onClick={reload}>{words.page.retry}</TextButton>}
        />
      ) : null}
      {kept ? <Known file={kept.value} /> : null}
      {loaded.is === 'loading' ? <Late rows={6} label={app.loading} /> : null}
    </DetailPane>
  )
}

const Known = ({ file }: { readonly file: WarningFile }) => {
  const { warnings: words } = useText()
  return (
    <>
      {file.reports.map(({ report, agentName, late = false }) => (
        <Report key={report.id} report={report} agentName={agentName} late={late} />
      ))}
      <h3 className={styles.part}>{words.page.timeline}</h3>
      <EventTimeline notes={file.notes} />
    </>
  )
}

const known = ['congress', 'unionHeard', 'registered', 'hasUnion'] as const

type ReportProps = {
  readonly report: WarningReport
  readonly agentName: string
  /** After its limit. */
  readonly late: boolean
}

/** What one call told; empty fields are left out. */
const Report = ({ report, agentName, late }: ReportProps) => {
  const { warnings: words } = useText()
  const now = useNow()
  const procedure = known.flatMap((field) => {
    const value = report[field]
    return value === null ? [] : [`${words.fields[field]} ${words.known[value]}`]
  })
  const facts: readonly (readonly [string, string | null])[] = [
    [words.fields.address, report.address],
    [
      words.fields.people,
      [
        report.people === null ? null : words.count(report.people),
        report.staff === null ? null : `${words.fields.staff} ${words.count(report.staff)}`,
      ]
        .filter(Boolean)
        .join('·'),
    ],
    [words.fields.cause, report.cause],
    [words.fields.acts, report.acts === report.cause ? '' : report.acts],
    [words.fields.demands, report.demands],
    [words.fields.source, report.source === null ? '' : words.source[report.source]],
    [words.page.procedure, procedure.join('·')],
    [
      words.page.phoned,
      report.phoned
        .map(({ name, at, reached }) => `${name} ${words.phonedAt(hourMinute(at), reached)}`)
        .join('·'),
    ],
  ]
  return (
    <section className={frame.box} aria-label={words.page.agent(agentName)}>
      <p className={styles.from}>
        <strong>{words.page.agent(agentName)}</strong>
        <span>{words.page.heardAt(fullWhen(report.heardAt, now))}</span>
        {late ? <Tag tone="red">{words.late}</Tag> : null}
        {report.quotes.map((quote) => (
          <Tag key={quote} tone="gold">
            {quote}
          </Tag>
        ))}
      </p>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {report.contactNumber === '' && report.contactName === '' ? null : (
          <div>
            <dt>{words.fields.contactName}</dt>
            <dd className={styles.contact}>
              {report.contactName === '' ? null : <span>{report.contactName}</span>}
              <RevealContact id={report.id} masked={report.contactNumber} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
