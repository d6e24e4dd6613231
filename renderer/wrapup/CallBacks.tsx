// Whom to ring back, and who was missed: from the calls of the last days on this computer. One key dials.
import { Clock3, PhoneMissed, PhoneOutgoing, Unlink } from 'lucide-react'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { CallSummary } from '../../contract/softphone.ts'
import { mayDial } from '../../core/commands.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { callBacksDue, missedCalls } from '../../core/wrapup/callBacks.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { useDial } from '../softphone/useDial.ts'
import { useLoaded, useStoreBeat } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { dayStart, timeOrDay } from '../text/when.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import styles from './Rows.module.css'

const daysBack = 7
const mostCalls = 1_000
const dayMs = 86_400_000

export const CallBacks = () => {
  const { desk } = useText()
  const { records, clock, account, reference } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(() => {
    const from = dayStart(clock.now()) - daysBack * dayMs
    return records.page({ text: '', category: null, from, to: null, before: null, limit: mostCalls })
  }, [records, clock])
  const [calls] = useLoaded(load, beat)
  const all = useMemo(() => (calls.is === 'ready' ? calls.value : []), [calls])
  const due = useMemo(() => callBacksDue(all, reference), [all, reference])
  const missed = useMemo(() => {
    const today = dayStart(clock.now())
    return missedCalls(all).filter((call) => call.offeredAt >= today && call.agent === account.id)
  }, [all, clock, account])
  return (
    <>
      <ListCard title={desk.callBacks} none={desk.noCallBacks} calls={due} kind="due" few={3} />
      <ListCard title={desk.missed} none={desk.noMissed} calls={missed} kind="missed" few={2} />
    </>
  )
}

type ListProps = {
  readonly title: string
  readonly none: string
  readonly calls: readonly CallSummary[]
  readonly kind: 'due' | 'missed'
  /** So many before 全部 is pressed: the drafts below stay in sight. */
  readonly few: number
}

const ListCard = ({ title, none, calls, kind, few }: ListProps) => {
  const { desk } = useText()
  const [all, setAll] = useState(false)
  return (
    <Card
      title={title}
      aside={calls.length}
      label={title}
      flush
      action={
        calls.length > few ? (
          <button type="button" className={styles.link} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? desk.fewer : desk.all}
          </button>
        ) : undefined
      }
    >
      {calls.length === 0 ? (
        <EmptyLine text={none} />
      ) : (
        <ul className={styles.rows}>
          {(all ? calls : calls.slice(0, few)).map((call) => (
            <Row key={call.id} call={call} kind={kind} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const Row = ({ call, kind }: { readonly call: CallSummary; readonly kind: 'due' | 'missed' }) => {
  const { desk, records } = useText()
  const { clock, reference, notices } = useWorkplace()
  const { dial } = useDial()
  const may = useWorkstation(mayDial)
  const who = call.callerName ?? maskNumber(call.number)
  const Icon = kind === 'missed' ? PhoneMissed : call.outcome === 'interrupted' ? Unlink : Clock3
  const topic = reference.topics.find((row) => row.code === call.topic)?.zh
  const disposition = reference.dispositions.find((row) => row.code === call.disposition)?.zh
  const words =
    kind === 'missed' || call.outcome === 'interrupted'
      ? [records.outcome[call.outcome]]
      : [disposition, topic ?? call.gist]
  return (
    <li className={styles.row}>
      <Icon size={14} aria-hidden="true" />
      <div className={styles.body}>
        <span className={styles.first}>
          <strong className={styles.title}>{who}</strong>
          <span className={styles.when}>{timeOrDay(call.offeredAt, clock.now())}</span>
        </span>
        <span className={styles.second}>{words.filter(Boolean).join('·')}</span>
      </div>
      <Button
        className={styles.act ?? ''}
        size="small"
        disabled={!may}
        title={may ? desk.callBack : desk.cannotDial}
        aria-label={desk.callBackTo(who)}
        icon={<PhoneOutgoing size={14} />}
        onClick={() => {
          const dialled = dial(call.number)
          if (!dialled.ok) notices.tell(desk.cannotDial, false)
        }}
      />
    </li>
  )
}
