// What is pasted or dropped into a field becomes plain text of a length the field can hold [F71].
// The limits are the contract's own; nothing is cut without the count being told.
import { WrapupForm } from '../../contract/wrapup.ts'

const textFields = [
  'callerName',
  'contactNumber',
  'employer',
  'occurredOn',
  'address',
  'cause',
  'course',
  'toldCaller',
  'nextStep',
] as const
export type TextField = (typeof textFields)[number]

export const isTextField = (field: string): field is TextField => textFields.some((each) => each === field)

/** Most code units a text field of the form can hold. */
export const limitOf = (field: TextField): number => WrapupForm.shape[field].maxLength ?? 0

/** Fields with room for lines; a line break in any other becomes a space. */
export const hasLines = (field: TextField): boolean => field === 'course'

const control = /(?!\n)\p{Cc}|[\u200b\u2028-\u202e\u2066-\u2069\ufeff]/gu

/** Plain text: line ends of one kind, tabs as spaces, no control or direction characters. */
export const plainText = (text: string, lines: boolean): string => {
  const even = text.replace(/\r\n?/g, '\n').replace(/\t/g, ' ')
  return (lines ? even : even.replace(/\n+/g, ' ')).replace(control, '')
}

/** At most `max` code units, never half an emoji. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)
}

/**
 * [WRAP-11] The field's text after pasting over the selection, where the caret stands then, and how many
 * characters did not fit.
 */
export const pasteInto = (
  field: TextField,
  value: string,
  selection: { readonly start: number; readonly end: number },
  pasted: string,
): { readonly value: string; readonly caret: number; readonly cut: number } => {
  const before = value.slice(0, selection.start)
  const after = value.slice(selection.end)
  const room = Math.max(0, limitOf(field) - before.length - after.length)
  // A clipboard can hold megabytes: no more is cleaned than could ever fit, the rest is only counted.
  const looked = pasted.slice(0, Math.max(64_000, room * 2))
  const clean = plainText(looked, hasLines(field))
  const fits = clip(clean, room)
  return {
    value: before + fits + after,
    caret: before.length + fits.length,
    cut: clean.length - fits.length + (pasted.length - looked.length),
  }
}
