// The centre as a value: server/push.ts and server/pull.ts in plain maps. What is claimed here is proven on the real
// server too: test/server/centreModel.test.ts gives both the same requests and compares the answers.
import { isDeepStrictEqual } from 'node:util'
import type { Problem } from '../../contract/answer.ts'
import type { CallRecord } from '../../contract/softphone.ts'
import { keptMs } from '../../core/sync/retention.ts'
import type { PullAnswer, PullRequest, PushVerdict } from '../../contract/sync.ts'
import { PushItem, PushRequest, ToldNumbers } from '../../contract/sync.ts'
import type { Ticket, TicketDispatch } from '../../contract/tickets.ts'
import type { WarningReport, WarningTold } from '../../contract/warnings.ts'
import { numberFor, toldIn, type Told } from './numbers.ts'
import { isSaidIn } from '../../core/warnings/report.ts'
import { summaryOf } from '../../core/softphone/callSummary.ts'

type Changed<T> = { readonly value: T; readonly change: number }

export type CentreState = {
  readonly id: string
  readonly epoch: number
  readonly lastChange: number
  readonly calls: ReadonlyMap<string, Changed<CallRecord>>
  readonly tickets: ReadonlyMap<string, Changed<Ticket>>
  /** Every revision of a dispatch that came in, by id and rev. */
  readonly revisions: ReadonlyMap<string, TicketDispatch>
  /** Each report is of an employer of its own here: joining them is proven on the server alone. */
  readonly warnings: ReadonlyMap<string, Changed<WarningTold>>
  /** [WARN-19] Every revision of a report that came in, by id and rev, and whether it came behind a later one. */
  readonly drafts: ReadonlyMap<string, { readonly report: WarningReport; readonly late: boolean }>
  /** How often each note stands in the audit. */
  readonly notes: ReadonlyMap<string, number>
  /** Work orders numbered so far, by day. */
  readonly numbered: ReadonlyMap<string, number>
  readonly departments: readonly string[]
}

export const newCentre = (id: string, departments: readonly string[]): CentreState => ({
  id,
  epoch: 0,
  lastChange: 0,
  calls: new Map(),
  tickets: new Map(),
  revisions: new Map(),
  warnings: new Map(),
  drafts: new Map(),
  notes: new Map(),
  numbered: new Map(),
  departments,
})

type Verdict = PushVerdict & { readonly item: PushItem | null }
/** Faults of the centre itself, by the id of the thing. */
export type Whims = (id: string) => 'refuse' | 'busy' | 'tooNew' | null

const newestV = 1
const kinds = new Set<unknown>(['call', 'ticket', 'warning', 'audit'])
const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const refused = (id: string, item: PushItem, field?: string): Verdict => ({
  id,
  item,
  verdict: 'refused',
  text: '不收',
  ...(field === undefined ? {} : { field }),
})

const storeCall = (state: CentreState, item: PushItem, call: CallRecord): [CentreState, Verdict] => {
  const known = state.calls.get(call.id)?.value
  if (known && known.agent !== call.agent) return [state, refused(call.id, item, 'id')]
  if (known && known.rev === call.rev && !isDeepStrictEqual(known, call))
    return [state, refused(call.id, item, 'rev')]
  if (known && known.rev >= call.rev) return [state, { id: call.id, item, verdict: 'duplicate' }]
  const change = state.lastChange + 1
  const calls = new Map(state.calls).set(call.id, { value: call, change })
  return [
    { ...state, calls, lastChange: change },
    { id: call.id, item, verdict: 'stored' },
  ]
}

const storeTicket = (
  state: CentreState,
  item: PushItem,
  dispatch: TicketDispatch,
  now: number,
  told: Told,
): [CentreState, Verdict] => {
  const { id } = dispatch
  const known = state.tickets.get(id)?.value
  if (known && known.dispatch.agent !== dispatch.agent) return [state, refused(id, item, 'id')]
  const revision = `${id} ${dispatch.rev}`
  const earlier = known && state.revisions.get(revision)
  if (earlier && !isDeepStrictEqual(earlier, dispatch))
    return [state, { ...refused(id, item, 'rev'), number: known.number }]
  const revisions = new Map(state.revisions).set(revision, dispatch)
  if (known && known.dispatch.rev >= dispatch.rev) {
    state = { ...state, revisions }
    return [state, { id, item, verdict: 'duplicate', number: known.number }]
  }
  if (known && known.state !== 'dispatched') return [state, refused(id, item)]
  if (!state.departments.includes(dispatch.plan.department))
    return [state, { ...refused(id, item, 'plan.department'), ...(known && { number: known.number }) }]
  const change = state.lastChange + 1
  const [number, numbered] = known ? [known.number, state.numbered] : numberFor(state, now, told.get(id))
  const value: Ticket = known
    ? { ...known, dispatch, changedAt: Math.max(known.changedAt + 1, now) }
    : {
        id,
        number,
        state: 'dispatched',
        dispatch,
        events: [],
        acceptedAt: now,
        signDueAt: dispatch.plan.dueAt,
        dueAt: dispatch.plan.dueAt,
        changedAt: now,
      }
  const tickets = new Map(state.tickets).set(id, { value, change })
  return [
    { ...state, tickets, revisions, numbered, lastChange: change },
    { id, item, verdict: 'stored', number },
  ]
}

const storeWarning = (
  state: CentreState,
  item: PushItem,
  report: WarningReport,
  now: number,
  told: Told,
): [CentreState, Verdict] => {
  const { id } = report
  const known = state.warnings.get(id)?.value
  if (known && known.report.agent !== report.agent) return [state, refused(id, item, 'id')]
  const draft = `${id} ${report.rev}`
  const earlier = state.drafts.get(draft)
  if (known && earlier && !isDeepStrictEqual(earlier.report, report))
    return [state, { ...refused(id, item, 'rev'), number: known.number }]
  const late = known !== undefined && known.report.rev >= report.rev
  const drafts = earlier ? state.drafts : new Map(state.drafts).set(draft, { report, late })
  const change = state.lastChange + 1
  if (known && late) {
    if (earlier?.late === false || isSaidIn(report, known.report))
      return [
        { ...state, drafts },
        { verdict: 'duplicate', number: known.number, id, item },
      ]
    const value = { ...known, changedAt: Math.max(known.changedAt + 1, now) }
    const noted = earlier
      ? state
      : { ...state, warnings: new Map(state.warnings).set(id, { value, change }), lastChange: change }
    return [
      { ...noted, drafts },
      { ...refused(id, item, 'rev'), number: known.number },
    ]
  }
  const drawn = numberFor(state, now, told.get(id), 'YJ')
  const [number, numbered] = known ? [known.number, state.numbered] : drawn
  const value: WarningTold = known
    ? { ...known, report, level: report.level, changedAt: Math.max(known.changedAt + 1, now) }
    : {
        report,
        event: id,
        number,
        level: report.level,
        state: 'open',
        receivedAt: now,
        signedAt: null,
        signedBy: null,
        changedAt: now,
      }
  const warnings = new Map(state.warnings).set(id, { value, change })
  return [
    { ...state, warnings, drafts, numbered, lastChange: change },
    { id, item, verdict: 'stored', number },
  ]
}

const storeItem = (state: CentreState, item: PushItem, now: number, told: Told): [CentreState, Verdict] => {
  if (item.kind === 'call') return storeCall(state, item, item.body)
  if (item.kind === 'ticket') return storeTicket(state, item, item.body, now, told)
  if (item.kind === 'warning') return storeWarning(state, item, item.body, now, told)
  const { id } = item.body
  const count = state.notes.get(id) ?? 0
  if (count > 0) return [state, { id, item, verdict: 'duplicate' }]
  return [
    { ...state, notes: new Map(state.notes).set(id, 1) },
    { id, item, verdict: 'stored' },
  ]
}

const judge = (value: unknown, account: string, whims: Whims): Verdict | PushItem => {
  const { kind, body } = object(value)
  const named = object(body)['id']
  const id = typeof named === 'string' ? named.slice(0, 64) : ''
  if (ToldNumbers.safeParse(value).success) return { id, item: null, verdict: 'stored' }
  const { v } = object(body)
  if ((typeof kind === 'string' && !kinds.has(kind)) || (typeof v === 'number' && v > newestV))
    return { id, item: null, verdict: 'too_new' }
  const parsed = PushItem.safeParse(value)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String).filter((part) => part !== 'body') ?? []
    return { id, item: null, verdict: 'refused', ...(path.length === 0 ? {} : { field: path.join('.') }) }
  }
  const item = parsed.data
  const whim = whims(id)
  if (whim === 'tooNew') return { id, item, verdict: 'too_new' }
  if (whim === 'refuse') return refused(id, item, 'form.callerName')
  if (whim === 'busy') return { id, item, verdict: 'busy' }
  if (item.body.agent !== account) return refused(id, item, 'agent')
  if (item.kind !== 'audit' && item.body.practice) return refused(id, item, 'practice')
  return item
}

/** Calls first, then warnings, work orders and notes, as the server's one transaction does; verdicts in the given order. */
const turn = { call: 0, warning: 1, ticket: 2, audit: 3 } as const

export const pushed = (
  before: CentreState,
  body: unknown,
  account: string,
  now: number,
  whims: Whims,
): { state: CentreState; verdicts: readonly Verdict[] } | { problem: Problem } => {
  const parsed = PushRequest.safeParse(body)
  if (!parsed.success) return { problem: { code: 'bad_input', text: '读不懂' } }
  const told = toldIn(parsed.data.items)
  const judged = parsed.data.items.map((value) => judge(value, account, whims))
  const verdicts = new Map<number, Verdict>()
  // Of two revisions of one call in a batch only the higher one is written.
  const places = [...judged.entries()].flatMap(([place, each]) =>
    'verdict' in each ? [] : [{ place, item: each }],
  )
  const firstPlace = (id: string): number =>
    places.find(({ item }) => item.kind === 'call' && item.body.id === id)?.place ?? 0
  const order = ({ item, place }: (typeof places)[number]): readonly number[] =>
    item.kind === 'call'
      ? [turn.call, firstPlace(item.body.id), -item.body.rev, place]
      : [turn[item.kind], place, 0, 0]
  const inOrder = places
    .map((each) => ({ each, key: order(each) }))
    .sort((a, b) => a.key.map((n, at) => n - (b.key[at] ?? 0)).find((apart) => apart !== 0) ?? 0)
    .map(({ each }) => each)
  let state = before
  for (const { place, item } of inOrder) {
    const [next, verdict] = storeItem(state, item, now, told)
    state = next
    verdicts.set(place, verdict)
  }
  return {
    state,
    verdicts: judged.map((each, place): Verdict =>
      'verdict' in each ? each : (verdicts.get(place) ?? { id: '', item: null, verdict: 'busy' }),
    ),
  }
}

export const pulled = (
  state: CentreState,
  request: PullRequest,
  account: string,
  now: number,
): PullAnswer => {
  const news = [
    ...[...state.calls.values()].flatMap(({ value, change }) =>
      change > request.cursor && value.offeredAt >= now - keptMs({})
        ? [{ change, call: summaryOf(value), ticket: null, warning: null }]
        : [],
    ),
    ...[...state.tickets.values()].flatMap(({ value, change }) =>
      change > request.cursor && value.dispatch.agent === account
        ? [{ change, call: null, ticket: value, warning: null }]
        : [],
    ),
    ...[...state.warnings.values()].flatMap(({ value, change }) =>
      change > request.cursor && value.report.agent === account
        ? [{ change, call: null, ticket: null, warning: value }]
        : [],
    ),
  ].sort((a, b) => a.change - b.change)
  const page = news.slice(0, request.limit)
  const more = news.length > request.limit
  const mark = Math.max(
    0,
    ...[...state.calls.values(), ...state.tickets.values(), ...state.warnings.values()].map(
      ({ change }) => change,
    ),
  )
  return {
    centre: state.id,
    epoch: state.epoch,
    serverNow: now,
    cursor: Math.max(request.cursor, more ? (page.at(-1)?.change ?? 0) : mark),
    more,
    reference: null,
    calls: page.flatMap(({ call }) => (call ? [call] : [])),
    tickets: page.flatMap(({ ticket }) => (ticket ? [ticket] : [])),
    warnings: page.flatMap(({ warning }) => (warning ? [warning] : [])),
  }
}
