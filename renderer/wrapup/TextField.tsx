// A field of free text. Pasting goes through core/wrapup/paste.ts; nothing is saved while an input method composes.
import { Input } from 'antd'
import type { ClipboardEvent } from 'react'
import { useContext } from 'react'
import type { TextField as TextFieldName } from '../../core/wrapup/paste.ts'
import { limitOf, pasteInto } from '../../core/wrapup/paste.ts'
import { Marked } from '../kit/Marked.tsx'
import { useText } from '../text/catalogue.ts'
import { Field, errorId } from './Field.tsx'
import styles from './TextField.module.css'
import { useComposition } from './useComposition.ts'
import { QuotesContext, fieldId, useForm, useMarks, useSession } from './sessionContext.ts'

type Typed = HTMLInputElement | HTMLTextAreaElement

type Props = {
  readonly field: TextFieldName
  readonly placeholder?: string
  /** Several lines that fill the room there is. */
  readonly tall?: boolean
  readonly className?: string | undefined
}

/** What a text control of the form needs beside its value. */
export const useTyping = (field: TextFieldName) => {
  const session = useSession()
  const composition = useComposition()
  const onPaste = (event: ClipboardEvent<Typed>) => {
    const box = event.currentTarget
    const start = box.selectionStart ?? box.value.length
    const end = box.selectionEnd ?? box.value.length
    const pasted = event.clipboardData.getData('text/plain')
    const result = pasteInto(field, box.value, { start, end }, pasted)
    event.preventDefault()
    const fits = result.value.slice(start, result.caret)
    // insertText keeps the control's own undo; without it the value is set as a whole.
    if (fits !== '' && !document.execCommand('insertText', false, fits))
      session.change({ [field]: result.value })
    session.mark({ cut: result.cut > 0 ? { field, count: result.cut } : null })
  }
  return {
    maxLength: limitOf(field),
    onPaste,
    onChange: (event: { target: { value: string } }) => session.change({ [field]: event.target.value }),
    ...composition,
  }
}

export const TextField = ({ field, placeholder, tall = false, className }: Props) => {
  const { wrapup } = useText()
  const value = useForm((state) => state.form[field])
  const { required, invalid } = useMarks(field === 'contactNumber' ? 'contactNumber' : field)
  const typing = useTyping(field)
  const label = wrapup.fields[field]
  const quotes = useContext(QuotesContext)
  // What was typed since may have moved them.
  const ranges = quotes
    .filter((quote) => quote.field === field && value.slice(quote.start, quote.end) === quote.text)
    .toSorted((one, other) => one.start - other.start)
  const common = {
    id: fieldId(field),
    value,
    autoComplete: 'off',
    'aria-required': required,
    'aria-invalid': invalid,
    'aria-describedby': invalid ? errorId(field) : undefined,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(invalid ? { status: 'error' as const } : {}),
    ...typing,
  }
  return (
    <Field
      field={field}
      label={label}
      required={required}
      invalid={invalid}
      at={tall ? 'top' : 'middle'}
      className={className}
    >
      <Marked text={value} ranges={ranges} tall={tall}>
        {tall ? <Input.TextArea {...common} className={styles.tall ?? ''} /> : <Input {...common} />}
      </Marked>
    </Field>
  )
}
