// Why a call ended, from what SIP says about it: the Reason header (RFC 3326) first, else the status.
// Decides the cause and who did it; what it means for the record is core's.
import type { IncomingRequestMessage, IncomingResponseMessage } from 'sip.js/lib/core/index.js'
import type { EndCause } from '../../../contract/softphone.ts'
import { causes, causeWord } from '../../text/causes.ts'
import { cleanText } from './callHeaders.ts'

export type End = { readonly by: 'us' | 'them' | null; readonly cause: EndCause | null }

/** Q.850 classes 0–1 (normal clearing, busy, no answer …) are people's doing; above, the network's. */
const NETWORK_CAUSES_FROM = 32
const ELSEWHERE = 26

/** They said BYE. */
export function endOfBye(message: IncomingRequestMessage): End {
  const cause = reasonOf(message)
  const isNetwork = cause?.protocol === 'Q.850' && cause.code >= NETWORK_CAUSES_FROM
  return { by: isNetwork ? null : 'them', cause }
}

/** They gave up while it rang, or the PBX took the call elsewhere. */
export function endOfCancel(message: IncomingRequestMessage): End {
  const cause = reasonOf(message)
  const isElsewhere =
    (cause?.protocol === 'SIP' && cause.code === 200) ||
    (cause?.protocol === 'Q.850' && cause.code === ELSEWHERE)
  return { by: isElsewhere ? null : 'them', cause }
}

/** Our INVITE was refused. Busy, declined and unanswered are the other side's; the rest is the PBX's or the network's. */
export function endOfRefusal(message: IncomingResponseMessage): End {
  const code = message.statusCode ?? 500
  const cause: EndCause = { protocol: 'SIP', code, text: wordOf('SIP', code, message.reasonPhrase ?? '') }
  return { by: [480, 486, 487, 600, 603].includes(code) ? 'them' : null, cause }
}

export function seatCause(code: number, text: string): EndCause {
  return { protocol: 'seat', code, text }
}

/** The Q.850 reason if there is one, else the SIP one; null: no readable Reason. */
export function reasonOf(message: IncomingRequestMessage | IncomingResponseMessage): EndCause | null {
  const reasons = message
    .getHeaders('Reason')
    .flatMap((value) => value.split(/,(?=\s*[\w.-]+\s*;)/))
    .flatMap((value) => {
      const protocol = /^\s*(Q\.850|SIP)\b/i.exec(value)?.[1]?.toUpperCase()
      const code = Number(/;\s*cause\s*=\s*(\d+)/i.exec(value)?.[1] ?? Number.NaN)
      if ((protocol !== 'Q.850' && protocol !== 'SIP') || !Number.isInteger(code)) return []
      const said = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(value)?.[1] ?? ''
      return [{ protocol, code, text: wordOf(protocol, code, said) } as const]
    })
  return reasons.find(({ protocol }) => protocol === 'Q.850') ?? reasons[0] ?? null
}

/** A cause the seat finds by itself, with the word of the table. */
export function sipCause(code: number): EndCause {
  return { protocol: 'SIP', code, text: wordOf('SIP', code, '') }
}

/** The table's word; a code it does not have keeps what was said with it. */
function wordOf(protocol: 'SIP' | 'Q.850', code: number, said: string): string {
  const known = causes.zh[protocol][code]
  return known ?? (cleanText(said, 200) || causeWord(causes.zh, { protocol, code }))
}
