// One call: its phases and what moves it from one to the next. Knows nothing of seats, forms or SIP.
//
//   inbound   ringing ──answer──► answering ──connected──► talking ⇄ held
//   outbound  dialling ─────────connected──────────────►   talking ⇄ held
//   any of them ──ended──► ended   (once; whatever comes later is an anomaly)
import type { CallId } from '../../contract/ids.ts'
import type { CallOutcome, CallQuality, Direction, EndCause, EndedBy } from '../../contract/softphone.ts'
import type { Effect } from '../effects.ts'
import { unreachable } from '../unreachable.ts'
import type { OfferedCall, PhoneEvent, Stamp } from './phoneEvent.ts'

/** Running totals while both sides are connected. Spans are measured on the monotonic clock. */
type Connected = {
  readonly answeredAt: number
  readonly talkMs: number
  readonly holdMs: number
  /** Tick at which the present stretch of talking or holding began. */
  readonly sinceTick: number
}

export type CallPhase =
  | { readonly is: 'ringing' }
  | { readonly is: 'answering' }
  | { readonly is: 'dialling'; readonly ringback: boolean; readonly announcement: boolean }
  | ({ readonly is: 'talking' } & Connected)
  | ({ readonly is: 'held' } & Connected)
  | {
      readonly is: 'ended'
      readonly answeredAt: number | null
      readonly talkMs: number
      readonly holdMs: number
      readonly endedAt: number
      readonly by: EndedBy
      readonly outcome: CallOutcome
      readonly cause: EndCause | null
    }

export type Call = {
  readonly id: CallId
  readonly direction: Direction
  readonly number: string
  readonly name: string | null
  readonly place: string | null
  readonly queue: string | null
  readonly callRef: string | null
  readonly legId: string | null
  readonly queuedMs: number | null
  readonly offeredAt: number
  readonly offeredTick: number
  readonly muted: boolean
  /** Digits pressed so far, shown on the keypad. */
  readonly digits: string
  readonly quality: CallQuality | null
  /** Topic the form gives it so far, for the lead's wall. */
  readonly topic: string | null
  /** Reason given at the hang-up guard. */
  readonly hangUpReason: string | null
  /** What the agent did last to bring about the end, so that the outcome can tell rejected from missed. */
  readonly agentEnds: 'reject' | 'hangUp' | null
  readonly phase: CallPhase
}

/** What the agent does to this call. */
export type CallCommand = Stamp &
  (
    | { readonly type: 'answerPressed' }
    | { readonly type: 'rejectPressed'; readonly how: 'busy' | 'decline' }
    /** Only reached through the guard when the call is a connected inbound one. */
    | { readonly type: 'hangUpConfirmed'; readonly reason: string | null }
    | { readonly type: 'holdPressed' }
    | { readonly type: 'resumePressed' }
    | { readonly type: 'mutePressed'; readonly muted: boolean }
    | { readonly type: 'digitsPressed'; readonly digits: string }
    | { readonly type: 'transferPressed'; readonly number: string }
  )

export type CallEvent =
  | CallCommand
  | Exclude<PhoneEvent, { type: 'linkChanged' | 'offered' | 'messageDropped' | 'microphoneFailed' }>

export const newCall = (
  offer: OfferedCall,
  direction: Call['direction'],
  stamp: Stamp,
  phase: Call['phase'],
): Call => ({
  id: offer.callId,
  direction,
  number: offer.number,
  name: offer.name,
  place: offer.place,
  queue: offer.queue,
  callRef: offer.callRef,
  legId: offer.legId,
  queuedMs: offer.queuedMs,
  offeredAt: stamp.at,
  offeredTick: stamp.tick,
  muted: false,
  digits: '',
  quality: null,
  topic: null,
  hangUpReason: null,
  agentEnds: null,
  phase,
})

export const isLive = (call: Call): boolean => call.phase.is !== 'ended'
export const isConnected = (call: Call): boolean => call.phase.is === 'talking' || call.phase.is === 'held'

/** [CALL-3] A connected inbound call is ended by the agent only after a deliberate second action. */
export const needsGuard = (call: Call): boolean => call.direction === 'inbound' && isConnected(call)

const anomaly = (call: Call, what: string): [Call, Effect[]] => [
  call,
  [{ do: 'noteAnomaly', what: `${what} in ${call.phase.is}` }],
]

const pass = (c: Connected, is: 'talking' | 'held', tick: number): Connected => {
  const passed = Math.max(0, tick - c.sinceTick)
  return {
    answeredAt: c.answeredAt,
    talkMs: c.talkMs + (is === 'talking' ? passed : 0),
    holdMs: c.holdMs + (is === 'held' ? passed : 0),
    sinceTick: tick,
  }
}

const ended = (call: Call, event: Extract<CallEvent, { type: 'ended' }>, ringMs: number): Call => {
  const { phase } = call
  const connected = phase.is === 'talking' || phase.is === 'held' ? pass(phase, phase.is, event.tick) : null
  const other: EndedBy = call.direction === 'outbound' ? 'callee' : 'caller'
  const by: EndedBy = event.by === 'us' ? 'agent' : event.by === 'them' ? other : 'system'
  return {
    ...call,
    phase: {
      is: 'ended',
      answeredAt: connected?.answeredAt ?? null,
      talkMs: Math.round(connected?.talkMs ?? 0),
      holdMs: Math.round(connected?.holdMs ?? 0),
      endedAt: event.at,
      by,
      outcome: outcomeOf(call, event, connected !== null, ringMs),
      cause: event.cause,
    },
  }
}

/** [CALL-6] How a call came out. A ring that lasted as long as the queue allows was missed by us, a shorter one was given up. */
const outcomeOf = (
  call: Call,
  event: Extract<CallEvent, { type: 'ended' }>,
  connected: boolean,
  ringMs: number,
): CallOutcome => {
  if (connected) return 'answered'
  if (call.direction === 'outbound') {
    if (event.cause?.code === 486 || event.cause?.code === 600 || event.cause?.code === 17) return 'busy'
    const rangOut = call.phase.is === 'dialling' && call.phase.ringback
    return event.by === 'us' || rangOut || event.cause?.code === 408 || event.cause?.code === 480
      ? 'noAnswer'
      : 'failed'
  }
  if (call.agentEnds === 'reject') return 'rejected'
  if (call.phase.is === 'answering') return event.by === 'them' ? 'abandoned' : 'failed'
  // One second of slack: the queue's clock and ours do not start together.
  return event.tick - call.offeredTick >= ringMs - 1000 ? 'missed' : 'abandoned'
}

/** Moves one call. `ringMs`: how long the queue lets a seat ring (reference policy). Never throws at the network. */
export const stepCall = (call: Call, event: CallEvent, ringMs: number): [Call, Effect[]] => {
  const { phase } = call
  const callId = call.id
  if (phase.is === 'ended') return anomaly(call, event.type)
  switch (event.type) {
    case 'answerPressed':
      // A second press while the first is under way is a person's double click, not an anomaly.
      if (phase.is !== 'ringing') return [call, []]
      return [{ ...call, phase: { is: 'answering' } }, [{ do: 'answerCall', callId }]]
    case 'rejectPressed':
      if (phase.is !== 'ringing') return [call, []]
      return [{ ...call, agentEnds: 'reject' }, [{ do: 'rejectCall', callId, how: event.how }]]
    case 'hangUpConfirmed':
      return [{ ...call, agentEnds: 'hangUp', hangUpReason: event.reason }, [{ do: 'hangUpCall', callId }]]
    case 'holdPressed':
      return phase.is === 'talking' ? [call, [{ do: 'holdCall', callId }]] : [call, []]
    case 'resumePressed':
      return phase.is === 'held' ? [call, [{ do: 'resumeCall', callId }]] : [call, []]
    case 'mutePressed':
      return [{ ...call, muted: event.muted }, [{ do: 'muteCall', callId, muted: event.muted }]]
    case 'digitsPressed':
      if (!isConnected(call)) return [call, []]
      return [
        { ...call, digits: (call.digits + event.digits).slice(-64) },
        [{ do: 'sendDigits', callId, digits: event.digits }],
      ]
    case 'transferPressed':
      return isConnected(call) ? [call, [{ do: 'transferCall', callId, number: event.number }]] : [call, []]
    case 'progressed':
      if (phase.is !== 'dialling') return anomaly(call, event.type)
      return [{ ...call, phase: { is: 'dialling', ringback: true, announcement: event.announcement } }, []]
    case 'connected':
      if (phase.is !== 'answering' && phase.is !== 'dialling') return anomaly(call, event.type)
      return [
        {
          ...call,
          phase: { is: 'talking', answeredAt: event.at, talkMs: 0, holdMs: 0, sinceTick: event.tick },
        },
        [],
      ]
    case 'heldByUs':
      if (phase.is !== 'talking') return anomaly(call, event.type)
      return [{ ...call, phase: { is: 'held', ...pass(phase, 'talking', event.tick) } }, []]
    case 'resumedByUs':
      if (phase.is !== 'held') return anomaly(call, event.type)
      return [{ ...call, phase: { is: 'talking', ...pass(phase, 'held', event.tick) } }, []]
    case 'holdFailed':
      return [call, [{ do: 'tell', text: 'holdFailed', detail: event.text }]]
    case 'transferred':
      return [call, []]
    case 'transferFailed':
      return [call, [{ do: 'tell', text: 'transferFailed', detail: event.text }]]
    case 'otherSideChanged':
      return [{ ...call, number: event.number, name: event.name ?? call.name }, []]
    case 'qualityMeasured':
      return [{ ...call, quality: event.quality }, []]
    case 'ended':
      return [ended(call, event, ringMs), []]
    default:
      return unreachable(event)
  }
}
