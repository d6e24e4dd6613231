// The foot of the form: what is on disk since when, what is missing by name, and the one step forward.
import { CircleCheck, HardDrive, TriangleAlert } from 'lucide-react'
import { Button } from 'antd'
import { dispatches, missingFields } from '../../core/wrapup/form.ts'
import { ariaKeys, useKeys } from '../app/useKeys.ts'
import { KeyCap } from '../kit/KeyCap.tsx'
import { clockTime } from '../kit/time.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import styles from './FormFooter.module.css'
import { useOffline } from '../sync/useSync.ts'
import { useForm } from './sessionContext.ts'

type Props = {
  /** Outline, because something more urgent than submitting is asked of the agent. */
  readonly quiet: boolean
  readonly onSubmit: () => void
}

export const FormFooter = ({ quiet, onSubmit }: Props) => {
  const { wrapup } = useText()
  const keys = useKeys()
  const { reference, clock } = useWorkplace()
  const form = useForm((state) => state.form)
  const over = useForm((state) => state.facts.over)
  const filing = useForm((state) => state.filing)
  const problem = useForm((state) => state.problem)
  const refusal = useForm((state) => state.refusal)
  const returned = useForm((state) => state.returned !== null)
  const cut = useForm((state) => state.cut)
  const missing = missingFields(form, reference, clock.now())
  const sends = dispatches(form, reference)
  const names = missing.map((field) => wrapup.fields[field]).join(wrapup.listJoin)
  const label = returned
    ? wrapup.dispatchAgain
    : refusal !== null
      ? wrapup.submitAgain
      : sends
        ? wrapup.submitAndDispatch
        : wrapup.submit
  return (
    <footer className={styles.footer}>
      <Saved />
      <span className={styles.says}>
        {problem !== null ? (
          <strong className={styles.red} role="alert">
            {wrapup.notFiled(problem || wrapup.noRecord)}
          </strong>
        ) : cut ? (
          <output className={styles.gold}>{wrapup.cut(wrapup.fields[cut.field], cut.count)}</output>
        ) : missing.length > 0 ? (
          <output title={names}>{wrapup.missing(missing.length, names)}</output>
        ) : over ? (
          <output className={styles.green}>
            <CircleCheck size={14} aria-hidden="true" /> {wrapup.complete}
          </output>
        ) : (
          <output>{wrapup.afterCallFirst}</output>
        )}
      </span>
      <Button
        type={quiet || !over ? 'default' : 'primary'}
        disabled={filing}
        aria-keyshortcuts={ariaKeys(keys.submit)}
        className={quiet || !over ? (styles.outlined ?? '') : ''}
        onClick={onSubmit}
      >
        {filing ? wrapup.submitting : label}
        <KeyCap keys={keys.submit} />
      </Button>
    </footer>
  )
}

const Saved = () => {
  const { wrapup } = useText()
  const save = useForm((state) => state.save)
  const offline = useOffline()
  if (save.is === 'failed')
    return (
      <span className={styles.red} role="alert">
        <TriangleAlert size={14} aria-hidden="true" /> <strong>{wrapup.saveFailed(save.text)}</strong>{' '}
        {wrapup.saveRetrying}
      </span>
    )
  return (
    <span className={offline ? styles.slate : styles.saved}>
      <HardDrive size={14} aria-hidden="true" />
      {save.is === 'unsaved'
        ? wrapup.notSaved
        : offline
          ? wrapup.savedOffline(clockTime(save.at))
          : wrapup.saved(clockTime(save.at))}
    </span>
  )
}
