// From what a person types, pastes or clicks to what the telephone dials. Law: docs/rules/dial.md
// Which numbers are short, the area code and the outside prefix are reference data (policy).
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Policy } from '../../contract/reference.ts'

export type DialPlan = Pick<Policy, 'outsidePrefix' | 'shortNumbers' | 'areaCode'> & {
  /** This seat's own extension: other extensions have as many digits. */
  readonly ownExtension: string
  /** The exchange's number that gives every sound back; null: it has none. */
  readonly echoNumber: string | null
}

export type DialProblem =
  | 'empty'
  | 'letters' // something that is no digit stands in it
  | 'code' // * and # codes steer the PBX; the seat sends them itself
  | 'tooShort'
  | 'tooLong'
  | 'foreign'
  | 'unknown'
  | 'self'

export type DialString =
  | {
      readonly ok: true
      /** What is sent to the PBX. */
      readonly number: string
      /** The same without the outside prefix, as the record and the screen keep it. */
      readonly plain: string
      readonly internal: boolean
    }
  | { readonly ok: false; readonly problem: DialProblem }

const no = (problem: DialProblem): DialString => ({ ok: false, problem })

/** Full-width forms (U+FF01–FF5E) to their plain ones, link schemes and separators away. */
const tidy = (typed: string): string =>
  typed
    .normalize('NFKC')
    .trim()
    .replace(/^(tel|callto|sips?):(\/\/)?/i, '')
    .replace(/[;?].*$/, '')
    .replace(/@.*$/, '')
    .replaceAll(/[\s\u200b-\u200f\u202a-\u202e().·\-‐-―−/]/g, '')

/** [DIAL-1]–[DIAL-9] What becomes of the typed number. Never throws. */
export const dialString = (typed: string, plan: DialPlan): DialString => {
  const text = tidy(typed)
  if (text === '') return no('empty')
  if (/^[*#]/.test(text)) return no('code')
  if (!/^\+?\d+$/.test(text)) return no('letters')
  if (plan.shortNumbers.some((short) => short.number === text)) return inside(text, false)
  if (text === plan.echoNumber) return inside(text, true)
  if (text === plan.ownExtension) return no('self')
  if (/^[1-9]/.test(text) && text.length === plan.ownExtension.length) return inside(text, true)
  if (text.replace('+', '').length > 15) return no('tooLong')
  return outside(text, plan)
}

/** Dialled as it is, without the prefix for outside lines. */
const inside = (number: string, internal: boolean): DialString => ({
  ok: true,
  number,
  plain: number,
  internal,
})

const outside = (text: string, plan: DialPlan): DialString => {
  const parsed = parsePhoneNumberFromString(text, 'CN')
  if (/^(\+|00)/.test(text) && parsed?.countryCallingCode !== '86') return no('foreign')
  const national = /^(\+|00)/.test(text) ? (parsed?.nationalNumber ?? '') : text.replace(/^0+/, '')
  const zero = text.startsWith('0') || text.startsWith('+')
  const plain = plainOf(national, zero, plan)
  return typeof plain === 'string'
    ? { ok: true, number: plan.outsidePrefix + plain, plain, internal: false }
    : plain
}

/** `zero`: an area code stood in front, so the rest is no local number. */
const plainOf = (national: string, zero: boolean, plan: DialPlan): string | DialString => {
  const { length } = national
  // Mobile, with or without the 0 that used to be dialled before it.
  if (/^1[3-9]/.test(national)) {
    if (length < 11) return no('tooShort')
    return length > 11 ? no('tooLong') : national
  }
  // 400 and 800 numbers, and service numbers of carriers, banks and government (10xxx, 12xxx, 95xxx, 96xxx).
  if (!zero && /^[48]00\d{7}$/.test(national)) return national
  if (!zero && /^(1[02]\d{3}|9[56]\d{3,4})$/.test(national)) return national
  if (!zero) {
    if (length < 7) return no('tooShort')
    if (length > 8) return no(length > 12 ? 'tooLong' : 'unknown')
    // A number of our own town.
    return plainOf(plan.areaCode.replace(/^0+/, '') + national, true, plan)
  }
  // 10 and 2x have eight digits behind them, other area codes seven or eight; 12351 and its like have five.
  const area = /^(10|2[0-9])/.test(national) ? 2 : 3
  if (!/^(10|[2-9])/.test(national)) return no('unknown')
  const local = national.slice(area)
  if (/^(1[02]\d{3}|9[56]\d{3})$/.test(local)) return `0${national}`
  const least = area === 2 ? 8 : 7
  if (local.length < least) return no('tooShort')
  if (local.length > 8) return no('tooLong')
  return /^[2-8]/.test(local) ? `0${national}` : no('unknown')
}
