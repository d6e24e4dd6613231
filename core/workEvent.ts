// Everything that can happen to a seat: what the telephone tells, what was found of its sound, and what people do.
import type { CallId } from '../contract/ids.ts'
import type { Policy } from '../contract/reference.ts'
import type { CallCommand } from './softphone/call.ts'
import type { Holder } from './softphone/callRecord.ts'
import type { PhoneEvent, Stamp } from './softphone/phoneEvent.ts'
import type { SoundEvent } from './softphone/sound.ts'

/** What the reference data say of calls at a seat. */
export type CallPolicy = Pick<Policy, 'secondCall' | 'ringSeconds' | 'autoAnswer'>

export type WorkEvent =
  | PhoneEvent
  | SoundEvent
  | (CallCommand & { readonly callId: CallId })
  | (Stamp &
      (
        | {
            readonly type: 'signedIn'
            readonly holder: Holder
            readonly policy: CallPolicy
            readonly wrapups?: readonly CallId[] // being written up when the page went away [SEAT-12]
          }
        | { readonly type: 'signedOut' }
        /** The reference data of the centre were changed. */
        | { readonly type: 'policyChanged'; readonly policy: CallPolicy }
        | { readonly type: 'readyPressed' }
        | { readonly type: 'notReadyPressed'; readonly reason: string }
        | {
            readonly type: 'dialPressed'
            readonly callId: CallId
            readonly number: string
            /** What is sent to the PBX when it is not the number itself: an outside prefix in front. */
            readonly dial?: string
            readonly internal: boolean
            /** A department's or a short number of the reference data. */
            readonly listed?: boolean
            readonly name?: string | null
            /** The connected call it is a consultation for. */
            readonly madeFor?: CallId
            readonly place?: string | null
          }
        | { readonly type: 'threeWayPressed' }
        | { readonly type: 'threeWayLeft' }
        | { readonly type: 'lineSelected'; readonly callId: CallId }
        | { readonly type: 'formOpened'; readonly callId: CallId | null }
        | { readonly type: 'formFiled'; readonly callId: CallId }
        | { readonly type: 'classified'; readonly callId: CallId; readonly topic: string | null }
      ))
