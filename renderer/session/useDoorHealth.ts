// [SESSION-20] What the door knows of the centre before anybody has typed, asked again for as long as somebody stands there.
import { useEffect, useState } from 'react'
import type { Answer, Problem } from '../../contract/answer.ts'
import type { ApiOutput } from '../../contract/api.ts'
import type { Clock } from '../../core/ports.ts'
import type { CentreLine } from '../adapters/centreLine.ts'
import { isAway, type SessionKeeper } from '../adapters/session.ts'

export type DoorHealth = {
  /** It does not answer: who worked on this computer signs in without it. */
  readonly away: boolean
  readonly practice: boolean
  /** What answers will not have us, is not the centre or shows a certificate that is refused: said before a password is typed. */
  readonly refusal: Problem | null
}

const well: DoorHealth = { away: false, practice: false, refusal: null }

export const doorHealthOf = (answer: Answer<ApiOutput<'health'>>): DoorHealth => {
  if (answer.ok) return { ...well, practice: answer.value.practice }
  const { problem } = answer
  return problem.code !== 'not_ours' && isAway(problem.code)
    ? { ...well, away: true }
    : { ...well, refusal: problem }
}

/** It says no more than that the centre does not answer, or not yet. */
export const isAbsence = ({ code }: Problem): boolean => code === 'unreachable' || code === 'busy'

/** Said because the centre could not be asked, as that an account never signed in here: not once it is back. */
export const isForWantOfCentre = (problem: Problem): boolean =>
  isAbsence(problem) ||
  // Closed is what the centre itself said.
  (['not_ours', 'not_found', 'not_signed_in'].includes(problem.code) && problem.closed === undefined)

/** The door waits no longer than this to learn whether it may offer practice. */
const limitMs = 3_000
const againMs = 5_000
/** While it is there: who comes to a door that has stood open for an hour reads what holds now. */
const stillMs = 15_000

/** null: not known yet. Nobody asks while somebody is at work. */
export const useDoorHealth = (
  clock: Pick<Clock, 'after'>,
  line: CentreLine | null,
  keeper: Pick<SessionKeeper, 'centreTold'> | null,
  isAtDoor: boolean,
): DoorHealth | null => {
  const [health, setHealth] = useState<DoorHealth | null>(line === null ? well : null)
  useEffect(() => {
    if (line === null || !isAtDoor) return undefined
    let stop = (): void => undefined
    let isOver = false
    const ask = async (): Promise<void> => {
      const answer = await line.send('health', { body: '', token: null, centre: null, limitMs })
      if (isOver) return
      if (answer.ok) void keeper?.centreTold(answer.value.serverNow)
      stop = clock.after(answer.ok ? stillMs : againMs, () => void ask())
      setHealth(doorHealthOf(answer))
    }
    void ask()
    return () => {
      isOver = true
      stop()
      // Who is next at the door does not read what held when the last one went to work.
      setHealth((last) => ({ ...well, practice: last?.practice === true }))
    }
  }, [clock, line, keeper, isAtDoor])
  return health
}
