// Warnings (预警): the events on the left, open ones first; on the right the event file with everything said about it and
// the steps a duty leader may take. A lead reads.
import { Siren } from 'lucide-react'
import type { WarningEvent } from '../../contract/warnings.ts'
import { go, useRoute } from '../app/route.ts'
import { useFirstOpen } from '../app/useFirstOpen.ts'
import { useNow } from '../app/ticker.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { Tag } from '../kit/Tag.tsx'
import { hourMinute, span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { EventFile } from './EventFile.tsx'
import { LevelTag } from './LevelTag.tsx'
import { useWatched } from './useWatched.ts'
import frame from '../kit/frames.module.css'
import styles from './WarningsPage.module.css'

export const WarningsPage = () => {
  const { warnings: words, app } = useText()
  const { events, at, problem } = useWatched()
  const { rest: chosen } = useRoute()
  const open = events.filter(({ state }) => state !== 'closed')
  const closed = events.filter(({ state }) => state === 'closed')
  const toSign = events.filter(({ state }) => state === 'open').length
  const event = events.find(({ id }) => id === chosen) ?? null

  useFirstOpen('warnings', events[0]?.id)

  return (
    <div className={`${frame.page} ${styles.columns}`} data-open={event !== null}>
      <InHead>
        <span>{at === null || (problem !== null && toSign === 0) ? '' : words.page.says(toSign)}</span>
      </InHead>
      <section className={frame.list} aria-label={words.list}>
        {problem !== null ? (
          <ErrorNote
            tone="slate"
            what={at === null ? words.page.failed : words.page.stale(hourMinute(at))}
            todo={problem}
          />
        ) : null}
        {at === null && problem === null ? (
          <Late rows={4} label={app.loading} />
        ) : at === null ? null : events.length === 0 ? (
          // What came since nobody here knows.
          <EmptyLine text={problem === null ? words.page.none : words.page.noneThen(hourMinute(at))} />
        ) : (
          <div className={styles.scroll}>
            <Part title={words.page.open} events={open} chosen={chosen} />
            <Part title={words.page.closed} events={closed} chosen={chosen} />
          </div>
        )}
      </section>
      <section className={frame.detail} aria-label={words.page.timeline}>
        {event ? (
          <EventFile key={event.id} event={event} onClose={() => go('warnings')} />
        ) : (
          <EmptyLine text={words.page.choose} />
        )}
      </section>
    </div>
  )
}

type PartProps = {
  readonly title: string
  readonly events: readonly WarningEvent[]
  readonly chosen: string
}

const Part = ({ title, events, chosen }: PartProps) =>
  events.length === 0 ? null : (
    <>
      <h2 className={styles.part}>
        {title} <span>{events.length}</span>
      </h2>
      <ul className={styles.rows} aria-label={title}>
        {events.map((event) => (
          <Row key={event.id} event={event} chosen={event.id === chosen} />
        ))}
      </ul>
    </>
  )

const Row = ({ event, chosen }: { readonly event: WarningEvent; readonly chosen: boolean }) => {
  const { warnings: words } = useText()
  const now = useNow()
  const waits = event.state === 'open'
  return (
    <li>
      <button
        type="button"
        className={`${styles.row} ${chosen ? styles.chosen : ''} ${waits ? styles.waits : ''}`}
        aria-current={chosen}
        onClick={() => go('warnings', event.id)}
      >
        <Siren size={17} aria-hidden="true" />
        <span className={styles.words}>
          <span className={styles.first}>
            <strong>{event.employer || words.page.noEmployer}</strong>
            <LevelTag level={event.level} />
          </span>
          <span className={styles.second}>
            {[
              event.people === null ? null : words.count(event.people),
              words.page.reports(event.reports),
              event.cause || null,
            ]
              .filter(Boolean)
              .join('·')}
          </span>
          <span className={styles.second}>
            {[event.number, words.page.heardAt(fullWhen(event.heardAt, now)), event.signedBy]
              .filter(Boolean)
              .join('·')}
          </span>
        </span>
        {waits ? (
          <Tag tone="red">{words.page.waits(span(now - event.rangSince))}</Tag>
        ) : (
          <Tag tone={event.state === 'signed' ? 'primary' : 'plain'}>{words.page.state[event.state]}</Tag>
        )}
      </button>
    </li>
  )
}
