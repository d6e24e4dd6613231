// Official numbers as the simulated centre draws them: server/dispatch.ts in small.
import { dayNumber, dayOf, secondOf } from '../../core/tickets/workdays.ts'
import { ToldNumbers } from '../../contract/sync.ts'
import type { CentreState } from './centreModel.ts'

const dayNamed = (prefix: string, now: number): string =>
  prefix + dayOf(dayNumber(now)).iso.replaceAll('-', '')

export const numberOn = (state: CentreState, now: number, prefix = ''): [string, Map<string, number>] => {
  const day = dayNamed(prefix, now)
  const last = (state.numbered.get(day) ?? 0) + 1
  return [`${day}-${String(last).padStart(4, '0')}`, new Map(state.numbered).set(day, last)]
}

/** [SERVER-35] After going back, as server/dispatch.ts has it. */
export const withoutKnownNumbers = (state: CentreState, now: number): CentreState => {
  const leap = (day: string): [string, number] => [
    day,
    Math.max(state.numbered.get(day) ?? 0, 100_000 + secondOf(now)),
  ]
  const days = ['', 'YJ'].map((prefix) => leap(dayNamed(prefix, now)))
  return { ...state, numbered: new Map([...state.numbered, ...days]) }
}

/** [SERVER-57] What seats were told of their work orders and warnings, by id. */
export type Told = ReadonlyMap<string, string>
export const toldIn = (items: readonly unknown[]): Told =>
  new Map(
    items.flatMap((item) =>
      (ToldNumbers.safeParse(item).data?.body.numbers ?? []).map(
        (each) => ['ticket' in each ? each.ticket : each.warning, each.number] as const,
      ),
    ),
  )

/** The number that was told if nobody has it, as server/toldNumbers.ts has it. */
export const numberFor = (
  state: CentreState,
  now: number,
  told: string | undefined,
  prefix = '',
): [string, Map<string, number>] => {
  const [day = '', counted = ''] = told?.split('-') ?? []
  const taken = [...state.tickets.values(), ...state.warnings.values()]
  const isFree = taken.every(({ value }) => value.number !== told)
  if (told === undefined || day > dayNamed(prefix, now) || Number(counted) >= 300_000 || !isFree)
    return numberOn(state, now, prefix)
  return [told, new Map(state.numbered).set(day, Math.max(state.numbered.get(day) ?? 0, Number(counted)))]
}
