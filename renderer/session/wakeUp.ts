// The computer was asleep: every wait that began before is pointless, and connections may be long dead without a word.
import type { Phone } from '../../core/ports.ts'
import type { Feed } from '../adapters/feed.ts'
import type { SyncLoop } from '../adapters/syncLoop.ts'

/** [DESK-25] The telephone first: somebody may be calling. */
export const wakeUp = (parts: {
  readonly phone: Pick<Phone, 'nudge' | 'checkSound'>
  readonly sync: Pick<SyncLoop, 'hurry' | 'pullNow'>
  readonly feed: Pick<Feed, 'again'>
}): void => {
  parts.phone.nudge()
  parts.phone.checkSound()
  parts.feed.again()
  parts.sync.hurry()
  parts.sync.pullNow()
}
