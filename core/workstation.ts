// The one function that moves a seat: its calls, what the agent has said, what the queue was told.
// Forms and sync have their own states; a form enters here only as "waits to be filed".
import type { CallId } from '../contract/ids.ts'
import type { Effect } from './effects.ts'
import { queueWords } from './seat/queueWords.ts'
import { mayTakeCalls, seatPhase } from './seat/seat.ts'
import { isChecking, stepFindings } from './seat/selfCheck.ts'
import type { Call, CallCommand } from './softphone/call.ts'
import { isConnected, newCall, stepCall } from './softphone/call.ts'
import { leftBehind } from './softphone/callEnd.ts'
import { recordOf } from './softphone/callRecord.ts'
import type { Moved } from './softphone/lines.ts'
import {
  bringBack,
  callOf,
  chooseLine,
  consultTold,
  endAsMeant,
  formWith,
  handOverPair,
  holdAgain,
  holdOthers,
  isJoined,
  joinLines,
  joinTold,
  leaveDesk,
  onBoth,
  oneTalks,
  partLines,
  takeUp,
  writesForm,
} from './softphone/lines.ts'
import { answersItself, bellTurned, besideLines, countingDown } from './softphone/ring.ts'
import type { PhoneCallEvent, Stamp } from './softphone/phoneEvent.ts'
import type { CallPolicy, WorkEvent } from './workEvent.ts'
import type { Workstation } from './workstationState.ts'
import { lineIsFree, liveCalls, newWorkstation, phoneIsUp, unfitOf } from './workstationState.ts'

export * from './workstationState.ts'
export type { WorkEvent }

/** Reason code set by itself when a call from the queue was not answered by an idle agent [SEAT-4]. */
export const ronaReason = 'RONA'

const journal = (state: Workstation, call: Call): Effect[] =>
  state.holder ? [{ do: 'journalCall', record: recordOf(call, state.holder) }] : []

/** Moves the workstation. Pure: every wish about the world is in the effects, in the order to be carried out. */
export const step = (state: Workstation, event: WorkEvent): Moved<Workstation> => {
  const [moved, effects] = move(state, event)
  return settle(state, moved, effects, event)
}

const move = (state: Workstation, event: WorkEvent): Moved<Workstation> => {
  switch (event.type) {
    case 'signedIn':
      return [
        {
          ...state,
          holder: event.holder,
          ...policyOf(event.policy),
          seat: { is: 'signedIn', rest: { is: 'ready' }, wrapups: event.wrapups ?? [] },
          openForm: event.wrapups?.[0] ?? null,
        },
        [],
      ]
    case 'policyChanged':
      return [{ ...state, ...policyOf(event.policy) }, []]
    case 'signedOut':
      return [
        { ...newWorkstation(event), secondCall: state.secondCall, ringMs: state.ringMs },
        // Without a line it is not heard, and still ends the repeating of what was to be said before.
        [{ do: 'tellQueue', word: 'signOut' }],
      ]
    case 'readyPressed': {
      // Leaves unfiled forms in the list of drafts: the agent may go on taking calls and file them later.
      if (state.seat.is !== 'signedIn') return [state, []]
      const ready = dropEnded({ ...state, seat: { ...state.seat, rest: { is: 'ready' }, wrapups: [] } })
      const unfit = unfitOf(state)
      if (unfit === null) return [ready, []]
      const text = isChecking(unfit) ? 'selfCheckRuns' : 'selfCheckFailed'
      return [ready, [{ do: 'tell', text, detail: '' }]]
    }
    case 'notReadyPressed':
      if (state.seat.is !== 'signedIn') return [state, []]
      return [{ ...state, seat: { ...state.seat, rest: { is: 'notReady', reason: event.reason } } }, []]
    case 'linkChanged': {
      const left = event.link.link === 'registered' ? state.queueTold : null
      return [{ ...state, phone: event.link, queueTold: left }, []]
    }
    case 'offered':
      return offer(state, event)
    case 'dialPressed':
      return dial(state, event)
    case 'lineSelected':
      return chooseLine(state, event.callId, event)
    case 'formOpened':
      return [{ ...state, openForm: event.callId }, []]
    case 'formFiled':
      return filed(state, event.callId)
    case 'classified': {
      const calls = state.calls.map((call) =>
        call.id === event.callId ? { ...call, topic: event.topic } : call,
      )
      return [{ ...state, calls }, [{ do: 'reportSeat' }]]
    }
    case 'threeWayPressed':
      return joinLines(state, event)
    case 'threeWayLeft':
      return partLines(state, event)
    case 'joined':
    case 'parted':
    case 'joinFailed':
      return joinTold(state, event)
    case 'messageDropped':
      return [{ ...state, dropped: state.dropped + 1 }, []]
    case 'microphoneChanged':
    case 'earChanged':
    case 'ringerLooked':
    case 'voicePathTried': {
      const [findings, effects] = stepFindings(state.findings, event)
      return [{ ...state, findings }, effects]
    }
    default:
      return moveCall(state, event)
  }
}

const policyOf = ({ secondCall, ringSeconds, autoAnswer }: CallPolicy) => ({
  secondCall,
  ringMs: ringSeconds * 1000,
  autoAnswerMs: autoAnswer ? autoAnswer.seconds * 1000 : null,
})

const offer = (state: Workstation, event: Extract<WorkEvent, { type: 'offered' }>): Moved<Workstation> => {
  // [SEAT-9] Signing out takes moments; a caller who comes in them goes to the next seat, unheard by an empty chair.
  if (state.seat.is === 'signedOut')
    return [state, [{ do: 'rejectCall', callId: event.call.callId, how: 'busy' }]]
  const busy = liveCalls(state).length > 0
  // Before this call: what comes while a form is written up, or beside another line, waits for a hand.
  const ready = mayTakeCalls(state.seat, state.calls, phoneIsUp(state), unfitOf(state))
  const offered = newCall(event.call, event.call.internal ? 'internal' : 'inbound', event, { is: 'ringing' })
  const [call, later] = answersItself(offered, { afterMs: state.autoAnswerMs, ready })
  const next = { ...state, calls: [...state.calls, call] }
  if (busy && (state.secondCall === 'busy' || liveCalls(state).length > 1)) {
    // [CALL-8] By policy a second call, and always a third, hears the engaged tone. It is over in the same moment, and its
    // end is what is written.
    const refusal = { type: 'refused', at: event.at, tick: event.tick } as const
    const [refused, effects] = stepCall(call, refusal, state.ringMs)
    return [{ ...state, calls: [...state.calls, refused] }, effects]
  }
  return [
    busy
      ? next
      : { ...next, selected: call.id, openForm: next.openForm ?? (writesForm(call) ? call.id : null) },
    [...later, ...journal(state, call)],
  ]
}

const dial = (state: Workstation, event: Extract<WorkEvent, { type: 'dialPressed' }>): Moved<Workstation> => {
  if (!lineIsFree(state)) return [state, [{ do: 'tell', text: 'lineBusy', detail: '' }]]
  const { callId, number, madeFor = null, name = null, place = null, listed = false } = event
  const asked = callOf(state, madeFor)
  // [CALL-20] A consultation outlived by nothing: the caller hung up while the number was being chosen.
  if (madeFor !== null && !(asked && isConnected(asked))) return [state, []]
  const other = { callId, number, name, place, queue: null, legId: null, queuedMs: null }
  const phase = { is: 'dialling', ringback: false, announcement: false } as const
  const direction = event.internal ? 'internal' : 'outbound'
  const about = { ...other, callRef: asked?.callRef ?? null, internal: event.internal }
  const call = { ...newCall(about, direction, event, phase), madeFor, listed }
  const [held, holds] = holdOthers(state, null, event)
  const openForm = event.internal || asked ? state.openForm : call.id
  return [
    { ...held, calls: [...held.calls, call], selected: call.id, openForm },
    [
      ...holds,
      { do: 'dialNumber', callId, number: event.dial ?? number, callRef: call.callRef },
      ...journal(state, call),
    ],
  ]
}

const moveCall = (
  state: Workstation,
  event: (CallCommand & { readonly callId: CallId }) | PhoneCallEvent,
): Moved<Workstation> => {
  const call = callOf(state, event.callId)
  if (!call) return [state, [{ do: 'noteAnomaly', what: `${event.type} for an unknown call` }]]
  if (event.type === 'holdPressed' || event.type === 'resumePressed' || event.type === 'mutePressed')
    if (isJoined(state, call.id)) return onBoth(state, event)
  if (event.type === 'resumePressed') return takeUp(state, call, event)
  if (event.type === 'handOverPressed' && handOverPair(state)?.other.id !== event.toCallId) return [state, []]
  const [next, effects] = stepCall(call, endAsMeant(state, event), state.ringMs)
  const moved = { ...state, calls: state.calls.map((each) => (each.id === call.id ? next : each)) }
  if (event.type === 'answerPressed' && next !== call) {
    const [held, holds] = holdOthers(moved, call.id, event)
    return [{ ...held, selected: call.id, openForm: formWith(held, call.id) }, [...holds, ...effects]]
  }
  if (next.phase.is === 'ended' && call.phase.is !== 'ended') return over(moved, call, next, effects, event)
  if (event.type === 'transferFailed' && call.passing?.to) return bringBack(moved, call.id, event, effects)
  if (event.type === 'otherSideChanged' && next.direction !== call.direction)
    return [{ ...moved, openForm: state.openForm ?? call.id }, [...effects, ...journal(state, next)]]
  if (event.type === 'holdFailed') {
    const [held, holds] = holdAgain(moved, call, event)
    return [held, [...effects, ...holds]]
  }
  if (event.type !== 'connected') return [moved, effects]
  const [one, holds] = oneTalks(moved, call.id, event)
  return [one, [...effects, ...journal(state, next), ...holds]]
}

/** A call is over: its record is final, and what it means for the seat and for the caller who waited for it. */
const over = (
  given: Workstation,
  before: Call,
  call: Call,
  effects: Effect[],
  stamp: Stamp,
): Moved<Workstation> => {
  const state = isJoined(given, call.id) ? { ...given, joined: null } : given
  if (call.phase.is !== 'ended' || !state.holder) return [state, effects]
  const { outcome } = call.phase
  const finish = [...effects, ...leftBehind(call, before, recordOf(call, state.holder))]
  const { seat } = state
  if (seat.is !== 'signedIn') return [dropEnded(state), finish]
  const writes = outcome === 'answered' && call.direction !== 'internal' && call.madeFor === null
  // [SEAT-4] Who has chosen a rest keeps its reason.
  const rona = outcome === 'missed' && call.queue !== null && !call.rangBeside && seat.rest.is === 'ready'
  const rest = rona ? { is: 'notReady' as const, reason: ronaReason } : seat.rest
  const wrapups = writes ? [...seat.wrapups, call.id] : seat.wrapups
  const left = dropEnded({ ...state, seat: { ...seat, rest, wrapups } })
  return bringBack(left, call.madeFor, stamp, [...finish, ...consultTold(left, call)])
}

const filed = (state: Workstation, callId: CallId): Moved<Workstation> => {
  if (state.seat.is !== 'signedIn') return [state, []]
  const wrapups = state.seat.wrapups.filter((id) => id !== callId)
  const next = dropEnded({ ...state, seat: { ...state.seat, wrapups } })
  const open =
    state.openForm === callId && !callOf(next, callId)
      ? (wrapups[0] ?? next.calls.find(writesForm)?.id ?? null)
      : state.openForm
  return [{ ...next, openForm: open }, []]
}

const dropEnded = (state: Workstation): Workstation =>
  leaveDesk(state, state.seat.is === 'signedIn' ? state.seat.wrapups : [])

/** What follows from any move: the bell, the seat's phase and since when, the word to the queue. */
const settle = (
  before: Workstation,
  after: Workstation,
  effects: Effect[],
  stamp: Stamp,
): Moved<Workstation> => {
  const out = [...bellTurned(before.calls, after.calls), ...effects]
  const unfit = unfitOf(after)
  const now = seatPhase(after.seat, after.calls, phoneIsUp(after), unfit)
  const same = now.phase === after.since.phase && now.reason === after.since.reason
  const since = same ? after.since : { ...now, at: stamp.at, tick: stamp.tick }
  if (!same || before.seat.is !== after.seat.is) out.push({ do: 'reportSeat' })
  const [queueTold, words] = queueWords(after.seat, after.calls, phoneIsUp(after), unfit, after.queueTold)
  const ready = after.seat.is === 'signedIn' && after.seat.rest.is === 'ready' && unfit === null
  const calls = countingDown(besideLines(after.calls), ready)
  return [
    { ...after, calls, since, queueTold },
    [...out, ...words.map((word) => ({ do: 'tellQueue' as const, word }))],
  ]
}
