// When the page goes away, the callers are told at once: without a BYE the PBX would leave them half a minute in silence.
import type { Phone } from '../../../core/ports.ts'

/** The answer ends the watch: a telephone that was signed out must not be held on to until the page goes. */
export function hangUpOnLeave(
  phone: Pick<Phone, 'disconnect' | 'listen'>,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
): () => void {
  const leave = () => {
    // [CALL-5] Nobody pressed anything: the record must say at the next start that the program stopped, not that the
    // agent hung up. So the ends that follow are not told.
    phone.listen(() => {})
    // disconnect() says its BYEs before it first waits, so they leave although the page does not wait for it.
    void phone.disconnect()
  }
  page.addEventListener('pagehide', leave)
  return () => page.removeEventListener('pagehide', leave)
}
