// One SIP dialog with one seat, and the leg that carries its sound:
//   offering ─► ringing ─► answered ─► ended        (any phase may end)
// It decides when a call counts as answered and ended and by whom; who talks in it is its owner's affair.
import {
  SessionState,
  URI,
  type Body,
  type IncomingInviteRequest,
  type IncomingReferRequest,
  type OutgoingInviteRequest,
  type Session,
} from 'sip.js/lib/core/index.js'
import type { EndedBy } from '../contract/practice.ts'
import type { Frame } from './audio.ts'
import { openLeg } from './leg.ts'
import type { Line, ReachableLine } from './line.ts'
import type { Party } from './party.ts'

export type CallEnd = { by: EndedBy; status: number | null; wasAnswered: boolean }

export type CallWatcher = {
  ringing(): void
  answered(): void
  digit(digit: string): void
  hold(isHeld: boolean): void
  heard(frame: Frame): void
  refer(request: IncomingReferRequest): void
  ended(end: CallEnd): void
  fault(what: string): void
}

export type SeatCall = {
  readonly line: Line
  /** null until there is a dialog. */
  session(): Session | null
  phase(): 'offering' | 'ringing' | 'answered' | 'ended'
  join(party: Party | null): void
  /** CANCEL, refusal or BYE, whichever fits; `status` is the refusal or the Reason's cause. */
  end(by: EndedBy, status?: number): void
  /** Only for calls the seat made. */
  progress(): void
  answer(): void
  /** Lets the seat hear this before any answer (183): what carriers say of numbers that cannot be reached. */
  announce(party: Party): void
  /** Tells the seat that someone else is at the other end now: re-INVITE with a new identity. */
  reidentify(identity: string): void
}

type Wiring = {
  line: Line
  noMediaMs: number
  watcher: CallWatcher
}

export type Caller = { name: string; number: string; headers: string[] }

/** Offers a call to the seat; the line must be reachable. */
export function ringSeat(wiring: Wiring & { line: ReachableLine }, caller: Caller): SeatCall {
  const { line, watcher } = wiring
  const { core } = line
  let outgoing: OutgoingInviteRequest | null = null
  const call = openCall(wiring, {
    leave(by, status) {
      const cause =
        by === 'exchange' && status === 200
          ? 'SIP ;cause=200 ;text="Call completed elsewhere"'
          : 'Q.850;cause=16'
      outgoing?.cancel(cause)
    },
  })

  async function invite() {
    const offer = await call.leg.offer()
    if (call.phase() === 'ended') return
    const { realm, from } = addressOf(line, caller.number)
    const message = core.makeOutgoingRequestMessage(
      'INVITE',
      line.target,
      from,
      new URI('sip', line.extension, realm),
      { fromDisplayName: caller.name },
      [contactOf(line), 'Allow: ACK, BYE, CANCEL, INFO, INVITE, NOTIFY, OPTIONS, REFER', ...caller.headers],
      sdpBody(offer),
    )
    call.ringing()
    outgoing = core.invite(message, {
      onProgress: ({ message: progress }) => {
        if (progress.statusCode !== 100) watcher.ringing()
      },
      onAccept(response) {
        response.ack()
        const { session } = response
        // The seat's 200 and our CANCEL crossed on the wire.
        if (call.phase() === 'ended') {
          session.bye()
          return
        }
        call.attach(session)
        call.attempt('answer not usable', async () => {
          await call.leg.accept(response.message.body)
          call.answered()
        })
      },
      onReject: ({ message: refusal }) => {
        const status = refusal.statusCode ?? 500
        // 408 and 503 are made up by our own stack when the seat is silent or gone.
        call.settle(status === 408 || status === 503 ? 'exchange' : 'seat', status)
      },
    })
  }
  call.attempt('call not offered', invite)
  return call
}

/** A call the seat makes; nothing is answered until its owner says so. */
export function takeCall(wiring: Wiring, request: IncomingInviteRequest): SeatCall {
  const call = openCall(wiring, {
    leave: (by, status) => void request.reject({ statusCode: status ?? (by === 'exchange' ? 503 : 486) }),
  })
  request.delegate = {
    onCancel() {
      request.reject({ statusCode: 487 })
      call.settle('seat', 487)
    },
  }
  call.ringing()
  return {
    ...call,
    progress: () => void request.progress({ statusCode: 180 }),
    announce(party) {
      call.attempt('announcement not given', async () => {
        const sdp = await call.leg.answer(request.message.body)
        if (call.phase() !== 'ringing') return
        request.progress({ statusCode: 183, body: sdpBody(sdp) })
        call.join(party)
      })
    },
    answer() {
      call.attempt('call not answered', async () => {
        const sdp = await call.leg.answer(request.message.body)
        if (call.phase() !== 'ringing') return
        // The core makes the To tag itself: with one of ours the dialog and the reply would disagree.
        const { session } = request.accept({ statusCode: 200, body: sdpBody(sdp) })
        call.attach(session)
        call.answered()
      })
    },
  }
}

function openCall(
  { line, noMediaMs, watcher }: Wiring,
  early: { leave(by: EndedBy, status?: number): void },
) {
  let phase: 'offering' | 'ringing' | 'answered' | 'ended' = 'offering'
  let session: Session | null = null
  let isByeDue = false
  const leg = openLeg(watcher)
  const contact = contactOf(line)
  const silenceWatch = setInterval(() => {
    if (phase === 'answered' && leg.silentMs() > noMediaMs) end('exchange')
  }, 1000)

  /** An async step of this call: whatever goes wrong in it ends this call and nothing else. */
  function attempt(what: string, work: () => Promise<void>) {
    work().catch(() => {
      watcher.fault(what)
      end('exchange', 488)
    })
  }

  function settle(by: EndedBy, status: number | null = null) {
    if (phase === 'ended') return
    const wasAnswered = phase === 'answered'
    phase = 'ended'
    clearInterval(silenceWatch)
    leg.close()
    watcher.ended({ by, status, wasAnswered })
  }

  function bye() {
    if (!session) return
    // A BYE may not overtake the seat's ACK (RFC 3261 section 15); onAck sends it then.
    if (session.sessionState === SessionState.AckWait) isByeDue = true
    else session.bye()
  }

  function end(by: EndedBy, status?: number) {
    if (phase === 'ended') return
    try {
      if (session) bye()
      else early.leave(by, status)
    } catch {
      watcher.fault('call not ended cleanly')
    }
    settle(by, status ?? null)
  }

  function attach(confirmed: Session) {
    session = confirmed
    confirmed.delegate = {
      onAck() {
        if (isByeDue) confirmed.bye()
      },
      onAckTimeout: () => end('exchange'),
      onBye(request) {
        request.accept({ statusCode: 200 })
        settle('seat')
      },
      onInfo: (request) => void request.accept({ statusCode: 200 }),
      onRefer: (request) => watcher.refer(request),
      onInvite(request) {
        if (!request.message.body) {
          request.reject({ statusCode: 488 })
          return
        }
        leg
          .answer(request.message.body)
          .then(
            (sdp) => request.accept({ statusCode: 200, extraHeaders: [contact], body: sdpBody(sdp) }),
            () => {
              watcher.fault('re-INVITE not usable')
              request.reject({ statusCode: 488 })
            },
          )
          .catch(() => watcher.fault('re-INVITE not answered'))
      },
    }
  }

  return {
    line,
    leg,
    attempt,
    attach,
    settle,
    end,
    session: () => session,
    phase: () => phase,
    join: leg.join,
    ringing() {
      if (phase === 'offering') phase = 'ringing'
    },
    answered() {
      if (phase !== 'ringing') return
      phase = 'answered'
      watcher.answered()
    },
    progress() {},
    answer() {},
    announce() {},
    reidentify(identity: string) {
      const confirmed = session
      if (phase !== 'answered' || !confirmed) return
      const tell = async () => {
        const offer = await leg.offer()
        confirmed.invite(
          {
            onAccept(response) {
              response.ack()
              attempt('answer not usable', () => leg.accept(response.message.body))
            },
          },
          { extraHeaders: [contact, `P-Asserted-Identity: ${identity}`], body: sdpBody(offer) },
        )
      }
      tell().catch(() => watcher.fault('seat not told of the new caller'))
    },
  }
}

/** Where the seat sends what it has to say within a call: mandatory in whatever sets up or changes a dialog. */
export function contactOf(line: Line): string {
  return `Contact: ${line.core.configuration.contact.toString()}`
}

/** The caller as From shows it, and the realm both ends live in. */
function addressOf(line: Line, number: string): { realm: string; from: URI } {
  const realm = line.core.configuration.viaHost
  return { realm, from: new URI('sip', number, realm) }
}

export function identityOf(caller: { name: string; number: string }, realm: string): string {
  const uri = `<sip:${caller.number}@${realm}>`
  return caller.name ? `"${caller.name}" ${uri}` : uri
}

function sdpBody(content: string): Body {
  return { contentDisposition: 'session', contentType: 'application/sdp', content }
}
