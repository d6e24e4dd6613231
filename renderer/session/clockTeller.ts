// [SYNC-25] A computer whose clock is wrong is told so once a session: records are right all the same, but somebody should
// set the clock.
import { skewWarnMs } from '../../core/sync/skew.ts'
import { span } from '../kit/time.ts'
import type { Notices } from '../notices.ts'
import type { Text } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'

/** To be called whenever the centre has told its time. */
export const clockTeller = (
  sync: Pick<Workplace['sync'], 'status'>,
  notices: Notices,
  text: () => Text,
): (() => void) => {
  let told = false
  return () => {
    const { skewMs } = sync.status()
    if (told || Math.abs(skewMs) < skewWarnMs) return
    told = true
    notices.tell(text().sync.clockOff(span(Math.abs(skewMs)), skewMs > 0), true)
  }
}
