// From what a person types, pastes or clicks to what the telephone dials. Law: docs/rules/dial.md
// Short numbers, area code, outside prefix and what may not be dialled are reference data (policy).
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { DialRules, Policy } from '../../contract/reference.ts'

export type DialPlan = Pick<Policy, 'outsidePrefix' | 'shortNumbers' | 'areaCode' | 'dialRules'> & {
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
  | 'forbidden' // by a rule of the reference data; `rule` has its sentence

type Refused = {
  readonly ok: false
  readonly problem: DialProblem
  /** The rule that forbids it, with what to do instead. */
  readonly rule?: DialRules['forbidden'][number]
}

export type DialString =
  | {
      readonly ok: true
      /** What is sent to the PBX. */
      readonly number: string
      /** The whole number without what the exchange wants around it, as the record and the screen keep it. */
      readonly plain: string
      readonly internal: boolean
    }
  | Refused

const no = (problem: DialProblem): Refused => ({ ok: false, problem })

/** [DIAL-10] Whatever the data forgets or forbids, these four go out. */
const alwaysEmergency = ['110', '119', '120', '122']

const isEmergency = (number: string, plan: DialPlan): boolean =>
  alwaysEmergency.includes(number) || (plan.dialRules?.emergency.includes(number) ?? false)

/** Full-width forms (U+FF01–FF5E) to their plain ones, link schemes and separators away. */
const tidy = (typed: string): string =>
  typed
    .normalize('NFKC')
    .trim()
    .replace(/^(tel|callto|sips?):(\/\/)?/i, '')
    .replace(/[;?].*$/, '')
    .replace(/@.*$/, '')
    .replaceAll(/[\s\u200b-\u200f\u202a-\u202e().·\-‐-―−/]/g, '')

/** [DIAL-1]–[DIAL-12] What becomes of the typed number. Never throws. */
export const dialString = (typed: string, plan: DialPlan): DialString => {
  const text = tidy(typed)
  if (text === '') return no('empty')
  if (/^[*#]/.test(text)) return no('code')
  if (!/^\+?\d+$/.test(text)) return no('letters')
  if (isEmergency(text, plan)) return inside(text, false)
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
  const abroad = /^(\+|00)/.test(text)
  const parsed = abroad ? parsePhoneNumberFromString(text.replace(/^00/, '+'), 'CN') : undefined
  if (abroad && parsed?.countryCallingCode !== '86')
    return forbiddenBy([text.replace('+', '00')], plan) ?? no('foreign')
  const national = abroad ? (parsed?.nationalNumber ?? '') : text.replace(/^0+/, '')
  const zero = text.startsWith('0') || text.startsWith('+')
  const plain = plainOf(national, zero, plan)
  if (typeof plain !== 'string') return forbiddenBy([national], plan) ?? plain
  const own = `0${bare(plan.areaCode)}`
  const local = plain.startsWith(own) ? plain.slice(own.length) : ''
  // Our own town's police is dialled as everybody dials it.
  if (isEmergency(local, plan)) return inside(local, false)
  if (isAreaEmergency(plain, plan))
    return { ok: true, number: plan.outsidePrefix + plain, plain, internal: false }
  return (
    forbiddenBy(local === '' ? [plain] : [plain, local], plan) ?? {
      ok: true,
      number: plan.outsidePrefix + wanted(plain, local, plan),
      plain,
      internal: false,
    }
  )
}

const bare = (areaCode: string): string => areaCode.replace(/^0+/, '')

/** [DIAL-11] The number as the outside lines want it. `local`: what follows our own area code, '' elsewhere. */
const wanted = (plain: string, local: string, { dialRules }: DialPlan): string => {
  if (!dialRules) return plain
  if (/^1[3-9]\d{9}$/.test(plain)) {
    const home = dialRules.homeMobiles
    return home === null || home.some((first) => plain.startsWith(first)) ? plain : `0${plain}`
  }
  return local !== '' && dialRules.ownAreaCode === 'strip' ? local : plain
}

/** [DIAL-12] The rule with the longest prefix that fits one of the ways to write the number. */
const forbiddenBy = (ways: readonly string[], plan: DialPlan): Refused | null => {
  const fits = (plan.dialRules?.forbidden ?? []).filter(({ prefix }) =>
    ways.some((way) => way.startsWith(prefix)),
  )
  const rule = fits.sort((one, other) => other.prefix.length - one.prefix.length)[0]
  return rule ? { ok: false, problem: 'forbidden', rule } : null
}

/** How many digits the area code at the start of a national number has. */
const areaLength = (national: string): 2 | 3 => (/^(10|2[0-9])/.test(national) ? 2 : 3)

/** Another town's police: area code and 110. */
const isAreaEmergency = (plain: string, plan: DialPlan): boolean =>
  plain.startsWith('0') && isEmergency(plain.slice(1 + areaLength(plain.slice(1))), plan)

/** `zero`: an area code stood in front, so the rest is no local number. */
const plainOf = (national: string, zero: boolean, plan: DialPlan): string | Refused => {
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
    return plainOf(bare(plan.areaCode) + national, true, plan)
  }
  // 10 and 2x have eight digits behind them, other area codes seven or eight; 12351 and its like have five.
  const area = areaLength(national)
  if (!/^(10|[2-9])/.test(national)) return no('unknown')
  const local = national.slice(area)
  if (/^(1[02]\d{3}|9[56]\d{3})$/.test(local) || isEmergency(local, plan)) return `0${national}`
  const least = area === 2 ? 8 : 7
  if (local.length < least) return no('tooShort')
  if (local.length > 8) return no('tooLong')
  return /^[2-8]/.test(local) ? `0${national}` : no('unknown')
}
