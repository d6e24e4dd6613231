// How personal data is shown until somebody asks for more, and who may. Masks are for screens; stores keep the whole.
import type { Policy } from '../../contract/reference.ts'
import type { Role } from '../../contract/session.ts'

/** [PRIV-2] May this role have a whole number shown? Who asks is on record either way. */
export const maySeeWhole = ({ wholeNumbers }: Pick<Policy, 'wholeNumbers'>, role: Role): boolean =>
  wholeNumbers?.includes(role) ?? true

/** [SERVER-13] May this person read the whole of this call? An agent only the own ones. */
export const mayReadCall = (
  call: { readonly agent: string },
  reader: { readonly id: string; readonly role: Role },
): boolean => reader.role !== 'agent' || call.agent === reader.id

/**
 * 13800008000 → 138****8000, a number of the town → ****3456: four digits are hidden at least. Shorter ones keep their last
 * two; up to five digits stay (110, 12333, 1001).
 */
export const maskNumber = (number: string): string => {
  if (number.length <= 5) return number
  if (number.length <= 7) return '*'.repeat(number.length - 2) + number.slice(-2)
  const head = Math.min(3, number.length - 8)
  return number.slice(0, head) + '*'.repeat(number.length - head - 4) + number.slice(-4)
}

/** 王建平 → 王**: the family name stays, as one addresses people. Other scripts keep their first letter. */
export const maskName = (name: string): string => {
  // Whole characters, also beyond the first plane: many family names are.
  const [first = '', ...rest] = Array.from(name)
  return first + '*'.repeat(Math.min(rest.length, 4))
}
