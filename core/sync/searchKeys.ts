// Which texts a stored call is found by: its number, the last four digits of it, letters and pairs of letters of the
// caller's name, the employer it is about. The store keeps them blinded, so each is looked up as a whole; what they leave
// open is looked at in the record itself. Both seat and centre take the last 11 digits as the caller: 013812345678 is +86 138 1234 5678.
import { employerKey } from '../warnings/employer.ts'

const callerDigits = 11
const endDigits = 4
const longestName = 12

/** Last 11 digits backwards, so that "ends with 5678" is "begins with 8765"; '' for a withheld number. */
export const tailKey = (number: string): string =>
  Array.from(number.normalize('NFKC').replaceAll(/\D/g, '')).slice(-callerDigits).reverse().join('')

const lettersOf = (name: string): string[] =>
  Array.from(name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')).slice(0, longestName)

const nameText = (letters: string): string => `name ${letters}`
const callerText = (tail: string): string => `caller ${tail}`
const endText = (tail: string): string => `end ${tail}`

/** Of a number: all its digits, and the last four of them; null: withheld. */
export const numberTexts = (number: string): { readonly caller: string; readonly end: string } | null => {
  const tail = tailKey(number)
  return tail === '' ? null : { caller: callerText(tail), end: endText(tail.slice(0, endDigits)) }
}

/** 王建国 → 王, 建, 国, 王建, 建国: any part of a name is one of these or made of them. */
export const nameTexts = (name: string | null): readonly string[] => {
  const letters = lettersOf(name ?? '')
  return [...new Set([...letters, ...pairsOf(letters)])].map(nameText)
}

/** Of an employer, whatever legal form stands in its name; null: none, or too short to tell it from others. */
export const employerText = (name: string | null): string | null => {
  const key = employerKey(name ?? '')
  return key === '' ? null : `employer ${key}`
}

const pairsOf = (letters: readonly string[]): string[] =>
  letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)

/** What a person typed into the search field: a number's end, part of a name, or nothing. */
export type SearchText = { readonly by: 'tail' | 'name'; readonly key: string } | null

export const searchText = (text: string): SearchText => {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return null
  return /^[+\d\s()-]+$/.test(typed) && /\d/.test(typed)
    ? { by: 'tail', key: tailKey(typed) }
    : { by: 'name', key: lettersOf(typed).join('') }
}

/** Does the call itself have what was typed? */
export const hasText = (
  { number, callerName }: { readonly number: string; readonly callerName: string | null },
  { by, key }: NonNullable<SearchText>,
): boolean =>
  by === 'tail'
    ? tailKey(number).startsWith(key)
    : lettersOf(callerName ?? '')
        .join('')
        .includes(key)

/** The texts to look up for what was typed. */
export type Lookup = {
  readonly by: 'caller' | 'end' | 'name'
  /** A call must have one of these ends, this caller, or all of these parts of a name. */
  readonly texts: readonly string[]
  /** False: a call that has them may still not have what was typed. */
  readonly enough: boolean
}

export const lookupOf = ({ by, key }: NonNullable<SearchText>): Lookup => {
  if (by === 'tail') {
    if (key.length >= callerDigits) return { by: 'caller', texts: [callerText(key)], enough: true }
    const enough = key.length <= endDigits
    return { by: 'end', texts: endsWith(key.slice(0, endDigits)).map(endText), enough }
  }
  const letters = Array.from(key)
  const parts = letters.length < 2 ? letters : pairsOf(letters)
  return { by: 'name', texts: [...new Set(parts)].map(nameText), enough: letters.length <= 2 }
}

/** Every end of up to four digits that goes on from these: fewer than four are the end of ten times as many. */
const endsWith = (tail: string): string[] =>
  tail.length === endDigits
    ? [tail]
    : [tail, ...Array.from('0123456789').flatMap((digit) => endsWith(tail + digit))]
