// From a call to the record it leaves behind. The record exists from the first ring.
import type { AccountId, Extension } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Call } from './call.ts'

export type Holder = { readonly agent: AccountId; readonly seat: Extension; readonly practice: boolean }

/**
 * The record of a call as it stands. While the call lives it is the journal's version: outcome `interrupted`,
 * ended by `system`, which is exactly what it must say if the program dies before the call ends [CALL-5].
 */
export const recordOf = (call: Call, holder: Holder): CallRecord => {
  const { phase } = call
  const ended = phase.is === 'ended' ? phase : null
  const connected = phase.is === 'talking' || phase.is === 'held' ? phase : null
  return {
    v: 1,
    id: call.id,
    rev: 1,
    agent: holder.agent,
    seat: holder.seat,
    practice: holder.practice,
    direction: call.direction,
    number: call.number,
    name: call.name,
    place: call.place,
    queue: call.queue,
    callRef: call.callRef,
    legId: call.legId,
    queuedMs: call.queuedMs === null ? null : Math.round(call.queuedMs),
    offeredAt: call.offeredAt,
    answeredAt: ended?.answeredAt ?? connected?.answeredAt ?? null,
    endedAt: Math.max(call.offeredAt, ended?.endedAt ?? connected?.answeredAt ?? call.offeredAt),
    talkMs: ended?.talkMs ?? Math.round(connected?.talkMs ?? 0),
    holdMs: ended?.holdMs ?? Math.round(connected?.holdMs ?? 0),
    outcome: ended?.outcome ?? 'interrupted',
    endedBy: ended?.by ?? 'system',
    endCause: ended?.cause ?? null,
    hangUpReason: call.hangUpReason,
    transfer: call.transfer,
    madeFor: call.madeFor,
    passedBy: call.passedBy,
    threeWay: call.threeWay,
    dialled: call.dialled,
    recording: call.recording && { pauses: [...call.recording.pauses] },
    quality: call.quality,
    form: null,
    filedAt: null,
    wrapupMs: null,
    ticketId: null,
  }
}
