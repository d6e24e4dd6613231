// Submitting a form: from the record on disk to record, work order and outbox rows in one transaction.
// Whether it may be submitted is core/wrapup/form.ts's; what is stored is core/wrapup/filing.ts's.
import { TicketId } from '../../contract/ids.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { LocalTicket } from '../../core/ports.ts'
import { recordOf } from '../../core/softphone/callRecord.ts'
import { goesElsewhere, isOpenToAgent, openReturn, sentOut } from '../../core/tickets/again.ts'
import { nextLocalNumber, planOf } from '../../core/wrapup/dispatch.ts'
import { fileForm, isSameForm } from '../../core/wrapup/filing.ts'
import { dispatches } from '../../core/wrapup/form.ts'
import type { Text } from '../text/catalogue.ts'
import type { Workplace } from '../workplace.ts'
import type { DraftBook } from './draftBook.ts'
import { filedLast } from './filedLast.ts'
import type { FormSession, SentBy } from './formSession.ts'

export type FileWorld = Pick<
  Workplace,
  'account' | 'store' | 'clock' | 'records' | 'centre' | 'stamp' | 'reference' | 'newCallId'
>

/**
 * The record, or why there is none ('': it is not to be had now). As stored; right after the hang-up the call itself may be
 * ahead of the disk. [F43] A store that was wiped has the draft again, but not the record the centre had by then.
 */
const recordFor = async (world: FileWorld, session: FormSession): Promise<CallRecord | string> => {
  const read = await world.records.read(session.callId)
  const stored = read.ok ? read.value : null
  const { calls, holder } = world.store.read()
  const call = calls.find((each) => each.id === session.callId)
  const fresh = call && holder && call.phase.is === 'ended' ? recordOf(call, holder) : null
  const newest = fresh && (!stored || stored.rev <= fresh.rev) ? fresh : stored
  if (newest) return newest
  if (!read.ok) return read.problem.text
  const told = await world.centre.call('calls.read', { id: session.callId })
  return told.ok ? told.value : ''
}

type Earlier = Pick<LocalTicket, 'dispatch' | 'centre'>

/**
 * The work order this record led to, however old, or why it is not to be had (as with the record). [STORE-18] What the seat has
 * let go of since is asked of the centre: sent as if it were the first, it would be taken for another computer's.
 */
const earlierFor = async (world: FileWorld, { ticketId }: CallRecord): Promise<Earlier | null | string> => {
  if (ticketId === null) return null
  const kept = await world.records.ticket(ticketId)
  if (!kept.ok) return kept.problem.text
  if (kept.value) return kept.value
  const told = await world.centre.call('tickets.read', { id: ticketId })
  if (told.ok) return { dispatch: told.value.dispatch, centre: told.value }
  return told.problem.code === 'not_found' ? null : ''
}

/**
 * [TICKET-23] It went out since this form was written: as the answer to the return the form was to answer, or by a lead, to
 * another department or within another limit. Filed as it stands, it would be taken from there. The form bears it from now on.
 */
const overtaken = (world: FileWorld, session: FormSession, earlier: Earlier): SentBy | null => {
  const out = sentOut(earlier)
  const { form, returned } = session.read()
  if (!out || openReturn(earlier) || !dispatches(form, world.reference)) return null
  const plan = planOf(form, world.reference, world.clock.now())
  const moves = !out.byAgent && (plan === null || goesElsewhere(plan, out.plan))
  if (returned === null && !moves) return null
  session.change({ dispatch: out.plan })
  return { by: out.by, department: out.plan.departmentName }
}

/**
 * Files the form of this session once, however often it is asked meanwhile [F67]. The form is closed when it is on
 * disk, unless it was written on meanwhile [WRAP-29]; if it cannot be stored the session says why and stays open.
 */
export const fileNow = async (
  world: FileWorld,
  book: DraftBook,
  session: FormSession,
  words: Pick<Text['wrapup'], 'sentBy' | 'inHand' | 'filedElsewhere'>,
): Promise<boolean> => {
  if (session.read().filing) return false
  session.mark({ filing: true, problem: null })
  const stop = (problem: string): false => {
    session.mark({ filing: false, problem })
    return false
  }
  const [record, tickets] = await Promise.all([recordFor(world, session), world.records.tickets(500)])
  if (typeof record === 'string') return stop(record)
  if (!tickets.ok) return stop(tickets.problem.text)
  // Without it a correction could be taken for a new dispatch.
  const earlierTicket = await earlierFor(world, record)
  if (typeof earlierTicket === 'string') return stop(earlierTicket)
  // [TICKET-10] The department has it in hand: the centre would take the call's form and refuse the order.
  if (earlierTicket?.centre && !isOpenToAgent(earlierTicket.centre.state)) return stop(words.inHand)
  const returned = earlierTicket && openReturn(earlierTicket)
  // [TICKET-18] It came back while the form was open: nobody sends it again without having read why.
  if (returned && returned.round !== session.read().returned?.round) {
    session.mark({ filing: false, returned, sentBy: null, problem: returned.reason })
    return false
  }
  const last = earlierTicket ? await filedLast(world.centre, record, earlierTicket) : record
  if (last !== record && last.form && session.takeIn(last.form)) {
    session.mark({ returned })
    return stop(words.filedElsewhere)
  }
  const sentBy = earlierTicket && overtaken(world, session, earlierTicket)
  if (sentBy) {
    session.mark({ returned: null, sentBy })
    return stop(words.sentBy(sentBy.by, sentBy.department))
  }
  const at = world.clock.now()
  const { form } = session.read()
  const filing = fileForm(last, form, world.reference, {
    at,
    wrapupMs: session.afterCallMs(),
    newTicketId: TicketId.parse(world.newCallId()),
    newLocalNumber: nextLocalNumber(
      world.account.id,
      at,
      tickets.value.map((ticket) => ticket.dispatch.localNumber),
    ),
    earlierTicket,
  })
  const answer = await world.records.file(filing.record, filing.ticket)
  if (!answer.ok) return stop(answer.problem.text)
  const { callId } = session
  const wroteOn = !isSameForm(session.read().form, form)
  if (wroteOn) session.goOn(filing.record)
  else book.close(callId)
  world.store.dispatch({ type: 'formFiled', callId, ...world.stamp() })
  if (wroteOn) world.store.dispatch({ type: 'formOpened', callId, ...world.stamp() })
  return true
}
