// Everything core may ask of the world. renderer/runEffects.ts carries them out, one switch.
import type { CallId } from '../contract/ids.ts'
import type { CallRecord } from '../contract/softphone.ts'
import type { RecordingState } from './softphone/recording.ts'
import type { RingKind } from '../contract/settings.ts'
import type { AuditNote } from '../contract/sync.ts'

export type QueueWord = 'signIn' | 'signOut' | 'pause' | 'resume'

export type Effect =
  | { readonly do: 'answerCall'; readonly callId: CallId }
  | { readonly do: 'rejectCall'; readonly callId: CallId; readonly how: 'busy' | 'decline' }
  | { readonly do: 'hangUpCall'; readonly callId: CallId }
  | { readonly do: 'holdCall'; readonly callId: CallId }
  | { readonly do: 'resumeCall'; readonly callId: CallId }
  | { readonly do: 'muteCall'; readonly callId: CallId; readonly muted: boolean }
  | { readonly do: 'sendDigits'; readonly callId: CallId; readonly digits: string }
  | { readonly do: 'turnRecording'; readonly callId: CallId; readonly to: RecordingState }
  | {
      readonly do: 'dialNumber'
      readonly callId: CallId
      readonly number: string
      /** The call it is made for, as the PBX names it; null: it stands for itself. */
      readonly callRef: string | null
    }
  | { readonly do: 'transferCall'; readonly callId: CallId; readonly number: string }
  | { readonly do: 'handOverCall'; readonly callId: CallId; readonly toCallId: CallId }
  | { readonly do: 'joinCalls'; readonly callId: CallId; readonly withId: CallId }
  | { readonly do: 'partCalls'; readonly callId: CallId; readonly withId: CallId }
  | { readonly do: 'tellQueue'; readonly word: QueueWord }
  | { readonly do: 'startRinging'; readonly kind: RingKind }
  /** By policy: tells autoAnswerDue after so long. */
  | { readonly do: 'answerLater'; readonly callId: CallId; readonly afterMs: number }
  /** A beep in the headset; when it is over, the call is answered. */
  | { readonly do: 'beepThenAnswer'; readonly callId: CallId }
  | { readonly do: 'stopRinging' }
  /** A soft tick: the caller has hung up. */
  | { readonly do: 'playTick' }
  /** At the first ring: a durable trace of the call, not sent yet, and an empty form. */
  | { readonly do: 'journalCall'; readonly record: CallRecord }
  /** The call is over: durable and on its way to the centre. */
  | { readonly do: 'finishCall'; readonly record: CallRecord }
  | { readonly do: 'reportSeat' }
  | { readonly do: 'noteAudit'; readonly what: AuditNote['what']; readonly callId: CallId | null }
  /** A sentence for the agent, by key of the text catalogue. */
  | {
      readonly do: 'tell'
      readonly text:
        | 'holdFailed'
        | 'resumeFailed'
        | 'transferFailed'
        | 'transferRuns'
        | 'consultFirst'
        | 'joinFailed'
        | 'recordingGoesOn'
        | 'recordingStaysPaused'
        | 'consultFailed'
        | 'consultOver'
        | 'lineBusy'
        | 'selfCheckFailed'
        | 'selfCheckRuns'
        | 'microphoneMoved'
        | 'microphoneBack'
        | 'earMoved'
        | 'earBack'
        | 'ringerMoved'
        | 'ringerBack'
      readonly detail: string
    }
  /** Something that should not happen did; counted for the diagnostics, never thrown. */
  | { readonly do: 'noteAnomaly'; readonly what: string }
