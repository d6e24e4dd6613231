// When the page goes away, the callers are told at once: without a BYE the PBX would leave them half a minute in silence.
import type { Phone } from '../../../core/ports.ts'

export function hangUpOnLeave(phone: Phone, page: Window): void {
  // disconnect() says its BYEs before it first waits, so they leave although the page does not wait for it.
  page.addEventListener('pagehide', () => void phone.disconnect())
}
