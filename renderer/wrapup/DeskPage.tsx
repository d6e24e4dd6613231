// The desk (工作台): lines and whom to ring back at the left, the form in the middle, the caller at the right.
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { CallId } from '../../contract/ids.ts'
import type { CommandName } from '../../core/commands.ts'
import { callOf } from '../../core/softphone/lines.ts'
import { ringingCall } from '../../core/workstation.ts'
import { knownOf } from '../../core/wrapup/form.ts'
import { Columns } from '../app/Columns.tsx'
import { useKeys } from '../app/useKeys.ts'
import { Card } from '../kit/Card.tsx'
import { EmptyLine } from '../kit/EmptyLine.tsx'
import { InHead } from '../kit/PageHead.tsx'
import { suggestionKeys, Suggestions } from '../knowledge/Suggestions.tsx'
import { Lines } from '../softphone/Lines.tsx'
import { useText } from '../text/catalogue.ts'
import { useWorkstation } from '../workplace.ts'
import { CallBacks } from './CallBacks.tsx'
import { CallerCard, callerOf } from './CallerCard.tsx'
import { CallerHistory } from './CallerHistory.tsx'
import styles from './DeskPage.module.css'
import { DraftList } from './DraftList.tsx'
import { FiledNote } from './FiledNote.tsx'
import { FormPane } from './FormPane.tsx'
import type { FormSession } from './formSession.ts'
import { Kept } from './Kept.tsx'
import { useFront, useNameOf, usePart, useResume, useSessions } from './useDesk.ts'
import { useHistory } from './useHistory.ts'

export const DeskPage = () => {
  const { desk } = useText()
  useResume()
  const [caret, setCaret] = useState<string | null>(null)
  const [filed, setFiled] = useState<{ id: CallId; who: string } | null>(null)
  const onFiled = useCallback((id: CallId, who: string) => setFiled({ id, who }), [])
  const left = useMemo(
    () => (
      <>
        <Lines />
        <CallBacks />
        <Kept />
        <DraftList />
      </>
    ),
    [],
  )
  return (
    <Columns
      left={{ label: desk.leftDrawer, content: left }}
      right={{ label: desk.callerDrawer, content: callerColumn, keys: suggestionKeys }}
    >
      <DeskHead caret={caret} filed={filed} />
      <FormPane onCaret={setCaret} onFiled={onFiled} />
    </Columns>
  )
}

type HeadProps = {
  readonly caret: string | null
  readonly filed: { readonly id: CallId; readonly who: string } | null
}

/** What the head says: while it rings, that typing goes on undisturbed; else whose form is in front. */
const DeskHead = ({ caret, filed }: HeadProps) => {
  const { wrapup } = useText()
  const keys = useKeys()
  const { session } = useFront()
  const rings = useWorkstation((state) => ringingCall(state) !== null)
  const words: Readonly<Record<string, string>> = wrapup.fields
  const field = caret === null ? null : (words[caret] ?? null)
  return (
    <InHead>
      {rings && field !== null ? (
        <span>{wrapup.caretStays(field, keys.answer)}</span>
      ) : session ? (
        <Filling session={session} />
      ) : null}
      {filed && !rings ? <FiledNote key={filed.id} id={filed.id} who={filed.who} /> : null}
    </InHead>
  )
}

const Filling = ({ session }: { readonly session: FormSession }) => {
  const { wrapup } = useText()
  const nameOf = useNameOf()
  const name = useSyncExternalStore(session.subscribe, () => nameOf(session.read()))
  return <span>{wrapup.filling(name)}</span>
}

/** The key of a suggestion that opened the column. */
type Asked = { readonly asked: CommandName | null }

const callerColumn = (asked: CommandName | null) => <CallerColumn asked={asked} />

/** While a call rings the card is about its caller; otherwise about the form in front. */
const CallerColumn = ({ asked }: Asked) => {
  const sessions = useSessions()
  const { session: front } = useFront()
  const ringing = useWorkstation((state) => ringingCall(state)?.id ?? null)
  const session = sessions.find((each) => each.callId === ringing) ?? front
  const { desk } = useText()
  if (!session)
    return (
      <Card title={desk.callerDrawer} flush>
        <EmptyLine text={desk.noCaller} />
      </Card>
    )
  return <Caller key={session.callId} session={session} rings={session.callId === ringing} asked={asked} />
}

type CallerProps = Asked & { readonly session: FormSession; readonly rings: boolean }

const Caller = ({ session, rings, asked }: CallerProps) => {
  const caller = usePart(session, callerOf)
  const number = caller.facts.number || caller.contactNumber
  const history = useHistory(number, session.callId)
  const { calls } = history
  const onDesk = useWorkstation((state) => callOf(state, session.callId) !== null)
  // [WRAP-4] The centre knows calls this computer does not; only while it is this call's first writing.
  useEffect(() => {
    if (onDesk && caller.facts.number !== '') session.fill(knownOf(calls))
  }, [session, onDesk, caller.facts.number, calls])
  return (
    <div className={styles.caller}>
      <div className={styles.who}>
        <CallerCard caller={caller} history={history} rings={rings} />
        <CallerHistory history={history} hasNumber={number !== ''} />
      </div>
      <Suggestions session={session} asked={asked} />
    </div>
  )
}
