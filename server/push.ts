// sync.push: what a seat recorded comes in. Every item is judged alone, all good ones are stored in one
// transaction, each gets its verdict. How work orders are numbered is left to dispatch.ts.
import { done } from '../contract/answer.ts'
import { PushItem, type AuditNote, type PushVerdict, type ToldNumbers } from '../contract/sync.ts'
import type { CallRecord } from '../contract/softphone.ts'
import type { TicketDispatch } from '../contract/tickets.ts'
import type { WarningReport } from '../contract/warnings.ts'
import { PROTOCOL } from '../contract/version.ts'
import { storeCalls } from './callRecords.ts'
import { callerOf, type Caller, type Centre, type Handler } from './centre.ts'
import { isBusy, traceOf, type Queries } from './database.ts'
import { storeDispatch, type Stored } from './dispatch.ts'
import { oweDispatch } from './outward.ts'
import { problems } from './problems.ts'
import { currentReference } from './reference.ts'
import { numbersIn, type Told } from './toldNumbers.ts'
import { unstorableField } from './unstorable.ts'
import { eventOf, storeWarning } from './warnings.ts'
import { tellOfEvent } from './warningEvents.ts'

type Refusal = Omit<PushVerdict, 'id'> & { verdict: 'refused' | 'too_new' }
type Judged = { readonly item: PushItem } | { readonly refusal: Refusal } | { readonly numbers: ToldNumbers }

const newestV = 1
const kinds = new Set<unknown>(['call', 'ticket', 'warning', 'audit'])
const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const refused = (text: string, field?: string): { refusal: Refusal } => ({
  refusal: { verdict: 'refused', text, ...(field === undefined || field === '' ? {} : { field }) },
})
const tooNew: { refusal: Refusal } = {
  refusal: { verdict: 'too_new', text: '这条记录由更新的程序生成，已留在本机，中心升级后会再发。' },
}

const idOf = (value: unknown): string => {
  const { id } = asObject(asObject(value)['body'])
  return typeof id === 'string' ? id.slice(0, 64) : ''
}

/** Who brings the items. `suspicious`: some text holds an escape that cannot be stored; `isNewer`: a newer program. */
interface Door {
  readonly caller: Caller
  readonly practice: boolean
  readonly suspicious: boolean
  readonly isNewer: boolean
}

/** May this item be stored, coming from this person at this centre? */
const judge = (value: unknown, { caller, practice, suspicious, isNewer }: Door): Judged => {
  const { kind, body } = asObject(value)
  const numbers = numbersIn(value)
  if (numbers !== undefined) return { numbers }
  if (typeof kind === 'string' && !kinds.has(kind)) return tooNew
  const { v } = asObject(body)
  if (typeof v === 'number' && v > newestV) return tooNew
  const parsed = PushItem.safeParse(value)
  if (!parsed.success && isNewer) return tooNew
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.map(String) ?? []
    return refused('有一栏内容不合要求，请改正后再提交。', path.filter((part) => part !== 'body').join('.'))
  }
  const item = parsed.data
  if (suspicious) {
    const field = unstorableField(item.body)
    if (field !== null) return refused('有一栏含有存不下的字符，请删掉重打后再提交。', field)
  }
  if (item.body.agent !== caller.account.id)
    return refused('这条记录登记的是别的工号，请由本人签入后提交。', 'agent')
  if (item.kind !== 'audit') {
    // [SERVER-58] What was recorded at a seat is taken whatever its person does by now.
    if (!caller.hadSeat) return refused('本账号没有坐席，不能提交通话、派单和预警。', 'agent')
    if (item.body.practice !== practice)
      return refused(
        practice ? '练习中心只收练习记录，这条没有保存。' : '这是练习记录，真实中心不收，没有保存。',
        'practice',
      )
  }
  return { item }
}

const subjectOf = ({ callId, about }: AuditNote): string | null =>
  about === undefined ? callId : `${callId ?? ''} ${about}`.trim()

const storeAudit = async (queries: Queries, note: AuditNote, now: number): Promise<Stored> => {
  const rows = await queries.rows(
    `insert into audit (note, at, account, what, subject, received_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (note) do nothing returning note`,
    [note.id, note.at, note.agent, note.what, subjectOf(note), now],
  )
  return { verdict: rows.length > 0 ? 'stored' : 'duplicate' }
}

interface Batch {
  readonly calls: ReadonlyMap<number, CallRecord>
  readonly tickets: ReadonlyMap<number, TicketDispatch>
  readonly warnings: ReadonlyMap<number, WarningReport>
  readonly notes: ReadonlyMap<number, AuditNote>
  readonly told: Told
  /** The request as text when every item in it is a call to be stored: spares writing the JSON again. */
  readonly raw: string | null
  readonly clientNow: number
}

/** What storing needs of the centre; the command line has no more. */
export type Ground = Pick<Centre, 'database' | 'identity' | 'now' | 'log'>

/** Stores a batch in one transaction: verdicts by the item's place. */
const store = async (centre: Ground, caller: Caller, batch: Batch): Promise<Map<number, Stored>> => {
  const now = centre.now()
  return centre.database.transaction(async (queries) => {
    const verdicts = new Map<number, Stored>()
    // Numbers of the change order are drawn one transaction at a time: a puller can never miss one.
    if (batch.calls.size + batch.tickets.size + batch.warnings.size > 0)
      await queries.rows('select pg_advisory_xact_lock(12352)')
    const skewMs = batch.clientNow - now
    const stored = await storeCalls(queries, batch.calls, { raw: batch.raw, now, skewMs })
    for (const [place, verdict] of stored) verdicts.set(place, verdict)
    if (batch.tickets.size + batch.warnings.size > 0) {
      const reference = await currentReference(queries)
      for (const [place, report] of batch.warnings) {
        const told = batch.told.get(report.id)
        verdicts.set(place, await storeWarning(queries, report, { caller, reference, told, now }))
      }
      for (const [place, dispatch] of batch.tickets) {
        const told = batch.told.get(dispatch.id)
        const verdict = await storeDispatch(queries, dispatch, { caller, reference, told, now })
        if (verdict.verdict === 'stored') await oweDispatch(queries, dispatch, now)
        verdicts.set(place, verdict)
      }
    }
    for (const [place, note] of batch.notes) verdicts.set(place, await storeAudit(queries, note, now))
    return verdicts
  })
}

const only = (batch: Batch, place: number): Batch => {
  const pick = <T>(map: ReadonlyMap<number, T>): ReadonlyMap<number, T> => {
    const value = map.get(place)
    return value === undefined ? new Map() : new Map([[place, value]])
  }
  return {
    ...batch,
    calls: pick(batch.calls),
    tickets: pick(batch.tickets),
    warnings: pick(batch.warnings),
    notes: pick(batch.notes),
    raw: null,
  }
}

/** The batch as a whole; when one row spoils it, each row alone, so that only that row is held up. */
const storeOrSingleOut = async (
  centre: Ground,
  caller: Caller,
  batch: Batch,
): Promise<Map<number, Stored>> => {
  try {
    return await store(centre, caller, batch)
  } catch (error) {
    if (isBusy(error)) throw error
    centre.log('warn', 'push.singledOut', { trace: traceOf(error) })
  }
  const verdicts = new Map<number, Stored>()
  const { warnings, calls, tickets, notes } = batch
  for (const place of [warnings, calls, tickets, notes].flatMap((part) => [...part.keys()])) {
    try {
      for (const [at, verdict] of await store(centre, caller, only(batch, place))) verdicts.set(at, verdict)
    } catch (error) {
      if (isBusy(error)) throw error
      const trace = traceOf(error)
      centre.log('error', 'push.poison', { trace })
      // Classes 22 and 23: the data itself; it will never fit. Anything else is our fault and may be mended.
      verdicts.set(
        place,
        / (22|23)\w{3}/.test(trace)
          ? { verdict: 'refused', text: '中心存不下这条记录的内容，请检查后再提交。' }
          : { verdict: 'busy', text: '中心处理这条记录出错，已留在本机，稍后再发。' },
      )
    }
  }
  return verdicts
}

/** \u0000 and half surrogates can only arrive as escapes: without one nothing need be searched. */
const mayHoldUnstorable = /\\u(0000|d[89a-f])/i

/** Items of one person, whoever brings them. */
export interface Brought {
  readonly items: readonly unknown[]
  readonly clientNow: number
  /** The request as it came, when it holds exactly these items. */
  readonly raw: string | null
  /** All that was said, to be searched for characters that cannot be stored. */
  readonly text: string
  /** The protocol the items were made under. */
  readonly protocol: number
}

export interface Applied {
  readonly verdicts: readonly PushVerdict[]
  readonly batch: Batch
  readonly stored: ReadonlyMap<number, Stored>
}

/** Each item judged alone, the good ones stored as this person's, exactly once. */
export const applyItems = async (ground: Ground, caller: Caller, brought: Brought): Promise<Applied> => {
  const { practice } = ground.identity
  const suspicious = mayHoldUnstorable.test(brought.text)
  const isNewer = brought.protocol > PROTOCOL
  const judged = brought.items.map((value) => judge(value, { caller, practice, suspicious, isNewer }))

  const calls = new Map<number, CallRecord>()
  const tickets = new Map<number, TicketDispatch>()
  const warnings = new Map<number, WarningReport>()
  const notes = new Map<number, AuditNote>()
  const told = new Map<string, string>()
  for (const [place, judgement] of judged.entries()) {
    if ('numbers' in judgement)
      for (const each of judgement.numbers.body.numbers)
        told.set('ticket' in each ? each.ticket : each.warning, each.number)
    if (!('item' in judgement)) continue
    const { item } = judgement
    if (item.kind === 'call') calls.set(place, item.body)
    else if (item.kind === 'ticket') tickets.set(place, item.body)
    else if (item.kind === 'warning') warnings.set(place, item.body)
    else notes.set(place, item.body)
  }
  const raw = calls.size === brought.items.length ? brought.raw : null
  const batch: Batch = { calls, tickets, warnings, notes, told, raw, clientNow: brought.clientNow }
  const stored = await storeOrSingleOut(ground, caller, batch)
  const verdicts = judged.map((judgement, place): PushVerdict => {
    const id = idOf(brought.items[place])
    if ('refusal' in judgement) return { id, ...judgement.refusal }
    if ('numbers' in judgement) return { id, verdict: 'stored' }
    return { id, ...(stored.get(place) ?? { verdict: 'busy' }) }
  })
  return { verdicts, batch, stored }
}

export const push: Handler<'sync.push'> = async ({ items, clientNow }, asking, centre) => {
  const caller = callerOf(asking)
  const wait = centre.limits('push', caller.account.id)
  if (wait > 0) return problems.tooMany(wait)
  const { raw, protocol, waitedMs } = asking
  const applied = await applyItems(centre, caller, { items, clientNow, raw, text: raw, protocol })
  tellOthers(centre, caller.account.id, applied)
  const { id, epoch } = centre.identity
  return done({ centre: id, epoch, serverNow: centre.now(), verdicts: [...applied.verdicts], waitedMs })
}

/** Others look sooner: who watches at warnings, seats at new calls, the departments and the agent at new work orders. */
export const tellOthers = (centre: Centre, owner: string, { batch, stored }: Applied): void => {
  const isNew = (place: number): boolean => stored.get(place)?.verdict === 'stored'
  for (const [place, { id }] of batch.warnings)
    if (isNew(place))
      void eventOf(centre.database, id)
        .then((event) => (event === null ? undefined : tellOfEvent(centre, event)))
        .catch((error: unknown) => centre.log('warn', 'warnings.untold', { trace: traceOf(error) }))
  if ([...batch.calls.keys()].some(isNew))
    centre.feed.nudge('calls', (to) => to.extension !== null && to.account.id !== owner)
  if ([...batch.tickets.keys()].some(isNew)) centre.outwardDue()
  for (const [place, { plan }] of batch.tickets) {
    if (!isNew(place)) continue
    const units = new Set([plan.department, ...plan.assisting.map((unit) => unit.department)])
    centre.feed.nudge(
      'tickets',
      ({ account }) =>
        account.id === owner ||
        account.role === 'admin' ||
        account.role === 'lead' ||
        (account.role === 'handler' && account.department !== null && units.has(account.department)),
    )
  }
}
