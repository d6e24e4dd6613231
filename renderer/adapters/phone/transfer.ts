// Blind transfer: REFER, then what the PBX reports of it. SIP.js does not end the call after a successful one and the
// PBX would wait a minute for it, so we do.
import { type IncomingRequestMessage, type Session } from 'sip.js/lib/core/index.js'
import type { Wiring } from './call.ts'
import { phoneTexts } from './phoneTexts.ts'

/** The PBX promised to report and did not. */
const REPORT_LIMIT_MS = 40_000

export type Transfers = {
  start(number: string): void
  notified(message: IncomingRequestMessage): void
}

export function transferCall(wiring: Wiring & { session(): Session | null; done(): void }): Transfers {
  const { callId, clock, emit, ua } = wiring
  let isPending = false
  let cancelLimit = () => {}

  function fail() {
    if (!isPending) return
    isPending = false
    cancelLimit()
    if (wiring.session() !== null) emit({ type: 'transferFailed', callId, text: phoneTexts.transferFailed })
  }

  return {
    start(number) {
      const session = wiring.session()
      if (session === null || isPending) return
      isPending = true
      cancelLimit = clock.after(REPORT_LIMIT_MS, fail)
      try {
        session.refer(
          { onReject: fail, onRedirect: fail },
          {
            extraHeaders: [
              ua.contactHeader,
              `Refer-To: <${ua.addressOf(number).toString()}>`,
              `Referred-By: <${ua.addressOf(ua.account().extension).toString()}>`,
            ],
          },
        )
      } catch {
        fail()
      }
    },
    /** The body is the first line of a response: how far the new call has come (RFC 3515 section 2.4.5). */
    notified(message) {
      if (!isPending || !/^\s*refer\b/i.test(message.getHeader('Event') ?? '')) return
      const status = Number(/^SIP\/2\.0\s+(\d{3})/i.exec(message.body)?.[1] ?? 0)
      if (status >= 300) fail()
      if (status < 200 || status >= 300) return
      isPending = false
      cancelLimit()
      emit({ type: 'transferred', callId })
      wiring.done()
    },
  }
}
