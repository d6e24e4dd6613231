// Sync (同步): what waits, what the centre refused and in which words, how long the oldest has waited.
// Nothing here says it succeeded before the centre has answered.
import {
  CircleAlert,
  CircleCheck,
  ClipboardList,
  Eye,
  FileText,
  RefreshCw,
  Siren,
  Unlink,
} from 'lucide-react'
import { Button } from 'antd'
import { useCallback } from 'react'
import { skewWarnMs } from '../../core/sync/skew.ts'
import { lagMs } from '../../core/sync/status.ts'
import type { OutboxRow } from '../../core/ports.ts'
import { useWaitingFiles } from '../attachments/useKept.ts'
import { useNow } from '../app/ticker.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Tag } from '../kit/Tag.tsx'
import { clockTime, hourMinute, span } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { useWorkplace } from '../workplace.ts'
import { useOpenForm } from '../wrapup/useDesk.ts'
import { GiveUp } from './GiveUp.tsx'
import { GivenUpCard } from './GivenUpCard.tsx'
import { HandoverCard } from './HandoverCard.tsx'
import { KeyStoreNote } from './KeyStoreNote.tsx'
import { wordsOf } from './outboxWords.ts'
import lines from '../kit/rows.module.css'
import styles from './SyncPage.module.css'
import { syncSays } from './syncSays.ts'
import { useSafety } from './useSafety.ts'
import { useSentToday } from './useSentToday.ts'
import { useLoaded, useStoreBeat, useSync } from './useSync.ts'

const mostRows = 300

export const SyncPage = () => {
  const { sync, safety: secondly } = useText()
  const { storeIsBehind } = useSafety()
  const { outbox } = useWorkplace()
  const beat = useStoreBeat()
  const files = useWaitingFiles()
  const status = useSync((now) => now)
  const load = useCallback(() => outbox.list(mostRows), [outbox])
  const [loaded] = useLoaded(load, `${beat} ${status.waiting} ${status.refused}`)
  const rows = loaded.is === 'ready' ? loaded.value : []
  const parked = rows.filter((row) => row.state === 'parked')
  const waiting = rows.filter((row) => row.state === 'waiting')
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        {loaded.is === 'failed' ? <ErrorNote tone="red" what={sync.readFailed} todo={loaded.text} /> : null}
        <RefusedCard rows={parked} total={status.refused} />
        <Card
          title={sync.waitingList}
          aside={[
            status.waiting > waiting.length
              ? sync.shownOf(waiting.length, status.waiting)
              : sync.items(status.waiting),
            files > 0 ? sync.waitingFiles(files) : '',
          ]
            .filter(Boolean)
            .join('・')}
          label={sync.waitingList}
          flush
          className={styles.grow}
        >
          {waiting.length === 0 ? (
            <EmptyLine
              text={storeIsBehind ? secondly.storeSafe : files > 0 ? sync.onlyFiles(files) : sync.waitingNone}
            />
          ) : (
            <ul className={lines.rows}>
              {waiting.map((row) => (
                <Row key={row.seq} row={row} />
              ))}
            </ul>
          )}
        </Card>
        <GivenUpCard />
      </div>
      <StateCard />
    </div>
  )
}

const RefusedCard = ({ rows, total }: { readonly rows: readonly OutboxRow[]; readonly total: number }) => {
  const { sync: words } = useText()
  const { sync } = useWorkplace()
  if (rows.length === 0) return null
  return (
    <Card
      title={words.refusedList}
      aside={words.items(total)}
      label={words.refusedList}
      flush
      className={styles.refused}
      action={
        rows.length > 1 ? (
          <Button size="small" onClick={() => void sync.retry(rows.map((row) => row.seq))}>
            {words.retryAll}
          </Button>
        ) : undefined
      }
    >
      <ul className={lines.rows}>
        {rows.map((row) => (
          <Row key={row.seq} row={row} />
        ))}
      </ul>
    </Card>
  )
}

const icons = { call: FileText, ticket: ClipboardList, warning: Siren, audit: Eye }

const Row = ({ row }: { readonly row: OutboxRow }) => {
  const text = useText()
  const { sync: words } = text
  const { sync, reference, clock, notices } = useWorkplace()
  const { openForm, isOpening } = useOpenForm()
  const { title, about, callId } = wordsOf(row, text, reference)
  const Icon = icons[row.kind]
  const now = clock.now()
  const retry = async () => {
    const answer = await sync.retry([row.seq])
    if (!answer.ok) notices.tell(answer.problem.text, true)
  }
  return (
    <li className={styles.row}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.body}>
        <p className={styles.first}>
          <strong>{title}</strong>
          <Tag>{words.kind[row.kind]}</Tag>
        </p>
        <p className={styles.second}>
          {[
            about,
            words.madeAt(fullWhen(row.putAt, now)),
            row.attempts > 0 ? words.tried(row.attempts) : null,
            row.state === 'waiting' && row.dueAt > now ? words.dueAt(clockTime(row.dueAt)) : null,
          ]
            .filter(Boolean)
            .join('·')}
        </p>
        {row.state === 'parked' && row.problem ? (
          <p className={styles.says}>
            <CircleAlert size={14} aria-hidden="true" />
            {words.centreSays(row.problem.text)}
          </p>
        ) : null}
      </div>
      {row.state === 'parked' ? (
        <div className={styles.actions}>
          {callId === null ? null : (
            <Button
              size="small"
              aria-label={words.correctThis(title)}
              loading={isOpening}
              onClick={() => void openForm(callId)}
            >
              {words.correct}
            </Button>
          )}
          <Button size="small" aria-label={words.retryThis(title)} onClick={() => void retry()}>
            {words.retry}
          </Button>
          <GiveUp row={row} title={title} />
        </div>
      ) : null}
    </li>
  )
}

const StateCard = () => {
  const text = useText()
  const { sync: words, safety: secondly } = text
  const { journal, inBrowser, storeIsBehind } = useSafety()
  const { sync, session } = useWorkplace()
  const files = useWaitingFiles()
  const status = useSync((now) => now)
  const now = useNow()
  const today = useSentToday()
  const says = syncSays({ ...status, files, storeIsBehind, practice: session.centre.practice }, text)
  const lag = lagMs(status, now)
  const away = status.troubleSince !== null
  const Icon =
    status.badge === 'synced'
      ? CircleCheck
      : status.badge === 'refused'
        ? CircleAlert
        : away
          ? Unlink
          : RefreshCw
  const last = Math.max(status.lastStoredAt ?? 0, status.lastPulledAt ?? 0)
  const { skewMs } = status
  const rows: readonly (readonly [string, string])[] = [
    [words.numbers.waiting, words.items(status.waiting)],
    [words.numbers.refused, words.items(status.refused)],
    [words.numbers.today, today === null ? '–' : words.todayOf(today.sent, today.all)],
    [words.numbers.lag, status.waiting === 0 ? words.lagNone : status.oldestPutAt === null ? '–' : span(lag)],
    [words.numbers.last, last === 0 ? words.never : hourMinute(last)],
    ...(journal === 'none' ? [] : [[secondly.journal, secondly.journalIs[journal]] as const]),
  ]
  return (
    <aside className={styles.side}>
      <section className={`${styles.state} ${styles[status.badge] ?? ''}`} aria-label={words.state}>
        <p className={styles.badge}>
          <Icon size={20} aria-hidden="true" />
          <strong>{says}</strong>
        </p>
        <dl className={styles.numbers}>
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {Math.abs(skewMs) < skewWarnMs ? null : (
            <div className={styles.off}>
              <dt>{words.clock}</dt>
              <dd>{words.clockShort(span(Math.abs(skewMs)), skewMs > 0)}</dd>
            </div>
          )}
        </dl>
        {status.problem && status.problem.code !== 'unreachable' ? (
          <ErrorNote tone="slate" what={words.trouble} safe={status.problem.text} />
        ) : null}
        <Button
          type={status.waiting > 0 ? 'primary' : 'default'}
          block
          disabled={status.sending}
          onClick={() => sync.sendNow()}
        >
          {status.sending ? words.sending : words.sendNow}
        </Button>
        {away && status.nextTryAt !== null ? (
          <p className={styles.next}>{words.nextTry(clockTime(status.nextTryAt))}</p>
        ) : null}
      </section>
      <HandoverCard />
      <KeyStoreNote />
      <p className={styles.safe}>
        {journal === 'none' ? secondly.once : inBrowser ? secondly.inBrowser : words.safe}
      </p>
    </aside>
  )
}
