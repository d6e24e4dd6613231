// The Records and Mirror ports in memory, over a memoryOutbox: the plainest program that keeps their promises.
import { done, failed } from '../../contract/answer.ts'
import { Reference } from '../../contract/reference.ts'
import type { CallRecord, CallSummary } from '../../contract/softphone.ts'
import type { PushItem } from '../../contract/sync.ts'
import type { Draft } from '../../contract/wrapup.ts'
import type { Mirror, MirrorCursor } from '../../core/centrePorts.ts'
import type { CallQuery, Clock, LocalTicket, LocalWarning, Outbox, Records } from '../../core/ports.ts'
import { linkedWithinMs, summaryOf } from '../../core/softphone/callSummary.ts'
import { draftProblem, recordProblem, ticketProblem, warningProblem } from '../../core/sync/checkSizes.ts'
import { saysTheSame } from '../../core/sameWords.ts'
import { employerKey } from '../../core/warnings/employer.ts'
import { leftAs, leftOpen, wasMissed } from '../../core/wrapup/callBacks.ts'
import { isSameForm } from '../../core/wrapup/filing.ts'
import { hasText, searchText, tailKey } from '../../core/sync/searchKeys.ts'
import type { MemoryOutbox } from './memoryOutbox.ts'
import { memoryOutbox } from './memoryOutbox.ts'

export type MemorySeat = {
  readonly records: Records
  readonly outbox: MemoryOutbox
  readonly mirror: Mirror
}

const fits = (query: Omit<CallQuery, 'before' | 'limit'>, call: CallSummary): boolean => {
  const search = searchText(query.text)
  if (query.category !== null && call.category !== query.category) return false
  if (query.from !== null && call.offeredAt < query.from) return false
  if (query.to !== null && call.offeredAt >= query.to) return false
  return search === null || hasText(call, search)
}

const tailOf = ({ number }: CallSummary): string => tailKey(number)

const isOf = (call: CallSummary, agent: string, from: number): boolean =>
  call.agent === agent && call.offeredAt >= from

export const memorySeat = (clock: Clock): MemorySeat => {
  const own = new Map<string, CallRecord>()
  const others = new Map<string, CallSummary>()
  const journal = new Map<string, CallRecord>()
  const drafts = new Map<string, Draft>()
  const tickets = new Map<string, LocalTicket>()
  const warnings = new Map<string, LocalWarning>()
  const warningNumbers = new Map<string, string>()
  let cursor: MirrorCursor = { cursor: 0, reference: -1, epoch: null }
  let reference: Reference | null = null
  const listeners = new Set<() => void>()
  const outbox = memoryOutbox(
    (fate) => {
      const ticket = tickets.get(fate.id)
      if (ticket && fate.number !== null) tickets.set(fate.id, { ...ticket, number: fate.number })
      if (fate.kind === 'warning' && fate.number !== null) warningNumbers.set(fate.id, fate.number)
    },
    ({ kind, id }) => {
      const call = own.get(id)
      const ticket = tickets.get(id)
      const warning = warnings.get(id)
      if (kind === 'call' && call) return { kind, body: call }
      if (kind === 'warning' && warning) return { kind, body: warning.report }
      return kind === 'ticket' && ticket ? { kind, body: ticket.dispatch } : null
    },
    () => cursor.epoch,
    (id) => tickets.get(id)?.number ?? warningNumbers.get(id) ?? null,
  )
  const sendAgain: Outbox['sendAgain'] = async (epoch) => {
    cursor = { cursor: 0, reference: -1, epoch }
    for (const [id, ticket] of tickets) tickets.set(id, { ...ticket, centre: null })
    for (const [id, warning] of warnings) warnings.set(id, { ...warning, centre: null })
    return outbox.sendAgain(epoch)
  }
  const nothing = async () => done(null)
  const calls = () =>
    [...[...own.values()].map(summaryOf), ...others.values()].sort(
      (a, b) => b.offeredAt - a.offeredAt || (a.id < b.id ? 1 : -1),
    )

  const put = async (record: CallRecord, ticket: LocalTicket['dispatch'] | null, late: boolean) => {
    const problem = recordProblem(record) ?? (ticket && ticketProblem(ticket))
    if (problem) return { ok: false, problem } as const
    const stored = own.get(record.id)
    if (stored && stored.rev === record.rev)
      return (ticket && stored.ticketId === null) || !isSameForm(stored.form, record.form)
        ? failed('conflict', '已有更新的版本')
        : nothing()
    if (stored && stored.rev > record.rev) return late ? nothing() : failed('conflict', '已有更新的版本')
    if (ticket && stored?.ticketId && stored.ticketId !== ticket.id) return failed('conflict', '已派过单')
    const items: PushItem[] = [{ kind: 'call', body: record }]
    own.set(record.id, record)
    others.delete(record.id)
    journal.delete(record.id)
    if (!late) drafts.delete(record.id)
    if (ticket) {
      items.push({ kind: 'ticket', body: ticket })
      tickets.set(ticket.id, {
        ...(tickets.get(ticket.id) ?? { number: null, centre: null }),
        dispatch: ticket,
      })
    }
    outbox.put(items, clock.now())
    return nothing()
  }

  const records: Records = {
    async journal(record) {
      const problem = recordProblem(record)
      if (problem) return { ok: false, problem }
      if (!own.has(record.id)) journal.set(record.id, record)
      return nothing()
    },
    finish: (record) => put(record, null, true),
    file: (record, ticket) => put(record, ticket, false),
    async saveDraft(draft) {
      const problem = draftProblem(draft)
      if (problem) return { ok: false, problem }
      const filedAt = own.get(draft.callId)?.filedAt ?? null
      if (filedAt === null || draft.openedAt > filedAt) drafts.set(draft.callId, draft)
      return nothing()
    },
    async dropDraft(id) {
      drafts.delete(id)
      return nothing()
    },
    async restore(all) {
      for (const record of all) if (!own.has(record.id)) await put(record, null, true)
      return nothing()
    },
    read: async (id) => done(own.get(id) ?? null),
    drafts: async () => done([...drafts.values()].sort((a, b) => a.openedAt - b.openedAt)),
    unfinished: async () => done([...journal.values()]),
    summary: async (id) => done(calls().find((call) => call.id === id) ?? null),
    async page({ before, limit, ...query }) {
      const after = before ? calls().findIndex((call) => call.id === before.id) + 1 : 0
      return done(
        calls()
          .slice(after)
          .filter((call) => fits(query, call))
          .slice(0, limit),
      )
    },
    count: async (query) => done(calls().filter((call) => fits(query, call)).length),
    async ofNumber(number, limit) {
      const tail = tailKey(number)
      return done(
        calls()
          .filter((call) => tail !== '' && tailKey(call.number) === tail)
          .slice(0, limit),
      )
    },
    async waiting(query) {
      const all = calls()
      const lefts = leftOpen(query)
      const isOpen = (call: CallSummary) => lefts.has(leftAs(call))
      const counts = ({ offeredAt, callBackAt }: CallSummary) =>
        offeredAt >= query.from || (callBackAt ?? -1) >= query.agreedFrom
      const tails = new Set(all.filter((call) => isOpen(call) && counts(call)).map(tailOf))
      tails.delete('')
      return done(
        [...tails].flatMap((tail) => {
          const ofCaller = all.filter((call) => tailOf(call) === tail)
          const last = ofCaller.findIndex(isOpen)
          const isReached = ofCaller.slice(0, last).some(({ outcome }) => outcome === 'answered')
          return isReached ? [] : ofCaller.slice(last, last + 1)
        }),
      )
    },
    ofAgent: async (agent, from) => done(calls().filter((call) => isOf(call, agent, from))),
    async missed(agent, from) {
      const all = calls()
      const missed = all.filter((call) => isOf(call, agent, from) && wasMissed(call))
      const isAfter = (call: CallSummary) =>
        tailOf(call) !== '' &&
        missed.some((each) => tailOf(each) === tailOf(call) && each.offeredAt < call.offeredAt)
      return done(all.filter((call) => missed.includes(call) || isAfter(call)))
    },
    async countAbout(employer, from, except) {
      const key = employerKey(employer)
      const isAbout = (call: CallSummary) =>
        key !== '' && employerKey(call.employer ?? '') === key && call.offeredAt >= from && call.id !== except
      return done(calls().filter(isAbout).length)
    },
    async linked({ id, callRef, offeredAt }) {
      const near = (call: CallSummary) => Math.abs(call.offeredAt - offeredAt) <= linkedWithinMs
      return done(
        calls()
          .filter((call) => callRef !== null && call.callRef === callRef && call.id !== id && near(call))
          .reverse(),
      )
    },
    async warn(report) {
      const problem = warningProblem(report)
      if (problem) return { ok: false, problem }
      const old = warnings.get(report.id)
      if (old && old.report.rev >= report.rev)
        return old.report.rev === report.rev && !saysTheSame(old.report, report)
          ? failed('conflict', '这条预警已另有同一版的内容')
          : nothing()
      warnings.set(report.id, { report, centre: old?.centre ?? null })
      outbox.put([{ kind: 'warning', body: report }], clock.now())
      return nothing()
    },
    warnings: async (limit) =>
      done([...warnings.values()].sort((a, b) => b.report.raisedAt - a.report.raisedAt).slice(0, limit)),
    async noteAudit(note) {
      outbox.put([{ kind: 'audit', body: note }], clock.now())
      return nothing()
    },
    async tickets(answered) {
      const newest = [...tickets.values()].sort((a, b) => b.dispatch.dispatchedAt - a.dispatch.dispatchedAt)
      const unsent = new Set(outbox.rows().map(({ id }) => id))
      let room = answered
      return done(
        newest.filter(({ dispatch, centre }) => {
          if (centre?.state !== 'replied' || unsent.has(dispatch.id)) return true
          room -= 1
          return room >= 0
        }),
      )
    },
    ticket: async (id) => done(tickets.get(id) ?? null),
    reference: async () => done(reference),
  }

  const mirror: Mirror = {
    cursor: async () => done(cursor),
    async take(page) {
      for (const call of page.calls) if (!own.has(call.id)) others.set(call.id, call)
      for (const ticket of page.tickets) {
        const old = tickets.get(ticket.id)
        if (old?.centre && old.centre.changedAt > ticket.changedAt) continue
        const dispatch = old && old.dispatch.rev >= ticket.dispatch.rev ? old.dispatch : ticket.dispatch
        tickets.set(ticket.id, { dispatch, number: ticket.number, centre: ticket })
      }
      for (const told of page.warnings) {
        const old = warnings.get(told.report.id)
        if (old?.centre && old.centre.changedAt > told.changedAt) continue
        const report = old && old.report.rev >= told.report.rev ? old.report : told.report
        warnings.set(told.report.id, { report, centre: told })
        warningNumbers.set(told.report.id, told.number)
      }
      const sent = page.reference as { version: number } | null
      const isNew = sent !== null && (sent.version > cursor.reference || page.epoch !== cursor.epoch)
      if (isNew) reference = Reference.safeParse(sent).data ?? reference
      cursor = { cursor: page.cursor, reference: isNew ? sent.version : cursor.reference, epoch: page.epoch }
      if (page.calls.length + page.tickets.length + page.warnings.length > 0 || sent)
        for (const listener of listeners) listener()
      return done(null)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { records, outbox: { ...outbox, sendAgain }, mirror }
}
