// A call as it stands in lists and in a caller's history: what a colleague may see of it without opening it.
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'

const gistLength = 80

export const summaryOf = (record: CallRecord): CallSummary => {
  const { form, endCause } = record
  const told = (form?.cause || form?.course || '').replaceAll(/\s+/g, ' ').trim()
  return {
    id: record.id,
    number: record.number,
    callerName: form?.callerName || record.name,
    agent: record.agent,
    direction: record.direction,
    offeredAt: record.offeredAt,
    talkMs: record.talkMs,
    outcome: record.outcome,
    endedBy: record.endedBy,
    endCause: endCause && { protocol: endCause.protocol, code: endCause.code },
    callRef: record.callRef,
    // A record of before protocol 5 does not have it.
    madeFor: record.madeFor ?? null,
    dialled: record.dialled ?? false,
    category: form?.category ?? null,
    topic: form?.topic ?? null,
    disposition: form?.disposition ?? null,
    // A form of before protocol 15 does not have it.
    callBackAt: form?.callBackAt ?? null,
    gist: told === '' ? null : Array.from(told).slice(0, gistLength).join(''),
    employer: form?.employer || null,
    member: form?.member ?? null,
    ticketId: record.ticketId,
  }
}

/** Legs of one call begin within this of each other: a reference used again after a restart of the PBX joins nothing. */
export const linkedWithinMs = 4 * 3_600_000
