// Whether the PBX records a call, as it says itself; paused while private data are said. Law: CALL-26 to CALL-28.
import type { CallRecording } from '../../contract/softphone.ts'
import type { Effect } from '../effects.ts'
import type { Call } from './call.ts'
import type { PhoneCallEvent, Stamp } from './phoneEvent.ts'

export type RecordingState = 'on' | 'paused'

/** What the PBX said first: as it offered the call, or of a call of ours. */
export type OfferedRecording = { readonly is: RecordingState; readonly mayPause: boolean }

export type Recording = OfferedRecording & {
  /** What the PBX was asked for and has not confirmed. */
  readonly turning: RecordingState | null
  readonly pauses: CallRecording['pauses']
  /** When the pause that goes on began. */
  readonly pausedSince: Stamp | null
}

/** What the contract lets a record hold; a call with more pauses than that is no call. */
const mostPauses = 100

export const newRecording = (offered: OfferedRecording | null, { at, tick }: Stamp): Recording | null =>
  offered && {
    is: offered.is,
    mayPause: offered.mayPause,
    turning: null,
    pauses: [],
    pausedSince: offered.is === 'paused' ? { at, tick } : null,
  }

/** How long the pause has lasted. */
export const pausedMs = ({ pausedSince }: Recording, tick: number): number =>
  pausedSince === null ? 0 : Math.max(0, tick - pausedSince.tick)

/** The pause that goes on ends now, with the call at the latest. */
export const endPause = (recording: Recording, tick: number): Recording => {
  const { pauses, pausedSince } = recording
  if (pausedSince === null) return recording
  const pause = { at: pausedSince.at, ms: Math.round(pausedMs(recording, tick)) }
  return { ...recording, pausedSince: null, pauses: [...pauses, pause].slice(-mostPauses) }
}

/** Can be asked for now; what is under way is not asked for again. */
export const mayTurn = (call: Call): boolean =>
  call.phase.is === 'talking' && call.recording !== null && call.recording.mayPause && !call.recording.turning

/** The key: pauses what goes on, takes up what is paused. */
export const askRecording = (call: Call): [Call, Effect[]] => {
  const { recording } = call
  if (!recording || !mayTurn(call)) return [call, []]
  const turning = recording.is === 'on' ? 'paused' : 'on'
  const effect: Effect = { do: 'turnRecording', callId: call.id, to: turning }
  return [{ ...call, recording: { ...recording, turning } }, [effect]]
}

type Told = Extract<PhoneCallEvent, { type: 'recordingChanged' | 'recordingUnchanged' }>

/** [CALL-27] Only the PBX's word moves the light. */
export const recordingTold = (call: Call, event: Told): [Call, Effect[]] => {
  const { recording } = call
  if (!recording) {
    // A call of ours is offered to nobody: the first word of it comes by itself.
    if (event.type === 'recordingChanged') return [{ ...call, recording: newRecording(event, event) }, []]
    return [call, [{ do: 'noteAnomaly', what: `${event.type} of a call not recorded` }]]
  }
  if (event.type === 'recordingUnchanged') {
    const text = recording.is === 'on' ? 'recordingGoesOn' : 'recordingStaysPaused'
    return [{ ...call, recording: { ...recording, turning: null } }, [{ do: 'tell', text, detail: '' }]]
  }
  const now = { ...recording, is: event.is, turning: null }
  if (event.is === 'on') return [{ ...call, recording: endPause(now, event.tick) }, []]
  const pausedSince = recording.pausedSince ?? { at: event.at, tick: event.tick }
  return [{ ...call, recording: { ...now, pausedSince } }, []]
}
