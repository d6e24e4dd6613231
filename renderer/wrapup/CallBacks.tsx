// Whom to ring back, and who was missed: from the calls of the last days on this computer. One key dials the first; an
// agreed call says when, gold when its time has come and red when it is over;
// a missed caller somebody has spoken with since stays in the whole list, marked as done.
import { Check, Clock3, PhoneMissed, PhoneOutgoing, Unlink } from 'lucide-react'
import { Button } from 'antd'
import { useState } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import { mayDial } from '../../core/commands.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { placeOf } from '../../core/softphone/place.ts'
import type { Owed, Wanted } from '../../core/wrapup/callBacks.ts'
import { wasCut } from '../../core/wrapup/callBacks.ts'
import { useNow } from '../app/ticker.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { Card } from '../kit/Card.tsx'
import { ClockPie } from '../kit/ClockPie.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { KeyCap } from '../kit/KeyCap.tsx'
import { outcomeWord } from '../records/callWords.ts'
import { useDial } from '../softphone/useDial.ts'
import { usePlaces } from '../softphone/usePlaces.ts'
import { TextButton } from '../kit/TextButton.tsx'
import { useText } from '../text/catalogue.ts'
import { spanParts, timeOrDay } from '../text/when.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { agreedWords } from './agreedWords.ts'
import { useCallLists } from './callLists.ts'
import lines from '../kit/rows.module.css'
import styles from './Rows.module.css'

type Kind = 'due' | 'missed'
/** How an agreed call stands is said only of those owed. */
type Listed = Wanted & Partial<Pick<Owed, 'standing'>>

export const CallBacks = () => {
  const { desk } = useText()
  const { due, missed } = useCallLists()
  const waiting = due.map((owed) => ({ ...owed, reached: null }))
  return (
    <>
      <ListCard title={desk.callBacks} none={desk.noCallBacks} calls={waiting} kind="due" few={3} />
      <ListCard title={desk.missed} none={desk.noMissed} calls={missed} kind="missed" few={2} />
    </>
  )
}

type ListProps = {
  readonly title: string
  readonly none: string
  readonly calls: readonly Listed[]
  readonly kind: Kind
  /** So many before 全部 is pressed: the drafts below stay in sight. */
  readonly few: number
}

const ListCard = ({ title, none, calls, kind, few }: ListProps) => {
  const { desk } = useText()
  const [all, setAll] = useState(false)
  const open = calls.filter(({ reached }) => reached === null)
  const shown = all ? [...open, ...calls.filter(({ reached }) => reached !== null)] : open.slice(0, few)
  return (
    <Card
      title={title}
      aside={open.length}
      label={title}
      flush
      action={
        calls.length > Math.min(few, open.length) ? (
          <TextButton aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? desk.fewer : desk.all}
          </TextButton>
        ) : undefined
      }
    >
      {shown.length === 0 ? (
        <EmptyLine text={none} />
      ) : (
        <ul className={lines.rows}>
          {shown.map(({ call, reached, standing }) =>
            reached === null ? (
              <Row key={call.id} call={call} kind={kind} standing={standing ?? null} />
            ) : (
              <DoneRow key={call.id} call={call} reached={reached} />
            ),
          )}
        </ul>
      )}
    </Card>
  )
}

type RowProps = {
  readonly call: CallSummary
  readonly kind: Kind
  readonly standing: Owed['standing'] | null
}

const edges: Partial<Record<Owed['standing'], string | undefined>> = { due: styles.due, late: styles.late }

const Row = ({ call, kind, standing }: RowProps) => {
  const text = useText()
  const { desk } = text
  const { clock, reference, notices, account } = useWorkplace()
  const keys = useKeys()
  const { next } = useCallLists()
  const { dial } = useDial()
  const may = useWorkstation(mayDial)
  const who = call.callerName ?? maskNumber(call.number)
  const cut = wasCut(call)
  const isNext = next?.id === call.id
  const Icon = kind === 'missed' ? PhoneMissed : cut ? Unlink : Clock3
  const topic = reference.topics.find((row) => row.code === call.topic)?.zh
  const disposition = reference.dispositions.find((row) => row.code === call.disposition)?.zh
  const place = placeOf(call.number, usePlaces())
  const words =
    kind === 'missed' || call.outcome === 'interrupted'
      ? [outcomeWord(call, text)]
      : cut
        ? [desk.cut]
        : call.callBackAt === null
          ? [disposition, topic ?? call.gist]
          : [
              standing === 'waits' ? null : desk.agreedFor(timeOrDay(call.callBackAt, clock.now())),
              call.agent === account.id ? null : desk.agreedBy(call.agent),
              topic ?? call.gist,
            ]
  return (
    <li className={`${styles.row} ${(standing && edges[standing]) ?? ''}`}>
      <Icon size={14} aria-hidden="true" />
      <div className={styles.body}>
        <span className={styles.first}>
          <strong className={styles.title}>{who}</strong>
          {call.callBackAt === null || standing === null ? (
            <span className={styles.when}>{timeOrDay(call.offeredAt, clock.now())}</span>
          ) : (
            <Agreed at={call.callBackAt} standing={standing} />
          )}
        </span>
        <span className={styles.keyed}>
          <span className={lines.second}>{[...words, place].filter(Boolean).join('·')}</span>
          {isNext ? <KeyCap keys={keys.callBack} /> : null}
        </span>
      </div>
      <Button
        className={styles.act ?? ''}
        size="small"
        disabled={!may}
        title={may ? desk.callBack : desk.cannotDial}
        aria-label={desk.callBackTo(who)}
        {...(isNext ? { 'aria-keyshortcuts': ariaKeys(keys.callBack) } : {})}
        icon={<PhoneOutgoing size={14} />}
        onClick={() => {
          const dialled = dial(call.number, call.callerName)
          if (!dialled.ok) notices.tell(desk.cannotDial, false)
        }}
      />
    </li>
  )
}

/** The clock of an agreed call. */
const Agreed = ({ at, standing }: { readonly at: number; readonly standing: Owed['standing'] }) => {
  const text = useText()
  const now = useNow()
  if (standing === 'late')
    return (
      <ClockPie used={1} amberAt={0}>
        {text.tickets.over(spanParts(now - at))}
      </ClockPie>
    )
  if (standing === 'due')
    return (
      <ClockPie used={0.9} amberAt={0}>
        {now < at ? text.desk.dueSoon(Math.ceil((at - now) / 60_000)) : text.desk.dueNow}
      </ClockPie>
    )
  return <span className={styles.when}>{agreedWords(at, now, text)}</span>
}

type DoneProps = { readonly call: CallSummary; readonly reached: CallSummary }

const DoneRow = ({ call, reached }: DoneProps) => {
  const { desk } = useText()
  const { clock, account } = useWorkplace()
  const by = reached.agent === account.id ? '' : reached.agent
  return (
    <li className={styles.row}>
      <Check size={14} aria-hidden="true" />
      <div className={styles.body}>
        <span className={styles.first}>
          <span className={styles.title}>{call.callerName ?? maskNumber(call.number)}</span>
          <span className={styles.when}>{timeOrDay(call.offeredAt, clock.now())}</span>
        </span>
        <span className={lines.second}>{desk.reached(timeOrDay(reached.offeredAt, clock.now()), by)}</span>
      </div>
    </li>
  )
}
