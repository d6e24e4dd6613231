// The form in front, handed to its fields. A field reads only its own part, so typing redraws one field.
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { FormField } from '../../contract/reference.ts'
import type { Quote } from '../../core/warnings/recognise.ts'
import { missingFields, requiredFields } from '../../core/wrapup/form.ts'
import { useWorkplace } from '../workplace.ts'
import type { FormSession, FormState } from './formSession.ts'

export const SessionContext = createContext<FormSession | null>(null)

/** The words in the form that say why something is suggested: marked where they stand. */
export const QuotesContext = createContext<readonly Quote[]>([])

export const useSession = (): FormSession => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a field was drawn outside a form')
  return session
}

/** `select` must answer with the same value until its part changes. */
export const useForm = <T>(select: (state: FormState) => T): T => {
  const session = useSession()
  return useSyncExternalStore(session.subscribe, () => select(session.read()))
}

export type FieldMarks = { readonly required: boolean; readonly invalid: boolean }

/** Is the field demanded, and is it to be marked because a submit found it empty? */
export const useMarks = (field: FormField): FieldMarks => {
  const { reference, clock } = useWorkplace()
  const required = useForm((state) => requiredFields(state.form, reference).includes(field))
  const invalid = useForm(
    (state) => state.marks && missingFields(state.form, reference, clock.now()).includes(field),
  )
  return { required, invalid }
}

export const fieldId = (field: string): string => `wrapup-${field}`

/** Puts the caret into a field of the form; false: it is not on screen. */
export const focusField = (field: string): boolean => {
  const element = document.getElementById(fieldId(field))
  const control = element?.matches('input, textarea, button')
    ? element
    : element?.querySelector<HTMLElement>('input:checked, input, textarea, button')
  control?.focus()
  return control !== null && control !== undefined
}
