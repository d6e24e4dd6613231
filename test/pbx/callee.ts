// People in the city who are called: one SIPp process waits on the trunk for one call and answers, refuses or
// lets it ring. Those who call: caller.ts.
import { howItEnded, type CallEnd } from './callEnd.ts'
import { TRUNK_HOST } from './configure.ts'
import { isFree } from './freePorts.ts'
import type { Pbx } from './pbx.ts'
import { runSipp, speaking, type SipMessage } from './sipp.ts'
import { tone, type Sound } from './tones.ts'
import { until } from './until.ts'

export interface CalleeOptions {
  /** answers (default), never answers, or refuses with a SIP status: "486 Busy Here", "603 Decline", "404 Not Found". */
  does?: 'answers' | 'never answers' | { refuses: string }
  /** Rings this long first. */
  ringMs?: number
  /** What the callee says, over and over; an 880 Hz tone when left out. */
  sound?: Sound
  /** Said before the answer (183), e.g. by an operator; then it does not ring. */
  announcement?: Sound
  /** Hang up this long after answering; without it the other side has to, or hangUp(). */
  hangUpAfterMs?: number
}

export interface Callee {
  /** The number dialled, once the call is here. */
  called: (withinMs?: number) => Promise<string>
  /** The number shown to the callee. */
  shownNumber: () => Promise<string>
  ended: Promise<CallEnd>
  hangUp: () => Promise<CallEnd>
  messages: () => SipMessage[]
}

const FOR_EVER_MS = 3_600_000
const SDP = `
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=called 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [rtpstream_audio_port] RTP/AVP 0 101
      a=rtpmap:0 PCMU/8000
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-15
      a=ptime:20
      a=sendrecv
`

/** Ready for the next call the PBX sends to the trunk. One at a time: they all would listen on the same port. */
export async function awaitCall(pbx: Pbx, options: CalleeOptions = {}): Promise<Callee> {
  const does = options.does ?? 'answers'
  const refuses = typeof does === 'object' ? does.refuses : null
  const { announcement } = options
  // The call of the one before is over at the PBX a moment before its process has left.
  await until('whoever was called before to be gone', () =>
    isFree({ kind: 'udp', host: TRUNK_HOST }, pbx.trunkPort),
  )
  const sipp = runSipp({
    scenario: refuses === null ? 'answer.xml' : 'refuse.xml',
    port: pbx.trunkPort,
    values: {
      STATUS: refuses ?? '',
      RING_MS: does === 'never answers' ? FOR_EVER_MS : (options.ringMs ?? 100),
      HANG_UP_AFTER_MS: options.hangUpAfterMs ?? FOR_EVER_MS,
      PROGRESS: announcement ? '183 Session Progress' : '180 Ringing',
      PROGRESS_BODY: announcement ? SDP : '\n      Content-Length: 0\n',
    },
    prepare: (dir) => ({
      SPEAK: speaking(dir, options.sound ?? tone(880, 2000)),
      ANNOUNCE: announcement ? speaking(dir, announcement, 'announcement') : '',
    }),
  })
  pbx.alongside(() => sipp.kill())
  await sipp.listening()
  const ended = sipp.exit.then((code) => howItEnded(sipp.messages(), code))
  ended.catch(() => {})
  const invite = (withinMs?: number): Promise<SipMessage> =>
    sipp.untilMessage('a call', (m) => !m.sent && m.line.startsWith('INVITE '), withinMs)
  return {
    called: async (withinMs) => /^INVITE sip:([^@]*)@/.exec((await invite(withinMs)).line)?.[1] ?? '',
    shownNumber: async () => /^From:.*<sip:([^@]*)@/im.exec((await invite()).text)?.[1] ?? '',
    ended,
    async hangUp() {
      await sipp.hook()
      return ended
    },
    messages: () => sipp.messages(),
  }
}
