// The work order a call led to, as this computer knows it. On another computer of its agent the call may not name it yet:
// there the order names the call.
import type { Answer } from '../../contract/answer.ts'
import { done } from '../../contract/answer.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { LocalTicket, Records } from '../../core/ports.ts'

/** So many answered ones are looked through; the others all. */
const mostAnswered = 500

export const orderOf = async (
  records: Pick<Records, 'ticket' | 'tickets'>,
  call: Pick<CallRecord, 'id' | 'ticketId'>,
): Promise<Answer<LocalTicket | null>> => {
  if (call.ticketId !== null) return records.ticket(call.ticketId)
  const all = await records.tickets(mostAnswered)
  return all.ok ? done(all.value.find(({ dispatch }) => dispatch.callId === call.id) ?? null) : all
}
