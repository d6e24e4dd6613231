// What an agent can do, each with its one key: buttons, keys, tray and headset all read this table,
// so they agree by construction. `page` commands belong to the page in front, which answers for them.
import type { CallId } from '../contract/ids.ts'
import type { Stamp } from './softphone/phoneEvent.ts'
import type { Call } from './softphone/call.ts'
import { isConnected } from './softphone/call.ts'
import { willBe } from './softphone/holding.ts'
import { mayTurn } from './softphone/recording.ts'
import { consultFor, handOverPair, pairOf, passingOf, swapTarget } from './softphone/lines.ts'
import type { WorkEvent, Workstation } from './workstation.ts'
import { lineIsFree, phoneIsUp, ringingCall, selectedCall } from './workstation.ts'

type Does = (state: Workstation, stamp: Stamp) => WorkEvent | null

export type Command = {
  /** KeyboardEvent.key with modifiers in front: "Shift+F2", "Ctrl+Enter". */
  readonly key: string
  may(state: Workstation): boolean
  /** null: the page in front or the call bar carries it out. */
  readonly does: Does | null
}

const onSelected =
  (build: (call: Call, stamp: Stamp) => WorkEvent | null): Does =>
  (state, stamp) => {
    const call = selectedCall(state)
    return call ? build(call, stamp) : null
  }

const connected = (state: Workstation): boolean => {
  const call = selectedCall(state)
  return call !== null && isConnected(call)
}

const signedIn = (state: Workstation): boolean => state.seat.is === 'signedIn'

export const commands = {
  answer: {
    key: 'F2',
    may: (state) => ringingCall(state) !== null,
    does: (state, stamp) => {
      const call = ringingCall(state)
      return call && { type: 'answerPressed', callId: call.id, ...stamp }
    },
  },
  reject: {
    key: 'Shift+F2',
    may: (state) => ringingCall(state) !== null,
    does: (state, stamp) => {
      const call = ringingCall(state)
      return call && { type: 'rejectPressed', how: 'decline', callId: call.id, ...stamp }
    },
  },
  mute: {
    key: 'F3',
    may: connected,
    does: onSelected((call, stamp) => ({
      type: 'mutePressed',
      muted: !call.muted,
      callId: call.id,
      ...stamp,
    })),
  },
  /** [CALL-27] Pauses the recording while private data are said; again: it goes on. The PBX's word needs the line. */
  record: {
    key: 'Shift+F3',
    may: (state) => {
      const call = selectedCall(state)
      return call !== null && phoneIsUp(state) && mayTurn(call)
    },
    does: onSelected(({ id }, stamp) => ({ type: 'recordingPressed', callId: id, ...stamp })),
  },
  /** [CALL-15] Turns what the line is meant to be, which the PBX may not have agreed to yet. */
  hold: {
    key: 'F4',
    may: connected,
    does: onSelected((call, stamp) => ({
      type: willBe(call) === 'held' ? 'resumePressed' : 'holdPressed',
      callId: call.id,
      ...stamp,
    })),
  },
  /** Takes up the line that waits; the one in hand waits instead. */
  swap: {
    key: 'Shift+F4',
    may: (state) => swapTarget(state) !== null,
    does: (state, stamp) => {
      const call = swapTarget(state)
      return call && { type: 'resumePressed', callId: call.id, ...stamp }
    },
  },
  /** Opens the keypad; on an idle line it opens the dial box. */
  keypad: { key: 'F6', may: (state) => connected(state) || mayDial(state), does: null },
  /** Dials the last number dialled again. */
  redial: { key: 'Shift+F6', may: (state) => mayDial(state), does: null },
  /** Rings whoever waits for our call: who was cut off, who was missed, who was promised. */
  callBack: { key: 'Ctrl+F6', may: (state) => mayDial(state), does: null },
  /** Opens the list of places; with both sides on our lines it puts them through to each other. */
  transfer: {
    key: 'F7',
    may: (state) => {
      const call = selectedCall(state)
      return call !== null && isConnected(call) && passingOf(state, call) === null
    },
    does: null,
  },
  /** Asks somebody while the caller waits; pressed again it ends the asking, and the caller is back [CALL-21]. */
  consult: {
    key: 'Shift+F7',
    may: (state) => {
      const call = selectedCall(state)
      return call !== null && (consultFor(state, call) !== null || mayConsult(state))
    },
    does: null,
  },
  /** All three hear each other; pressed again they do not. */
  threeWay: {
    key: 'F8',
    may: (state) => pairOf(state) !== null,
    does: (state, stamp) => ({ type: state.joined ? 'threeWayLeft' : 'threeWayPressed', ...stamp }),
  },
  /** Raises an early warning about the call of the form in front; on the duty leader's page it signs for one. */
  warn: { key: 'F9', may: () => true, does: null },
  /** Held for policy.hangUpHoldMs when the guard applies; a plain press otherwise. */
  hangUp: {
    key: 'F12',
    may: (state) => {
      const call = selectedCall(state)
      return call !== null && call.phase.is !== 'ended' && call.phase.is !== 'ringing'
    },
    does: null,
  },
  ready: {
    key: 'F5',
    may: signedIn,
    does: (_state, stamp) => ({ type: 'readyPressed', ...stamp }),
  },
  submit: { key: 'Ctrl+Enter', may: signedIn, does: null },
  search: { key: 'Ctrl+K', may: () => true, does: null },
  /** Unfolds a suggestion of the desk; pressed on the unfolded one it puts its words into the form. */
  knowledge1: { key: 'Alt+1', may: signedIn, does: null },
  knowledge2: { key: 'Alt+2', may: signedIn, does: null },
  knowledge3: { key: 'Alt+3', may: signedIn, does: null },
  callerCard: { key: 'Ctrl+I', may: () => true, does: null },
  keys: { key: 'F1', may: () => true, does: null },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof commands

export const hangUpEvent = (callId: CallId, reason: string | null, stamp: Stamp): WorkEvent => ({
  type: 'hangUpConfirmed',
  callId,
  reason,
  ...stamp,
})

/** From the menu of states, or from the tray; the reason is one of the reference data's. */
export const notReadyEvent = (state: Workstation, reason: string, stamp: Stamp): WorkEvent | null =>
  signedIn(state) ? { type: 'notReadyPressed', reason, ...stamp } : null

/** A line of a caller in hand, and the other line free. */
export const mayConsult = (state: Workstation): boolean =>
  connected(state) && mayDial(state) && selectedCall(state)?.madeFor === null

/** Puts the two other sides through to each other; null: there are not two to be put through. */
export const handOverEvent = (state: Workstation, stamp: Stamp): WorkEvent | null => {
  const pair = handOverPair(state)
  if (!pair || pair.caller.passing) return null
  const { id: callId } = pair.caller
  const { id: toCallId, number, name } = pair.other
  return { type: 'handOverPressed', callId, toCallId, number, name, ...stamp }
}

export const mayDial = (state: Workstation): boolean => signedIn(state) && lineIsFree(state)
