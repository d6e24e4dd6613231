// The numbers an agent need not know: departments with a telephone and the short numbers, found by any part of their
// name, code or number, the seat's favourites first.
import type { Reference } from '../../contract/reference.ts'
import type { DialPlan } from './dialString.ts'
import { dialString } from './dialString.ts'

export type SpeedNumber = {
  /** Department's code, or the number itself: what a favourite remembers. */
  readonly code: string
  readonly number: string
  readonly zh: string
  readonly en: string
  /** Whatever may be typed to find it, in one text. */
  readonly words: string
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

const entry = (code: string, number: string, zh: string, en: string): SpeedNumber => ({
  code,
  number,
  zh,
  en,
  words: [code, number.replaceAll(/\D/g, ''), zh, en].map(plain).join(' '),
})

/** A number listed as a department is not listed a second time as a short number. */
export const speedNumbers = ({
  departments,
  policy,
}: Pick<Reference, 'departments' | 'policy'>): readonly SpeedNumber[] => {
  const all = [
    ...departments.flatMap(({ active, code, phone, zh, en }) =>
      active && phone !== null && phone !== '' ? [entry(code, phone, zh, en)] : [],
    ),
    ...policy.shortNumbers.map(({ number, zh, en }) => entry(number, number, zh, en)),
  ]
  const first = new Map(all.toReversed().map((each) => [plain(each.number), each]))
  return all.filter((each) => first.get(plain(each.number)) === each)
}

/** [CALL-22] Whether this number, as the dial plan writes it, is one of them: nobody there is a worker. */
export const isListed = (all: readonly SpeedNumber[], plain: string, plan: DialPlan): boolean =>
  all.some(({ number }) => {
    const read = dialString(number, plan)
    return read.ok && read.plain === plain
  })

/** [DIAL-14] Favourites first, otherwise in the order of the reference data; '' finds all. */
export const findSpeedNumbers = (
  all: readonly SpeedNumber[],
  typed: string,
  favourites: readonly string[],
): readonly SpeedNumber[] => {
  const text = plain(typed)
  const found = all.filter(({ words }) => words.includes(text))
  const isFavourite = ({ code }: SpeedNumber): boolean => favourites.includes(code)
  return [...found.filter(isFavourite), ...found.filter((each) => !isFavourite(each))]
}
