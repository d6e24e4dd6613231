// [PHONE-29] A browser may say neither yes nor no to a description, and SIP.js waits for ever. Nothing here does: what
// takes too long is refused, and the beginning of a call is tried once more with a fresh path. When the call is over
// nothing is waited for or begun any more.
import type { Clock } from '../../../core/ports.ts'
import type { CallMedia } from './media.ts'

/** Longer than the slowest search for an address of ours (browserMedia.ts). */
const LIMIT_MS = 5_000

/** What is rejected with when the browser said nothing in time. */
export const overdue = new Error('the browser made no description in time')

export function timely(media: CallMedia, clock: Clock): CallMedia {
  const waiting = new Set<() => void>()
  const within = <T>(made: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancelLimit = clock.after(LIMIT_MS, () => reject(overdue))
      const giveUp = () => {
        cancelLimit()
        reject(new Error('the call is over'))
      }
      waiting.add(giveUp)
      made.then(resolve, reject).finally(() => {
        cancelLimit()
        waiting.delete(giveUp)
      })
    })
  return {
    ...media,
    offer: (direction, restart) => within(media.offer(direction, restart)),
    accept: (answer, early) => within(media.accept(answer, early)),
    answer: (offer, direction) => within(media.answer(offer, direction)),
    rollback: () => within(media.rollback()),
    close() {
      for (const giveUp of waiting) giveUp()
      media.close()
    },
  }
}

/** The first description of a call, tried once more from the beginning when it did not come. */
export async function prepared(media: CallMedia, make: () => Promise<string>): Promise<string> {
  try {
    return await make()
  } catch (problem) {
    if (problem !== overdue) throw problem
    media.beginAnew()
    return make()
  }
}
