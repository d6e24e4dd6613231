// Which wrap-up forms are open: one for every call from its first ring [WRAP-16], the drafts of earlier calls when
// somebody opens them, and filed forms the centre sent back. Lives as long as somebody is signed in, whatever
// page is in front. What one form does is formSession.ts's.
import type { CallId } from '../../contract/ids.ts'
import type { Reference } from '../../contract/reference.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import type { Draft, WrapupForm } from '../../contract/wrapup.ts'
import { emptyForm } from '../../contract/wrapup.ts'
import type { LocalTicket } from '../../core/ports.ts'
import type { Call } from '../../core/softphone/call.ts'
import { isLive } from '../../core/softphone/call.ts'
import { writesForm } from '../../core/softphone/lines.ts'
import { openReturn, sentOut } from '../../core/tickets/again.ts'
import { dispatches, knownOf } from '../../core/wrapup/form.ts'
import type { Workplace } from '../workplace.ts'
import { filedLast } from './filedLast.ts'
import type { FormFacts, FormSession, SentBy } from './formSession.ts'
import { openSession } from './formSession.ts'

export type BookWorld = Pick<
  Workplace,
  'store' | 'clock' | 'records' | 'outbox' | 'centre' | 'stamp' | 'reference' | 'soon'
>

export type DraftBook = {
  /** Open forms, oldest call first. The array is new whenever one comes or goes. */
  list(): readonly FormSession[]
  session(id: CallId | null): FormSession | null
  subscribe(listener: () => void): () => void
  /** Opens the form of an earlier call: its draft, or the filed form to be corrected. False: there is none. */
  open(id: CallId): Promise<boolean>
  /** The form is filed or thrown away. */
  close(id: CallId): void
  /** Saves what is not saved yet; false: something could not be. */
  flushAll(): Promise<boolean>
  /** Reference data changed with a sync. */
  useReference(reference: Reference): void
}

const factsOfCall = (call: Call): FormFacts => ({
  direction: call.direction,
  number: call.number,
  name: call.name,
  place: call.place,
  offeredAt: call.offeredAt,
  over: !isLive(call),
})

const factsOfRecord = (record: CallRecord): FormFacts => ({
  direction: record.direction,
  number: record.number,
  name: record.name,
  place: record.place,
  offeredAt: record.offeredAt,
  over: true,
})

/** A draft whose record is not readable any more still has its words. */
const factsOfDraft = (draft: Draft): FormFacts => ({
  direction: 'inbound',
  number: draft.form.contactNumber,
  name: null,
  place: null,
  offeredAt: draft.openedAt,
  over: true,
})

type Written = { readonly form: WrapupForm; readonly sentBy: SentBy | null }

/**
 * [TICKET-23] What a lead dispatched meanwhile goes on where they sent it: the form knows only where it went before. Back from
 * there, the agent chooses anew, and what they have chosen stays.
 */
const asSentOut = (form: WrapupForm, order: LocalTicket, isDraft: boolean, reference: Reference): Written => {
  const out = sentOut(order)
  const isBack = openReturn(order) !== null
  if (!out || out.byAgent || (isBack && isDraft) || !dispatches(form, reference))
    return { form, sentBy: null }
  const sentBy = isBack ? null : { by: out.by, department: out.plan.departmentName }
  return { form: { ...form, dispatch: out.plan }, sentBy }
}

export const openBook = (world: BookWorld): DraftBook => {
  const { store, records, outbox, clock } = world
  const listeners = new Set<() => void>()
  let sessions: readonly FormSession[] = []
  const opening = new Map<CallId, Promise<boolean>>()

  const put = (next: readonly FormSession[]): void => {
    sessions = next
    for (const listener of listeners) listener()
  }
  const find = (id: CallId | null) => sessions.find((session) => session.callId === id) ?? null
  /** The lead's wall says what the call is about as soon as the agent has said it. */
  const tellTopic = (session: FormSession): void => {
    let told = session.read().form.topic
    session.subscribe(() => {
      const { topic } = session.read().form
      if (topic === told) return
      told = topic
      store.dispatch({ type: 'classified', callId: session.callId, topic, ...world.stamp() })
    })
  }
  const add = (session: FormSession): void => {
    tellTopic(session)
    put(
      [...sessions, session].sort((one, other) => one.read().facts.offeredAt - other.read().facts.offeredAt),
    )
    follow()
  }
  let present = world.reference
  const reference = () => present

  const openForCall = (call: Call): void => {
    const session = openSession(world, reference, {
      callId: call.id,
      form: emptyForm,
      facts: factsOfCall(call),
      openedAt: clock.now(),
      savedAt: null,
      wrapupMs: 0,
      refusal: null,
    })
    add(session)
    if (call.number !== '')
      void records.ofNumber(call.number, 10).then((answer) => {
        if (answer.ok) session.fill(knownOf(answer.value))
      })
  }

  /** What the lines say about the open forms: over or not, in front or not, gone without a word written. */
  const follow = (): void => {
    const state = store.read()
    for (const session of sessions) {
      const call = state.calls.find((each) => each.id === session.callId)
      if (call) session.facts(factsOfCall(call))
      else if (!session.read().facts.over) left(session)
      session.count(state.openForm === session.callId && session.read().facts.over)
    }
  }

  /** The line is gone from the desk: answered calls left a record, the others nothing to write about. */
  const left = (session: FormSession): void => {
    session.facts({ ...session.read().facts, over: true })
    void records.read(session.callId).then((answer) => {
      const spoke = answer.ok && answer.value !== null && answer.value.outcome === 'answered'
      if (spoke || session.written()) return
      close(session.callId)
      void records.dropDraft(session.callId)
    })
  }

  const close = (id: CallId): void => {
    find(id)?.close()
    put(sessions.filter((session) => session.callId !== id))
  }

  const load = async (id: CallId): Promise<boolean> => {
    const [drafts, read, unsent, orders] = await Promise.all([
      records.drafts(),
      records.read(id),
      outbox.list(500),
      records.tickets(500),
    ])
    // [STORE-3] What was half written and cannot be read now would be overwritten by what is filed, or by nothing.
    if (!drafts.ok) return false
    const draft = drafts.value.find((each) => each.callId === id)
    const order = orders.ok ? orders.value.find(({ dispatch }) => dispatch.callId === id) : undefined
    const stored = read.ok ? read.value : null
    // [TICKET-18] Dispatched on another computer: the centre has the form.
    const told = order && !draft && !stored && (await world.centre.call('calls.read', { id }))
    const known = told ? (told.ok ? told.value : null) : stored
    const record = known && order ? await filedLast(world.centre, known, order) : known
    if (find(id)) return true
    if (!draft && !record) return false
    const call = store.read().calls.find((each) => each.id === id)
    const facts = call
      ? factsOfCall(call)
      : record
        ? factsOfRecord(record)
        : draft
          ? factsOfDraft(draft)
          : null
    if (!facts) return false
    const orderId = record?.ticketId ?? order?.dispatch.id
    const wanted = [id, orderId]
    const form = draft?.form ?? record?.form ?? emptyForm
    const parked = unsent.ok
      ? unsent.value.find((row) => row.state === 'parked' && wanted.some((each) => each === row.id))
      : undefined
    const session = openSession(world, reference, {
      callId: id,
      ...(order ? asSentOut(form, order, draft !== undefined, present) : { form }),
      facts,
      // [F58] Behind its filing, whatever clock that was dated by: or the store would take what is typed for something late.
      openedAt: draft?.openedAt ?? Math.max(clock.now(), (record?.filedAt ?? 0) + 1),
      savedAt: draft?.savedAt ?? null,
      wrapupMs: draft?.wrapupMs ?? 0,
      risk: draft?.risk,
      refusal: record?.filedAt ? (parked?.problem?.text ?? '') : null,
      // [WRAP-24] One the centre has stays one, whatever it said to a later revision of it.
      ordered: orderId !== undefined && (parked?.id !== orderId || Boolean(order?.centre)),
      returned: order ? openReturn(order) : null,
      filed: (draft ? known : record)?.form ?? null,
    })
    add(session)
    if (record?.form) session.takeIn(record.form)
    return true
  }

  const announced = new Set<CallId>()
  const onMove = (): void => {
    const { calls, seat } = store.read()
    if (seat.is === 'signedOut') {
      void Promise.all(sessions.map((session) => session.flush()))
      return
    }
    for (const call of calls) {
      if (!isLive(call) || !writesForm(call) || find(call.id) || opening.has(call.id)) continue
      // The bar is drawn first, then the form is opened.
      if (call.phase.is === 'ringing' && !announced.has(call.id)) {
        announced.add(call.id)
        world.soon(onMove)
      } else openForCall(call)
    }
    follow()
  }

  const open = (id: CallId): Promise<boolean> => {
    if (find(id)) return Promise.resolve(true)
    const already = opening.get(id)
    if (already) return already
    const job = load(id).finally(() => opening.delete(id))
    opening.set(id, job)
    return job
  }

  store.subscribe(onMove)
  onMove()

  return {
    list: () => sessions,
    session: find,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open,
    close,
    flushAll: async () => (await Promise.all(sessions.map((session) => session.flush()))).every(Boolean),
    useReference(next) {
      present = next
    },
  }
}

const books = new WeakMap<BookWorld['store'], DraftBook>()

/** The one book of this sign-in; it is opened by whoever asks first and goes with the store. */
export const draftBook = (world: BookWorld): DraftBook => {
  const known = books.get(world.store)
  if (known) {
    known.useReference(world.reference)
    return known
  }
  const book = openBook(world)
  books.set(world.store, book)
  return book
}
