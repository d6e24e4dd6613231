// The whole state of a seat and the one function that moves it: calls + seat + what the queue was told.
// Forms and sync have their own states; a form enters here only as "waits to be filed".
import type { CallId } from '../contract/ids.ts'
import type { Policy } from '../contract/reference.ts'
import type { Effect, QueueWord } from './effects.ts'
import type { Seat, SeatSince } from './seat/seat.ts'
import { mayTakeCalls, seatPhase } from './seat/seat.ts'
import type { Call, CallCommand } from './softphone/call.ts'
import { isLive, newCall, stepCall } from './softphone/call.ts'
import type { Holder } from './softphone/callRecord.ts'
import { recordOf } from './softphone/callRecord.ts'
import type { PhoneEvent, PhoneLink, Stamp } from './softphone/phoneEvent.ts'

export type Workstation = {
  readonly holder: Holder | null
  readonly secondCall: Policy['secondCall']
  readonly ringMs: number
  readonly phone: PhoneLink
  /** Live calls, and ended ones whose form is not filed yet; oldest first. */
  readonly calls: readonly Call[]
  /** The line the call bar shows. */
  readonly selected: CallId | null
  /** The form in front. */
  readonly openForm: CallId | null
  readonly seat: Seat
  readonly since: SeatSince
  /** Last word the queue heard from us; null: nothing since the telephone registered. */
  readonly queueTold: 'ready' | 'paused' | null
  /** SIP messages that could not be read: each may have been a caller. */
  readonly dropped: number
}

export type WorkEvent =
  | PhoneEvent
  | (CallCommand & { readonly callId: CallId })
  | (Stamp &
      (
        | {
            readonly type: 'signedIn'
            readonly holder: Holder
            readonly policy: Pick<Policy, 'secondCall' | 'ringSeconds'>
            readonly wrapups?: readonly CallId[] // being written up when the page went away [SEAT-12]
          }
        | { readonly type: 'signedOut' }
        | { readonly type: 'readyPressed' }
        | { readonly type: 'notReadyPressed'; readonly reason: string }
        | {
            readonly type: 'dialPressed'
            readonly callId: CallId
            readonly number: string
            /** What is sent to the PBX when it is not the number itself: an outside prefix in front. */
            readonly dial?: string
            readonly internal: boolean
          }
        | { readonly type: 'lineSelected'; readonly callId: CallId }
        | { readonly type: 'formOpened'; readonly callId: CallId | null }
        | { readonly type: 'formFiled'; readonly callId: CallId }
        | { readonly type: 'classified'; readonly callId: CallId; readonly topic: string | null }
      ))

export const newWorkstation = (stamp: Stamp): Workstation => ({
  holder: null,
  secondCall: 'show',
  ringMs: 20_000,
  phone: { link: 'off' },
  calls: [],
  selected: null,
  openForm: null,
  seat: { is: 'signedOut' },
  since: { phase: 'signedOut', reason: null, ...stamp },
  queueTold: null,
  dropped: 0,
})

/** Reason code set by itself when a call from the queue was not answered [SEAT-4]. */
export const ronaReason = 'RONA'

export const phoneIsUp = (state: Workstation): boolean => state.phone.link === 'registered'
export const liveCalls = (state: Workstation): readonly Call[] => state.calls.filter(isLive)
export const ringingCall = (state: Workstation): Call | null =>
  state.calls.find((call) => call.phase.is === 'ringing') ?? null
export const callOf = (state: Workstation, id: CallId | null): Call | null =>
  state.calls.find((call) => call.id === id) ?? null
export const selectedCall = (state: Workstation): Call | null => callOf(state, state.selected)

const journal = (state: Workstation, call: Call): Effect[] =>
  state.holder ? [{ do: 'journalCall', record: recordOf(call, state.holder) }] : []

/** Moves the workstation. Pure: every wish about the world is in the effects, in the order to be carried out. */
export const step = (state: Workstation, event: WorkEvent): [Workstation, Effect[]] => {
  const [moved, effects] = move(state, event)
  return settle(state, moved, effects, event)
}

const move = (state: Workstation, event: WorkEvent): [Workstation, Effect[]] => {
  switch (event.type) {
    case 'signedIn':
      return [
        {
          ...state,
          holder: event.holder,
          secondCall: event.policy.secondCall,
          ringMs: event.policy.ringSeconds * 1000,
          seat: { is: 'signedIn', rest: { is: 'ready' }, wrapups: event.wrapups ?? [] },
          openForm: event.wrapups?.[0] ?? null,
        },
        [],
      ]
    case 'signedOut':
      return [
        { ...newWorkstation(event), secondCall: state.secondCall, ringMs: state.ringMs },
        phoneIsUp(state) ? [{ do: 'tellQueue', word: 'signOut' }] : [],
      ]
    case 'readyPressed':
      // Leaves unfiled forms in the list of drafts: the agent may go on taking calls and file them later.
      if (state.seat.is !== 'signedIn') return [state, []]
      return [dropEnded({ ...state, seat: { ...state.seat, rest: { is: 'ready' }, wrapups: [] } }), []]
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
      return [{ ...state, selected: event.callId, openForm: event.callId }, []]
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
    case 'messageDropped':
      return [{ ...state, dropped: state.dropped + 1 }, []]
    case 'microphoneFailed':
      return [state, [{ do: 'tell', text: 'microphoneFailed', detail: event.text }]]
    default:
      return moveCall(state, event)
  }
}

const offer = (
  state: Workstation,
  event: Extract<WorkEvent, { type: 'offered' }>,
): [Workstation, Effect[]] => {
  // [SEAT-9] Signing out takes moments; a caller who comes in them goes to the next seat, unheard by an empty chair.
  if (state.seat.is === 'signedOut')
    return [state, [{ do: 'rejectCall', callId: event.call.callId, how: 'busy' }]]
  const busy = liveCalls(state).length > 0
  const call = newCall(event.call, event.call.internal ? 'internal' : 'inbound', event, { is: 'ringing' })
  const next = { ...state, calls: [...state.calls, call] }
  if (busy && (state.secondCall === 'busy' || liveCalls(state).length > 1)) {
    // [CALL-8] By policy a second call, and always a third, hears the engaged tone; its record says rejected.
    const [refused, effects] = stepCall(
      call,
      { type: 'rejectPressed', how: 'busy', at: event.at, tick: event.tick },
      state.ringMs,
    )
    return [{ ...state, calls: [...state.calls, refused] }, [...journal(state, call), ...effects]]
  }
  return [
    busy ? next : { ...next, selected: call.id, openForm: next.openForm ?? call.id },
    [{ do: 'startRinging' }, ...journal(state, call)],
  ]
}

const dial = (
  state: Workstation,
  event: Extract<WorkEvent, { type: 'dialPressed' }>,
): [Workstation, Effect[]] => {
  if (!phoneIsUp(state) || liveCalls(state).length > 1 || ringingCall(state))
    return [state, [{ do: 'tell', text: 'lineBusy', detail: '' }]]
  const nobody = { name: null, place: null, queue: null, callRef: null, legId: null, queuedMs: null }
  const call = newCall({ ...nobody, ...event }, event.internal ? 'internal' : 'outbound', event, {
    is: 'dialling',
    ringback: false,
    announcement: false,
  })
  return [
    {
      ...state,
      calls: [...state.calls, call],
      selected: call.id,
      openForm: event.internal ? state.openForm : call.id,
    },
    [
      ...holdTalking(state),
      { do: 'dialNumber', callId: call.id, number: event.dial ?? event.number },
      ...journal(state, call),
    ],
  ]
}

/** One conversation at a time: taking up a line puts the talking one on hold first [CALL-7]. */
const holdTalking = (state: Workstation): Effect[] =>
  state.calls
    .filter((call) => call.phase.is === 'talking')
    .map((call) => ({ do: 'holdCall', callId: call.id }))

const moveCall = (
  state: Workstation,
  event: Exclude<WorkEvent, { type: 'linkChanged' | 'offered' | 'messageDropped' | 'microphoneFailed' }> & {
    readonly callId: CallId
  } & (CallCommand | PhoneEvent),
): [Workstation, Effect[]] => {
  const call = callOf(state, event.callId)
  if (!call) return [state, [{ do: 'noteAnomaly', what: `${event.type} for an unknown call` }]]
  const [next, effects] = stepCall(call, event, state.ringMs)
  const calls = state.calls.map((each) => (each.id === call.id ? next : each))
  const takesUp = (event.type === 'answerPressed' && next !== call) || event.type === 'resumePressed'
  if (takesUp)
    return [{ ...state, calls, selected: call.id, openForm: call.id }, [...holdTalking(state), ...effects]]
  if (next.phase.is === 'ended' && call.phase.is !== 'ended')
    return over({ ...state, calls }, call, next, effects)
  const connected = event.type === 'connected' ? journal(state, next) : []
  return [{ ...state, calls }, [...effects, ...connected]]
}

/** A call is over: its record is final, and what it means for the seat. */
const over = (state: Workstation, before: Call, call: Call, effects: Effect[]): [Workstation, Effect[]] => {
  if (call.phase.is !== 'ended' || !state.holder) return [state, effects]
  const { outcome, by } = call.phase
  const finish: Effect[] = [...effects, { do: 'finishCall', record: recordOf(call, state.holder) }]
  if (by === 'caller' && outcome === 'answered') finish.push({ do: 'playTick' })
  if (before.phase.is === 'talking' || before.phase.is === 'held')
    if (by === 'agent' && call.direction === 'inbound')
      finish.push({ do: 'noteAudit', what: 'hangUp.guarded', callId: call.id })
  const { seat } = state
  if (seat.is !== 'signedIn') return [dropEnded(state), finish]
  const writes = outcome === 'answered' && call.direction !== 'internal'
  const rona = outcome === 'missed' && call.queue !== null
  const rest = rona ? { is: 'notReady' as const, reason: ronaReason } : seat.rest
  const wrapups = writes ? [...seat.wrapups, call.id] : seat.wrapups
  return [dropEnded({ ...state, seat: { ...seat, rest, wrapups } }), finish]
}

const filed = (state: Workstation, callId: CallId): [Workstation, Effect[]] => {
  if (state.seat.is !== 'signedIn') return [state, []]
  const wrapups = state.seat.wrapups.filter((id) => id !== callId)
  const next = dropEnded({ ...state, seat: { ...state.seat, wrapups } })
  const open =
    state.openForm === callId && !callOf(next, callId)
      ? (wrapups[0] ?? next.calls[0]?.id ?? null)
      : state.openForm
  return [{ ...next, openForm: open }, []]
}

/** Ended calls leave the desk once no form waits for them. */
const dropEnded = (state: Workstation): Workstation => {
  const waits = state.seat.is === 'signedIn' ? state.seat.wrapups : []
  const calls = state.calls.filter((call) => isLive(call) || waits.includes(call.id))
  // [CALL-11] A line still in hand comes before one that has ended; the form in front stays.
  const now = calls.find((call) => call.id === state.selected)
  const inHand = calls.find((call) => isLive(call) && call.phase.is !== 'ringing')
  const stays = now && (isLive(now) || !inHand)
  const selected = (stays ? now : (inHand ?? calls.find(isLive) ?? calls[0]))?.id ?? null
  const shows =
    state.openForm === null ||
    state.calls.every((c) => c.id !== state.openForm) ||
    calls.some((c) => c.id === state.openForm)
  return { ...state, calls, selected, openForm: shows ? state.openForm : selected }
}

/** What follows from any move: the bell, the seat's phase and since when, the word to the queue. */
const settle = (
  before: Workstation,
  after: Workstation,
  effects: Effect[],
  stamp: Stamp,
): [Workstation, Effect[]] => {
  const out = [...effects]
  if (ringingCall(before) && !ringingCall(after)) out.push({ do: 'stopRinging' })
  const now = seatPhase(after.seat, after.calls, phoneIsUp(after))
  const same = now.phase === after.since.phase && now.reason === after.since.reason
  const since = same ? after.since : { ...now, at: stamp.at, tick: stamp.tick }
  if (!same || before.seat.is !== after.seat.is) out.push({ do: 'reportSeat' })
  const [queueTold, words] = queueWords({ ...after, since })
  return [
    { ...after, since, queueTold },
    [...out, ...words.map((word) => ({ do: 'tellQueue' as const, word }))],
  ]
}

/** [SEAT-5] The queue is told when readiness changes, never in the middle of a call, and anew after each registration. */
const queueWords = (state: Workstation): [Workstation['queueTold'], QueueWord[]] => {
  if (state.seat.is !== 'signedIn' || !phoneIsUp(state)) return [state.queueTold, []]
  if (liveCalls(state).length > 0) return [state.queueTold, []]
  const wish = mayTakeCalls(state.seat, state.calls, true) ? 'ready' : 'paused'
  if (wish === state.queueTold) return [wish, []]
  const word: QueueWord = wish === 'ready' ? 'resume' : 'pause'
  return [wish, state.queueTold === null ? ['signIn', word] : [word]]
}
