// Everything about one call: how it came, how it went, who ended it and why, how it sounded, and its form.
import { PhoneOutgoing } from 'lucide-react'
import { Button } from 'antd'
import { useCallback, useState } from 'react'
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import { CallId } from '../../contract/ids.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import { mayDial } from '../../core/commands.ts'
import type { Records } from '../../core/ports.ts'
import { mayReadCall } from '../../core/privacy/mask.ts'
import { summaryOf } from '../../core/softphone/callSummary.ts'
import { isOpenToAgent } from '../../core/tickets/again.ts'
import { hasForm } from '../../core/wrapup/filing.ts'
import { DetailPane } from '../app/DetailPane.tsx'
import { go } from '../app/route.ts'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { Tag } from '../kit/Tag.tsx'
import { TextButton } from '../kit/TextButton.tsx'
import { MaskedNumber } from '../softphone/MaskedNumber.tsx'
import { useDial } from '../softphone/useDial.ts'
import { shownOf, useBeat, useLoaded, useOffline, useStoreBeat } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { fullWhen } from '../text/when.ts'
import { orderOf } from '../tickets/orderOf.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { CallFacts } from './CallFacts.tsx'
import { FormFacts } from './FormFacts.tsx'
import { LinkedCalls } from './LinkedCalls.tsx'
import frame from '../kit/frames.module.css'
import styles from './CallDetail.module.css'

type Props = { readonly id: string; readonly onClose: () => void }

type Known = {
  /** null: another seat's call, of which no more than the summary is here. */
  readonly own: CallRecord | null
  /** null: it is not here, or not any more. */
  readonly summary: CallSummary | null
}
const nothing: Known = { own: null, summary: null }

/** [PAGE-10] Asked of the store and not of the list, which shows what fits a search. */
const know = async (records: Pick<Records, 'read' | 'summary'>, id: string): Promise<Answer<Known>> => {
  const callId = CallId.safeParse(id)
  if (!callId.success) return done(nothing)
  const own = await records.read(callId.data)
  if (!own.ok) return own
  if (own.value) return done({ own: own.value, summary: summaryOf(own.value) })
  const summary = await records.summary(callId.data)
  return summary.ok ? done({ own: null, summary: summary.value }) : summary
}

const useCall = (id: string) => {
  const { records, centre } = useWorkplace()
  const beat = useStoreBeat()
  const [loaded] = useLoaded(
    useCallback(() => know(records, id), [records, id]),
    beat,
  )
  const [fetched, setFetched] = useState<CallRecord | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const fetchIt = async () => {
    const callId = CallId.safeParse(id)
    if (!callId.success) return
    const answer = await centre.call('calls.read', { id: callId.data })
    setProblem(answer.ok ? null : answer.problem.text)
    if (answer.ok) setFetched(answer.value)
  }
  return { loaded, fetched, fetchIt, problem }
}

export const CallDetail = ({ id, onClose }: Props) => {
  const { records, app } = useText()
  const { account, clock } = useWorkplace()
  const offline = useOffline()
  const { loaded, fetched, fetchIt, problem } = useCall(id)
  const { own, summary: shown } = shownOf(loaded)?.value ?? nothing
  const record = own ?? fetched
  if (!shown)
    return loaded.is === 'ready' ? (
      <EmptyLine text={records.gone} action={<TextButton onClick={onClose}>{app.close}</TextButton>} />
    ) : (
      <div className={frame.wait}>
        {loaded.is === 'failed' ? <ErrorNote what={loaded.text} /> : <Late label={records.reading} />}
      </div>
    )
  return (
    <DetailPane
      onClose={onClose}
      title={shown.callerName || records.unnamed}
      head={
        <>
          <span>{fullWhen(shown.offeredAt, clock.now())}</span>
          <Tag>{records.direction[shown.direction]}</Tag>
          {record ? <SentTag id={record.id} /> : null}
        </>
      }
    >
      <p className={styles.number}>
        <MaskedNumber number={shown.number} callId={shown.id} />
        {shown.number === '' ? null : <CallBack number={shown.number} name={shown.callerName} />}
      </p>
      {record ? (
        <>
          <CallFacts record={record} />
          <LinkedCalls call={shown} />
          <FormFacts record={record} />
          {own ? <Write record={own} /> : null}
        </>
      ) : (
        <>
          <LinkedCalls call={shown} />
          <ErrorNote
            tone="slate"
            what={records.otherSeat}
            {...(shown.gist ? { safe: shown.gist } : {})}
            todo={mayReadCall(shown, account) ? (problem ?? undefined) : records.onlyLead}
            action={
              offline || !mayReadCall(shown, account) ? undefined : (
                <Button size="small" onClick={() => void fetchIt()}>
                  {records.readCentre}
                </Button>
              )
            }
          />
        </>
      )}
    </DetailPane>
  )
}

/** Has the call reached the centre? */
const SentTag = ({ id }: { readonly id: CallId }) => {
  const { records } = useText()
  const { outbox, account, session } = useWorkplace()
  const beat = useStoreBeat()
  const load = useCallback(() => outbox.unsent([id]), [outbox, id])
  const [unsent] = useLoaded(load, beat)
  // Of what is practised nothing is ever said to be at the centre.
  if (unsent.is !== 'ready' || account.role === 'handler' || session.centre.practice) return null
  const state = unsent.value.get(id)
  if (state === undefined) return <Tag tone="green">{records.sent.sent}</Tag>
  return <Tag tone={state === 'parked' ? 'red' : 'slate'}>{records.sent[state]}</Tag>
}

type CallBackProps = { readonly number: string; readonly name: string | null }

const CallBack = ({ number, name }: CallBackProps) => {
  const { records, desk } = useText()
  const { notices } = useWorkplace()
  const may = useWorkstation(mayDial)
  const { dial } = useDial()
  return (
    <Button
      size="small"
      disabled={!may}
      title={may ? records.call : desk.cannotDial}
      icon={<PhoneOutgoing size={13} />}
      onClick={() => {
        if (!dial(number, name).ok) notices.tell(desk.cannotDial)
      }}
    >
      {records.call}
    </Button>
  )
}

/** [WRAP-24] A call of one's own that was never written up, or whose form is to be put right. */
const Write = ({ record }: { readonly record: CallRecord }) => {
  const { records } = useText()
  const { store, stamp, account, records: kept, mirror } = useWorkplace()
  const again = useStoreBeat() + useBeat(mirror)
  const { id, ticketId } = record
  const load = useCallback(() => orderOf(kept, { id, ticketId }), [kept, id, ticketId])
  const [loaded] = useLoaded(load, again)
  if (!hasForm(record) || record.agent !== account.id || loaded.is !== 'ready') return null
  const order = loaded.value
  if (order?.centre && !isOpenToAgent(order.centre.state)) return null
  return (
    <Button
      className={styles.write ?? ''}
      onClick={() => {
        store.dispatch({ type: 'formOpened', callId: record.id, ...stamp() })
        go('desk')
      }}
    >
      {record.form === null ? records.write : records.correct}
    </Button>
  )
}
