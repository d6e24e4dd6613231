// [BAR-15] Reading an INVITE takes longer than showing who calls. So its header lines are looked at first, and where somebody
// new seems to call the agent is shown who; SIP.js reads it when that has been painted, and everything that came
// behind it in the order it came. Whether there is a call, and what becomes of it, only SIP.js's reading decides.
import { IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { CallId } from '../../../contract/ids.ts'
import type { OfferedCall } from '../../../core/softphone/phoneEvent.ts'
import { readOffer } from './callHeaders.ts'
import type { UserAgent } from './userAgent.ts'

/** An honest head is a tenth of it; a longer one is read without a look. */
const HEAD_LIMIT = 8_192

/** The header lines of an INVITE outside any call, as they came; null: anything else, or nothing to be sure of. */
export function glance(text: string): IncomingRequestMessage | null {
  const end = text.slice(0, HEAD_LIMIT).indexOf('\r\n\r\n')
  if (!text.startsWith('INVITE ') || end < 0) return null
  const message = new IncomingRequestMessage()
  const [, ...lines] = text.slice(0, end).split(/\r\n(?![ \t])/)
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) return null
    message.addHeader(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const isBegun = /;\s*tag\s*=/i.test(message.getHeader('to') ?? ';tag=')
  return isBegun || !message.hasHeader('from') || !message.hasHeader('call-id') ? null : message
}

export type Glimpse = {
  received(text: string): void
  /** The line is lost: what still waits was said before that. */
  readAll(): void
}

export function glimpse(deps: {
  ua: Pick<UserAgent, 'receive' | 'account'>
  /** By SIP Call-ID. */
  isKnown(callId: string): boolean
  newCallId(): CallId
  /** True: the agent is shown it. */
  foretell(call: OfferedCall): boolean
  soon(run: () => void): void
}): Glimpse {
  let waiting: string[] = []

  function isShown(text: string): boolean {
    try {
      const message = glance(text)
      if (message === null || deps.isKnown(message.getHeader('call-id') ?? '')) return false
      return deps.foretell(readOffer(message, deps.newCallId(), deps.ua.account().extension))
    } catch {
      // A look that fails must not cost the caller.
      return false
    }
  }

  function readAll() {
    const due = waiting
    waiting = []
    for (const text of due) deps.ua.receive(text)
  }

  return {
    received(text) {
      if (waiting.length > 0) waiting.push(text)
      else if (isShown(text)) {
        waiting = [text]
        deps.soon(readAll)
      } else deps.ua.receive(text)
    },
    readAll,
  }
}
