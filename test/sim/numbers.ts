// Official numbers as the simulated centre draws them: server/dispatch.ts in small.
import { dayNumber, dayOf, secondOf } from '../../core/tickets/workdays.ts'
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
