// [F52] One window per person and computer: whoever has a store's lock works at that seat. What a window does that finds
// it taken is the caller's.
import type { Answer } from '../../contract/answer.ts'
import { failed } from '../../contract/answer.ts'

/** After a reload the old page lets go of the seat within moments. */
const seatLimitMs = 3_000

const lockOf = (store: string): string => `${store}-seat`

export const seatIsTaken = (): Answer<never> =>
  failed('conflict', '这个工号已在另一个窗口打开，请回到那个窗口')

/** The answer lets the seat go; null: another window has it. */
export const takeSeat = (
  locks: LockManager,
  store: string,
  limitMs = seatLimitMs,
): Promise<(() => void) | null> =>
  new Promise((resolve) => {
    locks
      .request(lockOf(store), { signal: AbortSignal.timeout(limitMs) }, () => {
        return new Promise<void>((leave) => resolve(leave))
      })
      .catch(() => resolve(null))
  })

/**
 * Asked before signing in: a new session would take the live line from the window that is at work. The centre is not
 * known yet, so any centre's seat of this account counts.
 */
export const isSeatTaken = async (locks: Pick<LockManager, 'query'>, account: string): Promise<boolean> => {
  const { held } = await locks.query()
  return (held ?? []).some(({ name }) => name?.endsWith(lockOf(`-${account}`)))
}
