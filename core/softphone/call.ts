// One call: its phases and what moves it from one to the next. Knows nothing of seats, forms or SIP.
//
//   inbound   ringing ──answer──► answering ──connected──► talking ⇄ held
//   outbound  dialling ─────────connected──────────────►   talking ⇄ held
//   any of them ──ended──► ended   (once; whatever comes later is an anomaly)
import type { CallId } from '../../contract/ids.ts'
import type {
  CallOutcome,
  CallQuality,
  CallTransfer,
  Direction,
  EndCause,
  EndedBy,
} from '../../contract/softphone.ts'
import type { Effect } from '../effects.ts'
import { unreachable } from '../unreachable.ts'
import { ended } from './callEnd.ts'
import { turnLine } from './holding.ts'
import { otherSide } from './otherSide.ts'
import type { OfferedCall, PhoneCallEvent, Stamp } from './phoneEvent.ts'
import { askRecording, newRecording, recordingTold, type Recording } from './recording.ts'

/** Running totals while both sides are connected. Spans are measured on the monotonic clock. */
export type Connected = {
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
  /** What was done here last to bring about the end, so that the outcome can tell rejected from missed. `refuse`: by policy. */
  readonly ending: 'reject' | 'refuse' | 'hangUp' | null
  /** What it was last asked to become. Each wish is answered once, in order: an earlier one's answer is not the last one's. */
  readonly turning: {
    readonly to: 'held' | 'talking'
    readonly wishes: number
    /** The last one is the program's own second try. */
    readonly again: boolean
  } | null
  /** The call this one is a consultation for; null: it stands for itself. */
  readonly madeFor: CallId | null
  /** Being put through to somebody else. `to`: our other call with that one; null: nobody was asked before. */
  readonly passing: (CallTransfer & { readonly to: CallId | null }) | null
  /** To whom it was put through. */
  readonly transfer: CallTransfer | null
  /** Number of the colleague who put it through to us. */
  readonly passedBy: string | null
  /** It was part of a three-way call. */
  readonly threeWay: boolean
  /** We rang them. */
  readonly dialled: boolean
  /** Under a number of the reference data: a department or a service, no worker. */
  readonly listed: boolean
  /** null: the PBX does not say that it records it. */
  readonly recording: Recording | null
  /** When it will be answered by itself, and whether that time is up; null: only by hand. */
  readonly autoAnswer: { readonly tick: number; readonly isDue: boolean } | null
  /** Another line was in hand while it rang. */
  readonly rangBeside: boolean
  readonly phase: CallPhase
}

/** What the agent does to this call. */
export type CallCommand = Stamp &
  (
    | { readonly type: 'answerPressed' }
    /** The policy's time is up: it is answered by itself. */
    | { readonly type: 'autoAnswerDue' }
    | { readonly type: 'rejectPressed'; readonly how: 'busy' | 'decline' }
    /** By policy, without asking the agent. */
    | { readonly type: 'refused' }
    /** Only reached through the guard when the call is a connected inbound one. */
    | { readonly type: 'hangUpConfirmed'; readonly reason: string | null }
    /** `again`: nobody pressed, it had been refused. */
    | { readonly type: 'holdPressed'; readonly again?: true }
    | { readonly type: 'resumePressed' }
    | { readonly type: 'mutePressed'; readonly muted: boolean }
    | { readonly type: 'recordingPressed' }
    | { readonly type: 'digitsPressed'; readonly digits: string }
    /** `dial`: what is sent to the PBX when it is not the number itself. */
    | {
        readonly type: 'transferPressed'
        readonly number: string
        readonly dial?: string
        readonly name: string | null
        /** A colleague, a department or a short number. */
        readonly noWorker: boolean
      }
    /** Puts it through to the other side of our other call. */
    | {
        readonly type: 'handOverPressed'
        readonly toCallId: CallId
        readonly number: string
        readonly name: string | null
      }
  )

export type CallEvent = CallCommand | PhoneCallEvent

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
  ending: null,
  turning: null,
  madeFor: null,
  passing: null,
  transfer: null,
  passedBy: null,
  threeWay: false,
  dialled: phase.is === 'dialling',
  listed: false,
  recording: newRecording(offer.recording ?? null, stamp),
  autoAnswer: null,
  rangBeside: false,
  phase,
})

export const isLive = (call: Call): boolean => call.phase.is !== 'ended'
export const isConnected = (call: Call): boolean => call.phase.is === 'talking' || call.phase.is === 'held'

/**
 * [CALL-3] A connected inbound call is ended by the agent only after a deliberate second action; so is one being answered:
 * who hears nothing yet presses the key again.
 */
export const needsGuard = (call: Call): boolean =>
  call.direction === 'inbound' && (isConnected(call) || call.phase.is === 'answering')

const anomaly = (call: Call, what: string): [Call, Effect[]] => [
  call,
  [{ do: 'noteAnomaly', what: `${what} in ${call.phase.is}` }],
]

/** [CALL-22] Once at a time: until the PBX has said what became of the first try, there is no second. Unasked to no stranger. */
const pass = (
  call: Call,
  event: Extract<CallEvent, { type: 'transferPressed' | 'handOverPressed' }>,
): [Call, Effect[]] => {
  if (!isConnected(call)) return [call, []]
  if (call.passing) return [call, [{ do: 'tell', text: 'transferRuns', detail: '' }]]
  if (event.type === 'transferPressed' && !event.noWorker)
    return [call, [{ do: 'tell', text: 'consultFirst', detail: '' }]]
  const { number, name } = event
  return event.type === 'transferPressed'
    ? [
        { ...call, passing: { kind: 'blind', number, name, to: null } },
        [{ do: 'transferCall', callId: call.id, number: event.dial ?? number }],
      ]
    : [
        { ...call, passing: { kind: 'attended', number, name, to: event.toCallId } },
        [{ do: 'handOverCall', callId: call.id, toCallId: event.toCallId }],
      ]
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
    case 'autoAnswerDue':
      if (phase.is !== 'ringing' || call.autoAnswer === null) return [call, []]
      return [{ ...call, autoAnswer: { tick: event.tick, isDue: true } }, [{ do: 'beepThenAnswer', callId }]]
    case 'rejectPressed':
      if (phase.is !== 'ringing') return [call, []]
      return [{ ...call, ending: 'reject' }, [{ do: 'rejectCall', callId, how: event.how }]]
    case 'refused':
      return [{ ...call, ending: 'refuse' }, [{ do: 'rejectCall', callId, how: 'busy' }]]
    case 'hangUpConfirmed':
      return [{ ...call, ending: 'hangUp', hangUpReason: event.reason }, [{ do: 'hangUpCall', callId }]]
    case 'mutePressed':
      return [{ ...call, muted: event.muted }, [{ do: 'muteCall', callId, muted: event.muted }]]
    case 'recordingPressed':
      return askRecording(call)
    case 'recordingChanged':
    case 'recordingUnchanged':
      return recordingTold(call, event)
    case 'digitsPressed':
      if (!isConnected(call)) return [call, []]
      return [
        { ...call, digits: (call.digits + event.digits).slice(-64) },
        [{ do: 'sendDigits', callId, digits: event.digits }],
      ]
    case 'transferPressed':
    case 'handOverPressed':
      return pass(call, event)
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
    case 'holdPressed':
    case 'resumePressed':
    case 'heldByUs':
    case 'resumedByUs':
    case 'holdFailed':
      return turnLine(call, event) ?? anomaly(call, event.type)
    case 'transferred': {
      if (!call.passing) return anomaly(call, event.type)
      const { kind, number, name } = call.passing
      return [{ ...call, passing: null, transfer: { kind, number, name } }, []]
    }
    case 'transferFailed':
      return [{ ...call, passing: null }, [{ do: 'tell', text: 'transferFailed', detail: event.text }]]
    case 'otherSideChanged':
      return [otherSide(call, event), []]
    case 'qualityMeasured':
      return [{ ...call, quality: event.quality }, []]
    case 'ended':
      return [ended(call, event, ringMs), []]
    default:
      return unreachable(event)
  }
}
