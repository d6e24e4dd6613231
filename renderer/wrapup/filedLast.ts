// [WRAP-28] The record of a call as its form was filed last, on whichever computer of its agent. The seat keeps its own record
// as it is; that another computer has filed since is seen by the work order, which comes from the centre.
import type { CallRecord } from '../../contract/softphone.ts'
import type { LocalTicket } from '../../core/ports.ts'
import { sentOut } from '../../core/tickets/again.ts'
import { asOrdered } from '../../core/wrapup/elsewhere.ts'
import type { Workplace } from '../workplace.ts'

/** With the centre away, or the order there before its form, the order's own words stand in. */
export const filedLast = async (
  centre: Workplace['centre'],
  stored: CallRecord,
  order: Pick<LocalTicket, 'dispatch' | 'centre'>,
): Promise<CallRecord> => {
  const { dispatch } = order
  // Record and order of one filing bear one instant.
  if (stored.filedAt === dispatch.dispatchedAt) return stored
  const told = await centre.call('calls.read', { id: stored.id })
  const record = told.ok && told.value.rev > stored.rev ? told.value : stored
  const { form } = record
  if (form === null || record.filedAt === dispatch.dispatchedAt) return record
  // [TICKET-23] Where a lead sent it is told as theirs.
  const plan = sentOut(order)?.byAgent === false ? form.dispatch : dispatch.plan
  return { ...record, form: { ...asOrdered(form, dispatch), dispatch: plan } }
}
