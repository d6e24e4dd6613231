// Asks the PBX to pause the recording of a call, with keys pressed in it, and hears what became of it: the PBX confirms
// by a MESSAGE that names the call. Without its word nothing counts as paused.
import type { IncomingMessageRequest, IncomingRequestMessage } from 'sip.js/lib/core/index.js'
import type { OfferedRecording, RecordingState } from '../../../core/softphone/recording.ts'
import { cleanText } from './callHeaders.ts'
import type { Wiring } from './call.ts'

/** The keys take half a second to be pressed. */
const CONFIRM_MS = 4_000

export type Recorder = {
  turn(to: RecordingState): void
  /** The PBX said so of this call. */
  told(is: RecordingState): void
  /** Its word may have gone down with the line. */
  lineLost(): void
  /** The call is on a good line again: what was asked for and not confirmed is asked once more. */
  broughtOver(): void
  stop(): void
}

export function recorder({ clock, ua, callId, media, emit, isLineGood }: Wiring): Recorder {
  /** What the PBX was asked for and has not confirmed. */
  let asked: RecordingState | null = null
  let stop = () => {}

  function unchanged() {
    asked = null
    emit({ type: 'recordingUnchanged', callId })
  }

  function press(to: RecordingState) {
    const codes = ua.account().recordingCodes
    if (codes !== null) media.sendDigits(to === 'on' ? codes.resume : codes.pause)
    stop()
    stop = clock.after(CONFIRM_MS, unchanged)
  }

  return {
    turn(to) {
      // The keys would get through with the voice, the PBX's word would not: the light would say the opposite.
      if (!isLineGood()) return unchanged()
      asked = to
      press(to)
    },
    lineLost: () => stop(),
    broughtOver: () => void (asked !== null && press(asked)),
    told(is) {
      asked = null
      stop()
      emit({ type: 'recordingChanged', callId, is, mayPause: ua.account().recordingCodes !== null })
    },
    stop: () => stop(),
  }
}

/** X-Recording, in an INVITE or in a MESSAGE; null: it says nothing readable. */
function stateOf(message: IncomingRequestMessage): RecordingState | null {
  const state = message.getHeader('X-Recording')?.trim().toLowerCase()
  return state === 'on' || state === 'paused' ? state : null
}

export function offeredRecording(
  message: IncomingRequestMessage,
  mayPause: boolean,
): OfferedRecording | null {
  const is = stateOf(message)
  return is && { is, mayPause }
}

/** What the PBX says of one call, outside of it. */
export type RecordingWord = {
  readonly is: RecordingState
  /** The reference it offered the call with; empty: it does not say. */
  readonly callRef: string
  /** The Call-ID of the INVITE of a call of ours, which knows no reference; empty: it does not say. */
  readonly inviteId: string
}

/** Whatever is in it, the PBX has its answer; null: it is about something else. */
export function recordingWord(request: IncomingMessageRequest): RecordingWord | null {
  request.accept({ statusCode: 200 })
  const { message } = request
  const is = stateOf(message)
  const header = (name: string) => cleanText(message.getHeader(name) ?? '', 128)
  return is && { is, callRef: header('X-Call-Ref'), inviteId: header('X-Invite-Id') }
}
