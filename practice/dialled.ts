// A seat dials: another seat, a number of the directory, a caller it calls back, or nobody (404).
import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js'
import { identityOf, takeCall, type Caller, type SeatCall } from './call.ts'
import { endConversation, openConversation, seat, type Conversation, type Far } from './conversation.ts'
import { directoryFar, lookUp, type Switchboard } from './far.ts'
import { isReachable, type Line, type ReachableLine } from './line.ts'
import { after, bridge } from './party.ts'
import { ringOn } from './ring.ts'
import type { DirectoryEntry } from './voices.ts'

/** A seat that cannot play announcements is refused all the same. */
const ANNOUNCEMENT_LIMIT_MS = 20_000

/** A seat dials. */
export function dialled(board: Switchboard, line: Line, request: IncomingInviteRequest): void {
  const number = request.message.ruri?.user ?? ''
  const other = board.lines.get(number)
  const entry = lookUp(board, number)
  if (other === line) request.reject({ statusCode: 486 })
  else if (other && !isReachable(other)) request.reject({ statusCode: 480 })
  else if (other && isReachable(other)) connectSeats(board, line, other, request)
  else if (entry) connectDirectory(board, line, number, entry, request)
  else request.reject({ statusCode: 404 })
}

function take(board: Switchboard, conversation: Conversation, line: Line, request: IncomingInviteRequest) {
  const { far, ref } = conversation
  const call = seat(
    board,
    conversation,
    line.extension,
    (watcher) => takeCall({ line, noMediaMs: board.configuration.noMediaMs, watcher }, request),
    { refer: (from, refer) => board.refer(conversation, from, refer) },
  )
  conversation.call = call
  board.emit({
    event: 'ringing',
    call: ref,
    extension: line.extension,
    at: Date.now(),
    direction: 'out',
    number: far.caller.number,
    persona: null,
  })
  return call
}

function connectSeats(
  board: Switchboard,
  from: Line,
  to: ReachableLine,
  request: IncomingInviteRequest,
): void {
  const ref = board.nextRef()
  // A seat that asks a colleague about a caller says whose call it is; the colleague is told the same reference.
  const asked = request.message.getHeader('X-Call-Ref')
  const told = [...board.all].find((one) => one.ref === asked)?.ref ?? ref
  const [fromFar, toFar] = bridge()
  const seatAsCaller = (line: Line): Caller => ({
    name: line.name,
    number: line.extension,
    headers: [
      `P-Asserted-Identity: ${identityOf({ name: line.name, number: line.extension }, board.configuration.realm)}`,
      `X-Call-Ref: ${told}`,
    ],
  })
  const farOf = (line: Line, party: Far['party'], partner: () => Conversation): Far => ({
    caller: seatAsCaller(line),
    party,
    answered() {},
    digit() {},
    hold() {},
    over: () => endConversation(board, partner(), 'caller'),
    reidentify: (identity) => partner().call?.reidentify(identity),
  })
  const outgoing = openConversation(
    board,
    ref,
    from.extension,
    farOf(to, fromFar, () => incoming),
  )
  const incoming = openConversation(
    board,
    ref,
    to.extension,
    farOf(from, toFar, () => outgoing),
  )
  const call = take(board, outgoing, from, request)
  incoming.call = ringOn(board, incoming, to, {
    ringing: () => call.phase() === 'ringing' && call.progress(),
    answered: () => call.answer(),
    ended: ({ status }) => call.phase() === 'ringing' && call.end('caller', status ?? 480),
  })
}

/** With the status of the entry, after what the carrier has to say, if anything. */
function refuse(board: Switchboard, call: SeatCall, entry: DirectoryEntry & { kind: 'fails' }): void {
  const end = () => call.end('caller', entry.status)
  if (entry.lines.length === 0) {
    end()
    return
  }
  const goneWhenSaid = {
    speak: () => {
      end()
      return null
    },
    hear() {},
  }
  call.announce(after(board.cast.soundsOf(entry), goneWhenSaid))
  setTimeout(end, ANNOUNCEMENT_LIMIT_MS).unref()
}

function connectDirectory(
  board: Switchboard,
  line: Line,
  number: string,
  entry: DirectoryEntry,
  request: IncomingInviteRequest,
): void {
  const ref = board.nextRef()
  const caller: Caller = { name: entry.name, number, headers: [] }
  const far = directoryFar(board, ref, caller, entry, () => conversation)
  const conversation: Conversation = openConversation(board, ref, line.extension, far)
  const call = take(board, conversation, line, request)
  if (entry.kind === 'echo' || entry.kind === 'conference') {
    call.answer()
    return
  }
  call.progress()
  const timer = setTimeout(() => {
    if (call.phase() !== 'ringing') return
    if (entry.kind === 'fails') refuse(board, call, entry)
    else call.answer()
  }, entry.ringSeconds * 1000)
  timer.unref()
}
