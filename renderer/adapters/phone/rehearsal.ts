// [BAR-9] A browser compiles what runs often. SIP.js's grammar runs once a call, and reading the first callers of a shift costs
// ten times what reading the hundredth does. So nobody's INVITE is read again and again in idle moments before a real
// one comes; it is only read, and nothing else ever hears of it.
import { IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import { CallId } from '../../../contract/ids.ts'
import { readOffer } from './callHeaders.ts'
import { glance } from './glimpse.ts'
import { messagesIn } from './sipFrames.ts'
import { readMessage } from './sipRepair.ts'

const nobody = CallId.parse('00000000-0000-7000-8000-000000000000')

/** Runs a piece of work when there is nothing better to do; the piece asks how many ms it may still take. */
export type Idle = (run: (leftMs: () => number) => void) => void

const TIMES = 200
/** One reading takes about as long while it is new. */
const ONE_MS = 4

const body = [
  'v=0',
  'o=- 1 1 IN IP4 192.0.2.1',
  's=Asterisk',
  'c=IN IP4 192.0.2.1',
  't=0 0',
  'm=audio 10000 UDP/TLS/RTP/SAVPF 8 0 101',
  'a=rtpmap:8 PCMA/8000',
  '',
].join('\r\n')

const invite = [
  'INVITE sip:1000@rehearsal.invalid;transport=ws SIP/2.0',
  'Via: SIP/2.0/WSS 192.0.2.1:8089;rport;branch=z9hG4bKPj0;alias',
  'From: "13800000000" <sip:13800000000@rehearsal.invalid>;tag=0',
  'To: <sip:1000@rehearsal.invalid>',
  'Contact: <sip:asterisk@192.0.2.1:8089;transport=ws>',
  'Call-ID: rehearsal',
  'CSeq: 1 INVITE',
  'Allow: OPTIONS, INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, INFO, MESSAGE, REFER',
  'Supported: 100rel, timer, replaces, norefersub',
  'Session-Expires: 1800',
  'Min-SE: 90',
  'P-Asserted-Identity: "13800000000" <sip:13800000000@rehearsal.invalid>',
  'X-Call-Ref: 0.0',
  'X-Queue: 12351',
  'X-Leg-Id: 0.1',
  'Max-Forwards: 70',
  'Content-Type: application/sdp',
  `Content-Length: ${body.length}`,
  '',
  body,
].join('\r\n')

const whenIdle: Idle = (run) => requestIdleCallback((deadline) => run(() => deadline.timeRemaining()))

export function rehearse(idle = whenIdle): void {
  let left = TIMES
  const some = (leftMs: () => number) => {
    while (left > 0 && leftMs() > ONE_MS) {
      left -= 1
      readOnce()
    }
    if (left > 0) idle(some)
  }
  idle(some)
}

function readOnce(): void {
  for (const text of messagesIn(invite))
    for (const message of [glance(text), readMessage(text)])
      if (message instanceof IncomingRequestMessage) readOffer(message, nobody, '1000')
}
