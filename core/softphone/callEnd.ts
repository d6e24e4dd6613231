// How a call ends: its times, who ended it, what came of it, and what is done about that.
import type { CallOutcome, CallRecord, EndCause, EndCode, EndedBy } from '../../contract/softphone.ts'
import type { Effect } from '../effects.ts'
import type { Call, CallEvent, Connected } from './call.ts'
import { endPause } from './recording.ts'

/** The stretch of talking or holding that ends now, added to the totals. */
export const passTime = (c: Connected, is: 'talking' | 'held', tick: number): Connected => {
  const passed = Math.max(0, tick - c.sinceTick)
  return {
    answeredAt: c.answeredAt,
    talkMs: c.talkMs + (is === 'talking' ? passed : 0),
    holdMs: c.holdMs + (is === 'held' ? passed : 0),
    sinceTick: tick,
  }
}

/** Whom a colleague has put through on a line of ours is a caller all the same [CALL-23]. */
const isRungByUs = (call: Call): boolean => call.dialled && call.direction !== 'inbound'

/** [CALL-8] The program sent it back, for the seat had other lines in hand. */
const turnedAway: EndCause = { protocol: 'seat', code: 7, text: '坐席正在通话，没有振铃' }

export const wasTurnedAway = (cause: EndCode | null | undefined): boolean =>
  cause?.protocol === turnedAway.protocol && cause.code === turnedAway.code

export const ended = (call: Call, event: Extract<CallEvent, { type: 'ended' }>, ringMs: number): Call => {
  const { phase } = call
  const connected =
    phase.is === 'talking' || phase.is === 'held' ? passTime(phase, phase.is, event.tick) : null
  const outcome = outcomeOf(call, event, connected !== null, ringMs)
  // [CALL-6] Nobody hangs up a call that rings out: the PBX takes it on. Its CANCEL reads the same either way (Q.850 0).
  const other: EndedBy = outcome === 'missed' ? 'system' : isRungByUs(call) ? 'callee' : 'caller'
  const ours: EndedBy = call.ending === 'refuse' ? 'system' : 'agent'
  const by: EndedBy = event.by === 'us' ? ours : event.by === 'them' ? other : 'system'
  return {
    ...call,
    // Nobody is put through any more: the one who was asked ends their own call.
    passing: null,
    recording: call.recording && endPause(call.recording, event.tick),
    phase: {
      is: 'ended',
      answeredAt: connected?.answeredAt ?? null,
      talkMs: Math.round(connected?.talkMs ?? 0),
      holdMs: Math.round(connected?.holdMs ?? 0),
      endedAt: event.at,
      by,
      outcome,
      cause: by === 'system' && call.ending === 'refuse' ? turnedAway : event.cause,
    },
  }
}

/** SIP statuses and Q.850 causes of a number that cannot be reached or does not want to be. */
const refusedCodes: readonly number[] = [403, 404, 484, 488, 603, 604, 1, 3, 21, 28]

/** The PBX itself says that nobody answered. */
const unansweredCodes: readonly number[] = [408, 480]

/** No such number, refused, out of order, or broken on the way: that it rang before does not make it "nobody answered". */
const wasNotPutThrough = ({ by, cause }: Extract<CallEvent, { type: 'ended' }>): boolean => {
  if (by === 'us' || cause === null || unansweredCodes.includes(cause.code)) return false
  const isFault = cause.protocol === 'SIP' && cause.code >= 500 && cause.code < 600
  return by === null || isFault || refusedCodes.includes(cause.code)
}

/** [CALL-6] How a call came out. A ring that lasted as long as the queue allows was missed by us, a shorter one was given up. */
const outcomeOf = (
  call: Call,
  event: Extract<CallEvent, { type: 'ended' }>,
  connected: boolean,
  ringMs: number,
): CallOutcome => {
  if (connected) return 'answered'
  if (isRungByUs(call)) {
    if (event.cause?.code === 486 || event.cause?.code === 600 || event.cause?.code === 17) return 'busy'
    if (wasNotPutThrough(event)) return 'failed'
    const rangOut = call.phase.is === 'dialling' && call.phase.ringback
    const isUnanswered = event.by === 'us' || rangOut || unansweredCodes.includes(event.cause?.code ?? 0)
    return isUnanswered ? 'noAnswer' : 'failed'
  }
  if (call.ending === 'reject') return 'rejected'
  // [CALL-8] The queue takes its caller to the next seat; whoever rang us directly has reached nobody.
  if (call.ending === 'refuse') return call.queue === null ? 'missed' : 'rejected'
  if (call.phase.is === 'answering') return event.by === 'them' ? 'abandoned' : 'failed'
  // One second of slack: the queue's clock and ours do not start together.
  return event.tick - call.offeredTick >= ringMs - 1000 ? 'missed' : 'abandoned'
}

/** What an ended call leaves behind: its record, a soft tick when the caller hung up, a note when the guard was passed. */
export const leftBehind = (call: Call, before: Call, record: CallRecord): Effect[] => {
  if (call.phase.is !== 'ended') return []
  const { outcome, by } = call.phase
  const wasConnected = before.phase.is === 'talking' || before.phase.is === 'held'
  const isGuarded = wasConnected && by === 'agent' && call.direction === 'inbound' && !call.transfer
  return [
    { do: 'finishCall', record },
    ...(by === 'caller' && outcome === 'answered' ? [{ do: 'playTick' } as const] : []),
    ...(isGuarded ? [{ do: 'noteAudit', what: 'hangUp.guarded', callId: call.id } as const] : []),
  ]
}
