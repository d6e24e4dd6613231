// [SESSION-20] What the door knows of the centre before anybody has typed, asked again for as long as it is away.
import { useEffect, useState } from 'react'
import type { Problem } from '../../contract/answer.ts'
import type { Clock } from '../../core/ports.ts'
import type { CentreLine } from '../adapters/centreLine.ts'
import type { SessionKeeper } from '../adapters/session.ts'

export type DoorHealth = {
  /** It does not answer: who worked on this computer signs in without it. */
  readonly away: boolean
  readonly practice: boolean
  /** What answers is not the centre, or shows a certificate that is refused: said before anybody types a password. */
  readonly stranger: Problem | null
}

/** The door waits no longer than this to learn whether it may offer practice. */
const limitMs = 3_000
const againMs = 5_000

/** null: not known yet. Nobody asks while somebody is at work. */
export const useDoorHealth = (
  clock: Pick<Clock, 'after'>,
  line: CentreLine | null,
  keeper: Pick<SessionKeeper, 'centreTold'> | null,
  isAtDoor: boolean,
): DoorHealth | null => {
  const [health, setHealth] = useState<DoorHealth | null>(
    line === null ? { away: false, practice: false, stranger: null } : null,
  )
  useEffect(() => {
    if (line === null || !isAtDoor) return undefined
    let stop = (): void => undefined
    let isOver = false
    const ask = async (): Promise<void> => {
      const answer = await line.send('health', { body: '', token: null, centre: null, limitMs })
      if (isOver) return
      if (answer.ok) void keeper?.centreTold(answer.value.serverNow)
      else stop = clock.after(againMs, () => void ask())
      const stranger = !answer.ok && answer.problem.code === 'not_ours' ? answer.problem : null
      setHealth({
        away: !answer.ok && stranger === null,
        practice: answer.ok && answer.value.practice,
        stranger,
      })
    }
    void ask()
    return () => {
      isOver = true
      stop()
    }
  }, [clock, line, keeper, isAtDoor])
  return health
}
