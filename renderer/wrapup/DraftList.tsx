// Forms not filed yet, of this and earlier days: none is forgotten because its tab was never opened again.
import { Pencil } from 'lucide-react'
import { Button, Popconfirm } from 'antd'
import { useCallback } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { FormField } from '../../contract/reference.ts'
import { missingFields } from '../../core/wrapup/form.ts'
import { callOf } from '../../core/softphone/lines.ts'
import { maskNumber } from '../../core/privacy/mask.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useLoaded } from '../sync/useSync.ts'
import { useText } from '../text/catalogue.ts'
import { timeOrDay } from '../text/when.ts'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import type { FormSession, FormState } from './formSession.ts'
import lines from '../kit/rows.module.css'
import styles from './Rows.module.css'
import { standingOf, useBook, useNameOf, usePart, useSessions } from './useDesk.ts'

export const DraftList = () => {
  const { desk } = useText()
  const { records, reference, clock } = useWorkplace()
  const sessions = useSessions()
  const load = useCallback(() => records.drafts(), [records])
  const [drafts] = useLoaded(load, sessions)
  const open = new Set<CallId>(sessions.map((session) => session.callId))
  const closed = drafts.is === 'ready' ? drafts.value.filter((draft) => !open.has(draft.callId)) : []
  const count = sessions.length + closed.length
  return (
    <Card title={desk.drafts} aside={count} label={desk.drafts} flush>
      {count === 0 ? (
        <EmptyLine text={desk.noDrafts} />
      ) : (
        <ul className={lines.rows}>
          {sessions.map((session) => (
            <OpenRow key={session.callId} session={session} />
          ))}
          {closed.map((draft) => (
            <Row
              key={draft.callId}
              id={draft.callId}
              name={draft.form.callerName || maskNumber(draft.form.contactNumber)}
              at={draft.openedAt}
              topic={draft.form.topic}
              lacks={missingFields(draft.form, reference, clock.now())[0] ?? null}
              corrects={false}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

const OpenRow = ({ session }: { readonly session: FormSession }) => {
  const { reference, clock } = useWorkplace()
  const nameOf = useNameOf()
  const row = useCallback(
    (state: FormState) => ({
      name: nameOf(state),
      at: state.facts.offeredAt,
      topic: state.form.topic,
      lacks: missingFields(state.form, reference, clock.now())[0] ?? null,
      corrects: state.refusal !== null,
    }),
    [nameOf, reference, clock],
  )
  return <Row id={session.callId} {...usePart(session, row)} />
}

type RowProps = {
  readonly id: CallId
  readonly name: string
  /** [WRAP-25] When the call came: two forms of one caller are told apart by it. */
  readonly at: number
  readonly topic: string | null
  /** First field that is missing. */
  readonly lacks: FormField | null
  readonly corrects: boolean
}

const Row = ({ id, name, at, topic, lacks, corrects }: RowProps) => {
  const { desk, wrapup } = useText()
  const { reference, store, stamp, records, clock } = useWorkplace()
  const book = useBook()
  const chosen = useWorkstation((state) => state.openForm === id)
  const standing = useWorkstation((state) => standingOf(state, id, corrects))
  const onDesk = useWorkstation((state) => callOf(state, id) !== null)
  const about = reference.topics.find((row) => row.code === topic)?.zh
  const needs = lacks ? desk.lacks(wrapup.fields[lacks]) : desk.lacksNothing
  const who = name || wrapup.unknownCaller
  const drop = () => {
    book.close(id)
    void records.dropDraft(id)
    if (chosen) store.dispatch({ type: 'formOpened', callId: null, ...stamp() })
  }
  return (
    <li className={`${styles.row} ${chosen ? styles.chosen : ''}`}>
      <Pencil size={14} aria-hidden="true" />
      <button
        type="button"
        className={`${styles.open} ${styles.body}`}
        aria-current={chosen}
        onClick={() => store.dispatch({ type: 'formOpened', callId: id, ...stamp() })}
      >
        <span className={styles.first}>
          <strong className={styles.title}>{who}</strong>
          <Tag tone={standing === 'onCall' || standing === 'held' ? 'primary' : 'plain'}>
            {wrapup.tabState[standing]}
          </Tag>
        </span>
        <span className={lines.second}>
          {[timeOrDay(at, clock.now()), needs, about].filter(Boolean).join('·')}
        </span>
      </button>
      {onDesk ? null : (
        <Popconfirm
          title={corrects ? desk.dropChange : desk.dropAsk}
          description={corrects ? desk.dropChangeSays : desk.dropSays}
          okText={desk.drop}
          cancelText={desk.keepIt}
          okType="default"
          cancelButtonProps={{ autoFocus: true }}
          onConfirm={drop}
        >
          <Button
            className={`${styles.act} ${styles.drop}`}
            size="small"
            type="text"
            aria-label={desk.dropThis(who)}
          >
            {desk.drop}
          </Button>
        </Popconfirm>
      )}
    </li>
  )
}
