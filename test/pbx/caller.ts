// People who call from the city: SIPp processes on the trunk that dial, speak, hang up or give up. They tell
// their call's reference in the PBX and how the call ended. Those who are called: callee.ts.
import { howItEnded, type CallEnd } from './callEnd.ts'
import { TRUNK_HOST } from './configure.ts'
import { freePorts } from './freePorts.ts'
import type { Pbx } from './pbx.ts'
import { isAnswer, runSipp, speaking, type SipMessage } from './sipp.ts'
import { tone, type Sound } from './tones.ts'

export interface CallOptions {
  /** Whom to call: 12351 the queue (default), 12352 the queue unanswered until a seat is, 600 echo, 1001 a seat. */
  to?: string
  /** The caller's number; a fresh made-up mobile number when left out. */
  number?: string
  name?: string
  /** What the caller says, over and over; a 440 Hz tone when left out. */
  sound?: Sound
  /** Sends no sound at all, not even silence: a line broken in one direction. */
  mute?: boolean
  /** Hang up this long after being connected; without it the other side has to, or hangUp(). */
  hangUpAfterMs?: number
  /** More header lines of the INVITE, as written: "X-Odd: 1". */
  headers?: readonly string[]
}

export interface Caller {
  number: string
  /** The PBX's reference of this call: X-Call-Ref at the seat, name of the recordings. */
  callRef: Promise<string>
  /** When SIPp sent the INVITE, and when it was connected (epoch ms, rejects if it never is). */
  invitedAt: () => Promise<number>
  answered: (withinMs?: number) => Promise<number>
  /** When the caller first heard it ring; the queue 12351 answers without. */
  ringing: (withinMs?: number) => Promise<number>
  ended: Promise<CallEnd>
  /** BYE, or CANCEL while it still rings. */
  hangUp: () => Promise<CallEnd>
  messages: () => SipMessage[]
}

let made = 0
/** A number nobody has: no network in China gives out 1390000…. */
export const madeUpNumber = (): string => `1390000${String(1000 + (made++ % 9000))}`

const FOR_EVER_MS = 3_600_000

export async function callQueue(pbx: Pbx, options: CallOptions = {}): Promise<Caller> {
  const [port = 0] = await freePorts([{ kind: 'udp', host: TRUNK_HOST }])
  const number = options.number ?? madeUpNumber()
  const to = options.to ?? '12351'
  const channel = pbx.nextEvent(
    (event) =>
      event['Event'] === 'Newchannel' &&
      (event['Channel'] ?? '').startsWith('PJSIP/trunk-') &&
      event['CallerIDNum'] === number,
    15_000,
  )
  const callRef = channel.then((event) => event['Linkedid'] ?? '')
  callRef.catch(() => {})
  const sipp = runSipp({
    scenario: 'call.xml',
    port,
    target: { host: pbx.host, port: pbx.sipPort, user: to },
    values: {
      TO: to,
      NUMBER: number,
      NAME: options.name ? `"${options.name}" ` : '',
      HEADERS: (options.headers ?? []).map((line) => `\n      ${line}`).join(''),
      HANG_UP_AFTER_MS: options.hangUpAfterMs ?? FOR_EVER_MS,
    },
    prepare: (dir) => ({ SPEAK: options.mute ? '' : speaking(dir, options.sound ?? tone(440, 2000)) }),
  })
  pbx.alongside(sipp.kill)
  const ended = sipp.exit.then((code) => howItEnded(sipp.messages(), code))
  ended.catch(() => {})
  const at = (what: string, matches: (message: SipMessage) => boolean, withinMs?: number): Promise<number> =>
    sipp.untilMessage(what, matches, withinMs).then((message) => message.at)
  return {
    number,
    callRef,
    invitedAt: () => at('an INVITE sent', (m) => m.sent && m.line.startsWith('INVITE')),
    answered: (withinMs) => at('an answer', isAnswer, withinMs),
    ringing: (withinMs) => at('ringing', (m) => m.line.startsWith('SIP/2.0 180'), withinMs),
    ended,
    async hangUp() {
      await sipp.hook()
      return ended
    },
    messages: () => sipp.messages(),
  }
}
