// The caller's telephone number: masked until somebody asks to see it, and the asking is on record before it is shown.
import { Eye, EyeOff } from 'lucide-react'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { AuditId } from '../../contract/ids.ts'
import { maskNumber, maySeeWhole } from '../../core/privacy/mask.ts'
import { composes } from '../app/keys.ts'
import { useText } from '../text/catalogue.ts'
import { useWorkplace } from '../workplace.ts'
import { Field, errorId } from './Field.tsx'
import styles from './TextField.module.css'
import { useTyping } from './TextField.tsx'
import { fieldId, useForm, useMarks, useSession } from './sessionContext.ts'

export const ContactField = () => {
  const { wrapup } = useText()
  const session = useSession()
  const { account, clock, newCallId, notices, records, reference } = useWorkplace()
  const may = maySeeWhole(reference.policy, account.role)
  const value = useForm((state) => state.form.contactNumber)
  const { required, invalid } = useMarks('contactNumber')
  const typing = useTyping('contactNumber')
  // A number typed here is the agent's own text: it is masked once the field is left.
  const [shown, setShown] = useState(false)
  const [writes, setWrites] = useState(false)
  const open = shown || writes || value === ''

  const toggle = async () => {
    if (shown || writes) {
      setShown(false)
      setWrites(false)
      return
    }
    const noted = await records.noteAudit({
      v: 1,
      id: AuditId.parse(newCallId()),
      rev: 1,
      agent: account.id,
      what: 'number.shown',
      callId: session.callId,
      at: clock.now(),
    })
    if (noted.ok) setShown(true)
    else notices.tell(noted.problem.text, true)
  }

  return (
    <Field field="contactNumber" label={wrapup.fields.contactNumber} required={required} invalid={invalid}>
      <Input
        id={fieldId('contactNumber')}
        value={open ? value : maskNumber(value)}
        readOnly={!open}
        inputMode="tel"
        autoComplete="off"
        aria-required={required}
        aria-invalid={invalid}
        aria-describedby={invalid ? errorId('contactNumber') : undefined}
        {...(invalid ? { status: 'error' as const } : {})}
        {...typing}
        onPaste={(event) => (open ? typing.onPaste(event) : event.preventDefault())}
        // Nothing is typed into a mask; why not is said instead of swallowing the keys.
        {...(open || !may ? {} : { title: wrapup.masked })}
        onKeyDown={(event) => {
          if (open || !may || composes(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey)
            return
          if (event.key.length === 1 || event.key === 'Backspace' || event.key === 'Delete')
            notices.tell(wrapup.masked)
        }}
        onFocus={() => setWrites(value === '')}
        onBlur={() => setWrites(false)}
        suffix={
          value === '' || !may ? null : (
            <Button
              type="text"
              size="small"
              className={styles.inside ?? ''}
              // Pressed with the mouse it must not take the caret out of the field first.
              onMouseDown={(event) => event.preventDefault()}
              icon={open ? <Eye size={15} /> : <EyeOff size={15} />}
              aria-label={open ? wrapup.hideNumber : wrapup.showNumber}
              aria-pressed={shown}
              onClick={() => void toggle()}
            />
          )
        }
      />
    </Field>
  )
}
