// Who is calling: seen before the agent says hello. Gold while it rings, because that is the moment to read it.
import { Bell, Check, Clock3 } from 'lucide-react'
import type { FormState } from './formSession.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { knownOf } from '../../core/wrapup/form.ts'
import { Tag } from '../kit/Tag.tsx'
import { fullWhen } from '../text/when.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './CallerCard.module.css'
import type { History } from './useHistory.ts'

/** What the card shows of a form. */
export const callerOf = ({ form, facts }: FormState) => ({
  facts,
  callerName: form.callerName,
  contactNumber: form.contactNumber,
  employer: form.employer,
  member: form.member,
  union: form.union,
})
type Caller = ReturnType<typeof callerOf>

type Props = {
  /** The form of this caller's call. */
  readonly caller: Caller
  readonly history: History
  readonly rings: boolean
}

export const CallerCard = ({ caller, history, rings }: Props) => {
  const { desk, wrapup } = useText()
  const { reference, clock } = useWorkplace()
  const { facts } = caller
  const { calls, tickets } = history
  const known = knownOf(calls)
  const name = caller.callerName.trim() || known.callerName || facts.name
  const employer = caller.employer.trim() || known.employer
  const member = caller.member ?? known.member
  const inbound = calls.filter((call) => call.direction === 'inbound').length
  const last = calls[0]
  const open = tickets.filter(({ centre }) => centre?.state !== 'replied')
  const topicOf = (code: string | null) => reference.topics.find((row) => row.code === code)?.zh
  const dispositionOf = (code: string | null) => reference.dispositions.find((row) => row.code === code)?.zh
  const union = caller.union
    .map((code) => reference.unions.find((row) => row.code === code)?.zh ?? '')
    .filter((zh) => zh !== '')
    .join(' / ')
  const rows = [
    { label: desk.employer, value: employer },
    { label: desk.union, value: union },
    { label: desk.place, value: facts.place },
    {
      label: desk.lastTime,
      value: last
        ? [
            fullWhen(last.offeredAt, clock.now()),
            topicOf(last.topic) ?? last.gist,
            dispositionOf(last.disposition),
          ]
            .filter(Boolean)
            .join('·')
        : null,
    },
  ].filter((row) => row.value)

  return (
    <section className={`${styles.card} ${rings ? styles.rings : ''}`} aria-label={desk.callerInfo}>
      {rings ? (
        <p className={styles.before}>
          <Bell size={13} fill="currentColor" aria-hidden="true" /> {desk.beforeAnswer}
        </p>
      ) : null}
      <h2 className={styles.name}>
        <span>{name || (facts.number ? maskNumber(facts.number) : wrapup.unknownCaller)}</span>
        {member === 'yes' ? (
          <Tag tone="primary" icon={<Check size={12} aria-hidden="true" />}>
            {desk.memberTag}
          </Tag>
        ) : member === 'no' ? (
          <Tag>{desk.notMemberTag}</Tag>
        ) : null}
        {facts.direction === 'inbound' && history.ready && !history.partial ? (
          <Tag>{inbound > 0 ? desk.nthCall(inbound + 1) : desk.firstCall}</Tag>
        ) : null}
      </h2>
      {rows.length > 0 ? (
        <dl className={styles.facts}>
          {rows.map((row) => (
            <div key={row.label}>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {last?.gist && !rings ? null : last?.gist ? <p className={styles.gist}>{last.gist}</p> : null}
      {open.length > 0 ? (
        <p className={rings ? styles.goldNote : styles.slateNote}>
          <Clock3 size={14} aria-hidden="true" />
          <span>
            <strong>{desk.openTickets(open.length)}</strong>：{open[0]?.dispatch.title}，
            {open[0]?.dispatch.plan.departmentName}，{desk.openTicketsSay}
          </span>
        </p>
      ) : null}
    </section>
  )
}
