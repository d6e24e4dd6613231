// What the queue is told of this seat, and when.
import type { QueueWord } from '../effects.ts'
import type { Call } from '../softphone/call.ts'
import { isLive } from '../softphone/call.ts'
import type { Seat } from './seat.ts'
import { mayTakeCalls } from './seat.ts'
import type { Unfit } from './selfCheck.ts'

/** Last word the queue heard from a seat; null: nothing since its telephone registered. */
export type QueueTold = 'ready' | 'paused' | null

/** [SEAT-5] The queue is told when readiness changes, never in the middle of a call, and anew after each registration. */
export const queueWords = (
  seat: Seat,
  calls: readonly Call[],
  phoneIsUp: boolean,
  unfit: Unfit | null,
  told: QueueTold,
): readonly [QueueTold, readonly QueueWord[]] => {
  if (seat.is !== 'signedIn' || !phoneIsUp || calls.some(isLive)) return [told, []]
  const wish = mayTakeCalls(seat, calls, true, unfit) ? 'ready' : 'paused'
  if (wish === told) return [wish, []]
  const word: QueueWord = wish === 'ready' ? 'resume' : 'pause'
  return [wish, told === null ? ['signIn', word] : [word]]
}
