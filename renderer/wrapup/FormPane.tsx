// The middle of the desk: the open forms, the one in front, and how it is submitted. Enter never submits,
// Ctrl+Enter does; nothing happens while an input method composes.
import { FileText } from 'lucide-react'
import { useCallback, useDeferredValue, useEffect } from 'react'
import type { CallId } from '../../contract/ids.ts'
import { mayFile, missingFields } from '../../core/wrapup/form.ts'
import type { Quote } from '../../core/warnings/recognise.ts'
import { ringingCall } from '../../core/workstation.ts'
import { ErrorNote } from '../kit/ErrorNote.tsx'
import { Late } from '../kit/Late.tsx'
import { useText } from '../text/catalogue.ts'
import { useRisk } from '../warnings/useRisk.ts'
import { WarningStrip } from '../warnings/WarningStrip.tsx'
import { useWorkplace, useWorkstation } from '../workplace.ts'
import { FiledElsewhere } from './FiledElsewhere.tsx'
import { FormBody } from './FormBody.tsx'
import { FormFooter } from './FormFooter.tsx'
import frame from '../kit/frames.module.css'
import styles from './FormPane.module.css'
import { FiveTicks, FormTabs, panelId } from './FormTabs.tsx'
import { caretLeft } from './caret.ts'
import { useCaretWatch } from './useCaretWatch.ts'
import { fileNow } from './fileNow.ts'
import { LocalNumber } from './LocalNumber.tsx'
import type { FormSession } from './formSession.ts'
import { QuotesContext, SessionContext, focusField, useForm } from './sessionContext.ts'
import { useBook, useFront, useSessions } from './useDesk.ts'

type Props = {
  /** Field of the form that holds the caret; null: none does. */
  readonly onCaret: (field: string | null) => void
  readonly onFiled: (id: CallId, who: string) => void
}

export const FormPane = ({ onCaret, onFiled }: Props) => {
  const { wrapup, desk } = useText()
  const { store, stamp } = useWorkplace()
  const book = useBook()
  const sessions = useSessions()
  // The bar is painted first: a ring must not wait for a form of twenty fields.
  const front = useFront()
  const id = useDeferredValue(front.id)
  const session = useDeferredValue(front.session)

  const open = (next: CallId) => {
    void session?.flush()
    store.dispatch({ type: 'formOpened', callId: next, ...stamp() })
  }

  // Leaving the page, the tab or the program saves at once instead of after the pause.
  useEffect(() => {
    const flush = () => void book.flushAll()
    const hidden = () => {
      if (document.visibilityState === 'hidden') flush()
    }
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', hidden)
      flush()
    }
  }, [book])

  const pane = useCaretWatch(session, onCaret)

  if (!session)
    return (
      <section className={frame.card} aria-label={wrapup.form}>
        {id !== null ? (
          <div className={styles.reading}>
            <Late rows={8} label={desk.reading} />
          </div>
        ) : (
          <div className={styles.none}>
            <FileText size={30} aria-hidden="true" strokeWidth={1.5} />
            <strong>{wrapup.noForm}</strong>
            <span>{wrapup.noFormHint}</span>
          </div>
        )}
      </section>
    )

  return (
    <SessionContext value={session}>
      <section className={frame.card} aria-label={wrapup.form} ref={pane}>
        <div className={styles.top}>
          <FormTabs sessions={sessions} front={id} onOpen={open} />
          <LocalNumber />
          <FiveTicks />
        </div>
        <div
          role="tabpanel"
          id={panelId}
          aria-label={wrapup.form}
          className={styles.panel}
          key={session.callId}
        >
          <Panel session={session} onFiled={onFiled} />
        </div>
      </section>
    </SessionContext>
  )
}

const noQuotes: readonly Quote[] = []

type PanelProps = Pick<Props, 'onFiled'> & { readonly session: FormSession }

const Panel = ({ session, onFiled }: PanelProps) => {
  const risk = useRisk(session)
  const asks = risk.suggestion !== null || risk.byHand !== null
  return (
    <QuotesContext value={risk.suggestion?.quotes ?? noQuotes}>
      <Refusal />
      <FormBody pinned={asks || risk.raised !== null} />
      <WarningStrip risk={risk} />
      <Foot onFiled={onFiled} quiet={asks} />
    </QuotesContext>
  )
}

const Refusal = () => {
  const { wrapup } = useText()
  const refusal = useForm((state) => state.refusal)
  const returned = useForm((state) => state.returned)
  const sentBy = useForm((state) => state.sentBy)
  const elsewhere = useForm((state) => state.elsewhere)
  const wroteOn = useForm((state) => state.wroteOn)
  if (!refusal && !returned && !sentBy && !elsewhere && !wroteOn) return null
  return (
    <div className={styles.refusal}>
      {refusal ? <ErrorNote tone="red" what={wrapup.correcting(refusal)} /> : null}
      {returned ? (
        <ErrorNote
          what={wrapup.returnedBy(returned.department)}
          safe={returned.reason}
          todo={wrapup.returnedTodo}
        />
      ) : null}
      {wroteOn ? <ErrorNote what={wrapup.wroteOn} todo={wrapup.checkAgain} /> : null}
      {elsewhere ? <FiledElsewhere both={elsewhere} /> : null}
      {sentBy ? (
        <ErrorNote what={wrapup.sentBy(sentBy.by, sentBy.department)} todo={wrapup.sentByTodo} />
      ) : null}
    </div>
  )
}

type FootProps = Pick<Props, 'onFiled'> & {
  /** A warning is to be answered first. */
  readonly quiet: boolean
}

const Foot = ({ onFiled, quiet }: FootProps) => {
  const workplace = useWorkplace()
  const { reference, clock, onCommand } = workplace
  const { wrapup } = useText()
  const book = useBook()
  const { session } = useFront()
  const rings = useWorkstation((state) => ringingCall(state) !== null)

  const submit = useCallback(() => {
    if (!session) return
    const { form, facts } = session.read()
    session.mark({ marks: true })
    const [first] = missingFields(form, reference, clock.now())
    if (first) focusField(first)
    if (!mayFile(form, reference, clock.now(), facts.over)) return
    const who = form.callerName.trim() || wrapup.unknownCaller
    void fileNow(workplace, book, session, wrapup).then((filed) => {
      if (filed) onFiled(session.callId, who)
    })
  }, [session, reference, clock, workplace, book, onFiled, wrapup])

  useEffect(() => onCommand('submit', submit), [onCommand, submit])

  // Back after a reload: the caret returns to where it was, unless it is somewhere else by now.
  useEffect(() => {
    if (!session || document.activeElement !== document.body) return
    const field = caretLeft(session.callId)
    if (field) focusField(field)
  }, [session])

  return <FormFooter quiet={rings || quiet} onSubmit={submit} />
}
