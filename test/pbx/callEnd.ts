// How a call ended, read from the messages SIPp saw: who hung up first, or with what it was refused.
import type { SipMessage } from './sipp.ts'

export interface CallEnd {
  /** us: the SIPp person; pbx: the PBX, on behalf of whoever is behind it. */
  by: 'us' | 'pbx'
  /** SIP status of a call that never connected (487: given up), 200 of one that did. */
  code: number
  /** The Reason header, "Q.850;cause=16", or empty. */
  reason: string
}

export function howItEnded(messages: SipMessage[], exit: number): CallEnd {
  const bye = messages.find((message) => message.line.startsWith('BYE '))
  const cancel = messages.find((message) => message.line.startsWith('CANCEL '))
  const refusal = messages.find((message) => /^SIP\/2.0 [3-6]/.test(message.line))
  if (bye) return { by: bye.sent ? 'us' : 'pbx', code: 200, reason: header(bye, 'Reason') }
  if (cancel) return { by: cancel.sent ? 'us' : 'pbx', code: 487, reason: header(cancel, 'Reason') }
  if (refusal)
    return {
      by: refusal.sent ? 'us' : 'pbx',
      code: Number(refusal.line.split(' ')[1]),
      reason: header(refusal, 'Reason'),
    }
  const last = messages.at(-1)?.line ?? 'nothing'
  throw new Error(
    `SIPp left (${exit}) with the call neither ended nor refused; the last message was: ${last}`,
  )
}

const header = (message: SipMessage, name: string): string =>
  new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(message.text)?.[1] ?? ''
