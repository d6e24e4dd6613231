// Where a number is from (归属地), for those the exchange says nothing about: landlines by their area code.
// A mobile shows nothing: its place needs a table of a carrier, and a wrong hint is worse than none.
import type { Reference } from '../../contract/reference.ts'
import type { PhoneEvent } from './phoneEvent.ts'

export type Places = {
  readonly areaCodes: NonNullable<Reference['areaCodes']>
  /** Ours: a number without an area code is from here. */
  readonly areaCode: string
}

export const placesOf = (reference: Pick<Reference, 'areaCodes' | 'policy'>): Places => ({
  areaCodes: reference.areaCodes ?? {},
  areaCode: reference.policy.areaCode,
})

/** +86 10 6555 0000, 0086…, 8610…, 010… → 0106555…; '' for what is no landline. */
const landline = (number: string): string => {
  const text = number.normalize('NFKC').replaceAll(/[\s().-]/g, '')
  const home = /^(?:\+|00)?86(?=\d{9,})/.exec(text)
  const national = home ? text.slice(home[0].length) : text
  if (!/^\d{7,12}$/.test(national) || /^0?1[3-9]\d{9}$/.test(national)) return ''
  return home && !national.startsWith('0') ? `0${national}` : national
}

/** null: unknown, or none to be said. */
export const placeOf = (number: string, { areaCodes, areaCode }: Places): string | null => {
  const text = landline(number)
  if (/^[2-8]\d{6,7}$/.test(text)) return areaCodes[areaCode] ?? null
  if (!text.startsWith('0')) return null
  const length = /^0(10|2\d)/.test(text) ? 3 : 4
  const local = text.slice(length)
  if (!/^[2-8]\d{6,7}$/.test(local)) return null
  return areaCodes[text.slice(0, length)] ?? null
}

/** [PRIV-3] The exchange's word comes first; after a transfer the place is the new other side's. */
export const withPlace = (event: PhoneEvent, places: Places): PhoneEvent => {
  if (event.type === 'offered' && event.call.place === null)
    return { ...event, call: { ...event.call, place: placeOf(event.call.number, places) } }
  if (event.type === 'otherSideChanged') return { ...event, place: placeOf(event.number, places) }
  return event
}
