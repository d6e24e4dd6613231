// REFER from a seat: the far end of its call goes to another seat or to someone simulated.
// Blind rings the target first; attended (Replaces) joins two calls that already stand.
import { NameAddrHeader, type IncomingReferRequest, type URI } from 'sip.js/lib/core/index.js'
import { contactOf, identityOf, type SeatCall } from './call.ts'
import { finish, type Conversation } from './conversation.ts'
import { isReachable } from './line.ts'
import { startPacer } from './pacer.ts'
import { directoryFar, lookUp, type Switchboard } from './far.ts'
import { ringOn } from './ring.ts'

const REASONS: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  603: 'Decline',
}

export function transfer(
  board: Switchboard,
  conversation: Conversation,
  call: SeatCall,
  request: IncomingReferRequest,
): void {
  const target = referTarget(request)
  if (!target || conversation.call !== call || conversation.abandonTransfer) {
    request.reject({ statusCode: target ? 491 : 400 })
    return
  }
  request.accept({ statusCode: 202, extraHeaders: [contactOf(call.line)] })
  const report = reporter(board, call)
  report(100)
  const [replaces] = target.getHeader('Replaces') ?? []
  if (replaces) join(board, conversation, call, decodeURIComponent(replaces), report)
  else send(board, conversation, call, target.user ?? '', report)
}

function referTarget(request: IncomingReferRequest): URI | null {
  const parsed: unknown = request.message.parseHeader('refer-to')
  return parsed instanceof NameAddrHeader ? parsed.uri : null
}

/** NOTIFYs the transferring seat how far the transfer is (RFC 3515); a final status closes the subscription. */
function reporter(board: Switchboard, call: SeatCall): (status: number) => void {
  return (status) => {
    const session = call.session()
    if (!session || call.phase() !== 'answered') return
    const isFinal = status >= 200
    const state = isFinal ? 'terminated;reason=noresource' : 'active;expires=60'
    try {
      session.notify(undefined, {
        extraHeaders: [contactOf(call.line), 'Event: refer', `Subscription-State: ${state}`],
        body: {
          contentDisposition: 'render',
          contentType: 'message/sipfrag;version=2.0',
          content: `SIP/2.0 ${status} ${REASONS[status] ?? 'Failed'}\r\n`,
        },
      })
    } catch {
      board.fault('transfer not reported')
    }
  }
}

/** The seat has handed its call on: it should hang up; if it does not, the exchange does. */
function release(board: Switchboard, call: SeatCall, report: (status: number) => void): void {
  call.join(null)
  report(200)
  setTimeout(() => call.end('exchange', 200), board.configuration.transferGraceMs).unref()
}

/** Blind: ring the target; the seat keeps the call until somebody answers. */
function send(
  board: Switchboard,
  conversation: Conversation,
  call: SeatCall,
  number: string,
  report: (status: number) => void,
): void {
  const line = board.lines.get(number)
  const entry = lookUp(board, number)
  const fail = (status: number) => {
    conversation.abandonTransfer = null
    report(status)
    if (conversation.call === null) finish(board, conversation)
  }
  const succeed = () => {
    conversation.abandonTransfer = null
    const { ref, extension } = conversation
    board.emit({ event: 'transferred', call: ref, extension, at: Date.now(), to: number, kind: 'blind' })
    release(board, call, report)
  }

  if (line && isReachable(line) && line !== call.line) {
    const next = ringOn(board, conversation, line, {
      ringing: () => report(180),
      answered: succeed,
      ended: ({ status }) => conversation.abandonTransfer && fail(status ?? 480),
    })
    conversation.abandonTransfer = () => {
      conversation.abandonTransfer = null
      next.end('caller')
    }
  } else if (!line && entry?.kind === 'answers') {
    const ringing = setTimeout(() => {
      succeed()
      meet(board, conversation, number, entry)
    }, entry.ringSeconds * 1000)
    conversation.abandonTransfer = () => {
      conversation.abandonTransfer = null
      clearTimeout(ringing)
    }
  } else {
    fail(line ? (line === call.line ? 486 : 480) : entry?.kind === 'fails' ? entry.status : 404)
  }
}

/** The caller and a simulated person talk to each other, out of any seat's hearing. */
function meet(
  board: Switchboard,
  conversation: Conversation,
  number: string,
  entry: Extract<ReturnType<typeof lookUp>, { kind: 'answers' }>,
): void {
  const { ref } = conversation
  const other: Conversation = {
    ...conversation,
    call: null,
    abandonTransfer: null,
    stopListening: null,
    meter: null,
    far: directoryFar(board, ref, { name: entry.name, number, headers: [] }, entry, () => other),
  }
  board.all.add(other)
  splice(board, conversation, other)
  conversation.far.hold(false)
  other.far.answered()
}

/** Two conversations become one: their far ends hear each other, and when one leaves, both are over. */
function splice(board: Switchboard, first: Conversation, second: Conversation): void {
  const stop = startPacer(() => {
    const [said, answered] = [first.far.party.speak(), second.far.party.speak()]
    if (said) second.far.party.hear(said)
    if (answered) first.far.party.hear(answered)
  })
  let isOver = false
  const end = () => {
    if (isOver) return
    isOver = true
    stop()
    finish(board, first)
    finish(board, second)
  }
  for (const conversation of [first, second]) {
    conversation.call = null
    conversation.endSplice = end
  }
}

/** Attended: the seat names its other call, and both far ends meet. */
function join(
  board: Switchboard,
  conversation: Conversation,
  call: SeatCall,
  replaces: string,
  report: (status: number) => void,
): void {
  const consulted = [...board.all].find((one) => one.call !== null && isNamed(one.call, replaces))
  const consultation = consulted?.call
  if (!consulted || !consultation || consulted === conversation || consultation.line !== call.line) {
    report(481)
    return
  }
  splice(board, conversation, consulted)
  conversation.far.hold(false)
  consulted.far.hold(false)
  const { ref, extension, far } = conversation
  const to = consulted.far.caller.number
  board.emit({ event: 'transferred', call: ref, extension, at: Date.now(), to, kind: 'attended' })
  release(board, call, report)
  consultation.join(null)
  consultation.end('exchange', 200)
  consulted.far.reidentify?.(identityOf(far.caller, board.configuration.realm))
}

/** Whether a Replaces value (call-id;to-tag=…;from-tag=…, seen from the seat) names this dialog. */
function isNamed(call: SeatCall, replaces: string): boolean {
  const session = call.session()
  const [callId, ...parameters] = replaces.split(';')
  return (
    session !== null &&
    session.callId === callId &&
    parameters.includes(`to-tag=${session.localTag}`) &&
    parameters.includes(`from-tag=${session.remoteTag}`)
  )
}
