// A conversation: someone simulated (or another seat) at the far end, and whoever is at the near end, usually a
// seat's call, after a transfer another seat's. It outlives calls; the calls themselves are call.ts's.
import type { EndedBy, PracticeEvent } from '../contract/practice.ts'
import type { CallEnd, CallWatcher, Caller, SeatCall } from './call.ts'
import { openMeter, type Meter } from './hearing.ts'
import type { Party } from './party.ts'
import { codeKeys, tellRecording, type Recording } from './recording.ts'
import type { IncomingReferRequest } from 'sip.js/lib/core/index.js'

export type Far = {
  caller: Caller
  party: Party
  answered: () => void
  digit: (digit: string) => void
  hold: (isHeld: boolean) => void
  /** The conversation is over: let go of clocks and partners. Called once. */
  over: () => void
  /** Where the far end is itself a seat: show it that it now talks with someone else. */
  reidentify?: (identity: string) => void
}

export type Conversation = {
  /** X-Call-Ref, and `call` in events and commands. Survives transfers. */
  readonly ref: string
  readonly far: Far
  /** The seat that is, or was last, at the near end. */
  extension: string
  /** The seat's call at the near end; null once it is gone. */
  call: SeatCall | null
  /** null: a call between seats, which nobody records. */
  recording: Recording | null
  /** Instead of a seat: another conversation's far end. Ends both. */
  endSplice: (() => void) | null
  /** Set while a transfer rings someone; ending the conversation abandons it. */
  abandonTransfer: (() => void) | null
  stopListening: (() => void) | null
  meter: Meter | null
}

export type Register = {
  all: Set<Conversation>
  emit: (event: PracticeEvent) => void
  fault: (what: string) => void
}

export function openConversation(register: Register, ref: string, extension: string, far: Far): Conversation {
  const conversation: Conversation = {
    ref,
    far,
    extension,
    call: null,
    recording: null,
    endSplice: null,
    abandonTransfer: null,
    stopListening: null,
    meter: null,
  }
  register.all.add(conversation)
  return conversation
}

/** The far end or the exchange ends it, in whatever state it is. */
export function endConversation(register: Register, conversation: Conversation, by: EndedBy): void {
  conversation.abandonTransfer?.()
  conversation.call?.end(by)
  conversation.endSplice?.()
  finish(register, conversation)
}

/** Nobody is at the near end any more. */
export function finish(register: Register, conversation: Conversation): void {
  if (!register.all.delete(conversation)) return
  conversation.stopListening?.()
  conversation.far.over()
}

export type SeatHooks = {
  ringing?(): void
  /** Before the far end is connected. */
  answered?(): void
  ended?(end: CallEnd): void
  refer(call: SeatCall, request: IncomingReferRequest): void
}

/** Wires a call with a seat into a conversation. `start` makes the call; it becomes the near end once answered. */
export function seat(
  register: Register,
  conversation: Conversation,
  extension: string,
  start: (watcher: CallWatcher) => SeatCall,
  hooks: SeatHooks,
): SeatCall {
  const { far, ref } = conversation
  const stamp = () => ({ call: ref, extension, at: Date.now() })
  const isNear = () => conversation.call === call
  const keys = codeKeys(
    (to) => {
      if (!isNear() || conversation.recording === null) return
      conversation.recording = to
      tellRecording(call.line, ref, to)
    },
    (digit) => isNear() && far.digit(digit),
  )
  const call: SeatCall = start({
    ringing: () => hooks.ringing?.(),
    answered() {
      hooks.answered?.()
      conversation.call = call
      conversation.extension = extension
      call.join(far.party)
      register.emit({ event: 'answered', ...stamp() })
      // A transferring seat usually left its caller on hold.
      far.hold(false)
      far.answered()
    },
    digit(digit) {
      register.emit({ event: 'digits', ...stamp(), digits: digit })
      keys(digit)
    },
    hold(isHeld) {
      register.emit({ event: isHeld ? 'held' : 'resumed', ...stamp() })
      if (isNear()) far.hold(isHeld)
    },
    heard: (frame) => conversation.meter?.add(frame),
    refer: (request) => hooks.refer(call, request),
    ended(end) {
      register.emit({ event: 'ended', ...stamp(), ...end })
      hooks.ended?.(end)
      if (!isNear()) return
      conversation.call = null
      // A seat may hang up as soon as its transfer rings: the caller stays.
      if (!conversation.abandonTransfer) finish(register, conversation)
    },
    fault: register.fault,
  })
  return call
}

/** One `heard` event per second until stopped or over. */
export function listen(register: Register, conversation: Conversation, isOn: boolean): void {
  conversation.stopListening?.()
  conversation.stopListening = null
  conversation.meter = null
  if (!isOn) return
  const meter = openMeter()
  conversation.meter = meter
  const timer = setInterval(() => {
    const { ref, extension } = conversation
    register.emit({ event: 'heard', call: ref, extension, at: Date.now(), ...meter.read() })
  }, 1000)
  conversation.stopListening = () => clearInterval(timer)
}
