// What the suites of the store need: the three ports over one fresh store, and a clock that stands still.
import type { Mirror } from '../../core/centrePorts.ts'
import type { Outbox, Records } from '../../core/ports.ts'
import type { Answer } from '../../contract/answer.ts'
import type { ManualClock } from '../fakes/manualClock.ts'

export type OpenedSeat = {
  readonly records: Records
  readonly outbox: Outbox
  readonly mirror: Mirror
  readonly clock: ManualClock
  close(): void
}
export type OpenSeat = () => OpenedSeat

/** The value of an Answer that must be ok. */
export const value = async <T>(answer: Promise<Answer<T>> | Answer<T>): Promise<T> => {
  const given = await answer
  if (!given.ok) throw new Error(`${given.problem.code}: ${given.problem.text}`)
  return given.value
}

/** The code of an Answer that must have failed; 'ok' when it did not. */
export const code = async (answer: Promise<Answer<unknown>>): Promise<string> => {
  const given = await answer
  return given.ok ? 'ok' : given.problem.code
}
