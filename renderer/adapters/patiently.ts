// Asking a centre that has no time just now.
import type { Answer } from '../../contract/answer.ts'

export type Patience = {
  /** Nobody waits for the answer any more. */
  isEnding(): boolean
  wait(ms: number): Promise<void>
}

const aMomentMs = 1_000
const busyTries = 5

/** Again while the centre asks for a moment, and some times while it has much to do. */
export const patiently = async <T>(
  ask: () => Promise<Answer<T>>,
  { isEnding, wait }: Patience,
): Promise<Answer<T>> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    if (answer.ok || isEnding()) return answer
    const { code, retryAfterMs } = answer.problem
    if (code !== 'too_many' && (code !== 'busy' || tries >= busyTries)) return answer
    await wait(retryAfterMs ?? aMomentMs)
  }
}
