// Passing a call on: REFER, blind or to the other side of another call of ours (Replaces, RFC 3891), then what the PBX
// reports of it. SIP.js does not end the call after a successful one and the PBX would wait a minute for it, so we do.
import { type IncomingRequestMessage, type Session } from 'sip.js/lib/core/index.js'
import type { SipCall, Wiring } from './call.ts'
import { phoneTexts } from './phoneTexts.ts'

/** The PBX promised to report and did not. */
const REPORT_LIMIT_MS = 40_000

/** Our call with the one it is to be put through to. */
export type Consulted = Pick<SipCall, 'session' | 'hangUp'>

export type Transfers = {
  start(number: string): void
  /** Puts the other sides of both calls through to each other. */
  handOver(to: Consulted | null): void
  notified(message: IncomingRequestMessage): void
}

export function transferCall(wiring: Wiring & { session(): Session | null; done(): void }): Transfers {
  const { callId, clock, emit, ua } = wiring
  let isPending = false
  let cancelLimit = () => {}
  let consulted: Consulted | null = null

  function fail() {
    if (!isPending) return
    isPending = false
    consulted = null
    cancelLimit()
    if (wiring.session() !== null) emit({ type: 'transferFailed', callId, text: phoneTexts.transferFailed })
  }

  function refer(address: string) {
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
            `Refer-To: <${address}>`,
            `Referred-By: <${ua.addressOf(ua.account().extension).toString()}>`,
          ],
        },
      )
    } catch {
      fail()
    }
  }

  return {
    start: (number) => refer(ua.addressOf(number).toString()),
    handOver(to) {
      if (isPending) return
      const other = to?.session() ?? null
      if (other === null) {
        isPending = true
        return fail()
      }
      consulted = to
      const replaces = `${other.callId};to-tag=${other.remoteTag};from-tag=${other.localTag}`
      refer(`${other.remoteURI.toString()}?Replaces=${encodeURIComponent(replaces)}`)
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
      consulted?.hangUp()
    },
  }
}
