// What the telephone tells the workstation. Past tense, one closed union; the Phone port sends nothing else.
// Every event carries two clocks: `at` for people (epoch ms), `tick` for measuring (monotonic ms).
import type { CallId } from '../../contract/ids.ts'
import type { CallQuality, EndCause } from '../../contract/softphone.ts'
import type { OfferedRecording } from './recording.ts'
import type { SoundEvent } from './sound.ts'

export type Stamp = { readonly at: number; readonly tick: number }

/** Three different troubles the agent must be able to tell apart, and the good state. */
export type PhoneLink =
  | { readonly link: 'off' } // nobody signed in
  | { readonly link: 'connecting' } // first attempt
  | { readonly link: 'disconnected'; readonly retryAt: number; readonly attempt: number } // no socket to the PBX: 话机未连接
  | {
      readonly link: 'notRegistered'
      readonly why: 'wrongSecret' | 'refused' | 'untrusted'
      readonly text: string
    } // 未注册
  | { readonly link: 'silent' } // socket is there, the PBX does not answer: 话路无应答
  | { readonly link: 'registered' }

/** What is known about the other side when a call is offered. Text is cleaned: no control characters, ≤ 64. */
export type OfferedCall = {
  readonly callId: CallId
  readonly number: string
  readonly name: string | null
  readonly place: string | null
  readonly queue: string | null
  readonly callRef: string | null
  readonly legId: string | null
  readonly queuedMs: number | null
  /** True: another extension of ours, not a worker. */
  readonly internal: boolean
  /** null: the PBX says nothing of recording it. */
  readonly recording?: OfferedRecording | null
}

/** How the telephone's own sound is. */
export type PhoneSoundEvent = Extract<SoundEvent, { type: 'microphoneChanged' | 'earChanged' }>

/** What concerns one call; joining concerns two. */
export type PhoneCallEvent = Exclude<
  Extract<PhoneEvent, { readonly callId: CallId }>,
  { readonly withId: CallId }
>

export type PhoneEvent =
  | PhoneSoundEvent
  | (Stamp &
      (
        | { readonly type: 'linkChanged'; readonly link: PhoneLink }
        | { readonly type: 'offered'; readonly call: OfferedCall }
        /** Outgoing: the other side rings, or an announcement plays before the answer. */
        | { readonly type: 'progressed'; readonly callId: CallId; readonly announcement: boolean }
        /** Both sides agreed (inbound: our answer was acknowledged). */
        | { readonly type: 'connected'; readonly callId: CallId }
        | { readonly type: 'heldByUs'; readonly callId: CallId }
        | { readonly type: 'resumedByUs'; readonly callId: CallId }
        /** Hold or resume, which was wished, did not work; the call stays as it was. */
        | { readonly type: 'holdFailed'; readonly callId: CallId; readonly wanted: 'held' | 'talking' }
        /** It is put through; our leg, and the one it was put through to, end by us after this. */
        | { readonly type: 'transferred'; readonly callId: CallId }
        | { readonly type: 'transferFailed'; readonly callId: CallId; readonly text: string }
        /** After a transfer the other side is somebody else. */
        | {
            readonly type: 'otherSideChanged'
            readonly callId: CallId
            readonly number: string
            readonly name: string | null
            /** True: another extension of ours, not a worker. */
            readonly internal: boolean
            /** From its area code; the exchange tells none here. */
            readonly place?: string | null
          }
        /** The PBX says that it records this call, or has paused it. */
        /** `mayPause`: should nothing have been said of it before. */
        | ({ readonly type: 'recordingChanged'; readonly callId: CallId } & OfferedRecording)
        /** It was asked to, and did not confirm. */
        | { readonly type: 'recordingUnchanged'; readonly callId: CallId }
        /** Three-way: the other sides of both calls hear each other and us. */
        | { readonly type: 'joined'; readonly callId: CallId; readonly withId: CallId }
        /** They do not any more: we wished so, or one of the two has ended. */
        | { readonly type: 'parted'; readonly callId: CallId; readonly withId: CallId }
        /** They could not be brought together; both calls are as they were. */
        | {
            readonly type: 'joinFailed'
            readonly callId: CallId
            readonly withId: CallId
            readonly text: string
          }
        | { readonly type: 'qualityMeasured'; readonly callId: CallId; readonly quality: CallQuality }
        /** It is over, whoever did it. `by` null: the network or the PBX. Comes exactly once per call. */
        | {
            readonly type: 'ended'
            readonly callId: CallId
            readonly by: 'us' | 'them' | null
            readonly cause: EndCause | null
          }
        /** A SIP message could not be read and was dropped: counted and shown, for it may have been a caller. */
        | { readonly type: 'messageDropped'; readonly first: string }
      ))
