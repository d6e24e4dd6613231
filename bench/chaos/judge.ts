// What became of everything the screen was told saved: judged by the checker of the simulation, and counted.
import { isDeepStrictEqual } from 'node:util'
import { CallRecord } from '../../contract/softphone.ts'
import { TicketDispatch } from '../../contract/tickets.ts'
import { openDatabase } from '../../server/database.ts'
import { broken } from '../../test/sim/checker.ts'
import { newHistory } from '../../test/sim/history.ts'
import type { ChaosState, ToldSaved } from '../pages/chaosPage.ts'

export type Blow =
  | 'wire cut'
  | 'browser killed'
  | 'desktop killed'
  | 'centre killed'
  | 'PostgreSQL killed'
  | 'seat killed, centre away'
  | `store ${'flipped' | 'truncated' | 'deleted'}`
  | `journal ${'flipped' | 'truncated' | 'deleted'}`
  | 'disk full'
  | 'disk full, seat killed'
  | 'disk full at start'

export type Seen = {
  readonly seat: 'desktop' | 'browser'
  readonly database: 'embedded' | 'PostgreSQL'
  readonly account: string
  readonly saved: readonly ToldSaved[]
  readonly blows: Readonly<Partial<Record<Blow, number>>>
  /** After how many bytes the wire was cut, each time. */
  readonly cuts: readonly number[]
  /** Saves said to have failed. */
  readonly refused: number
  /** Things the second journal gave back at starts. */
  readonly broughtBack: number
  /** Starts on the full disk after which somebody could work. */
  readonly startedFull: number
  readonly parked: ChaosState['parked']
  readonly badge: string
  readonly data: string
  readonly databaseUrl: string | null
  readonly seconds: number
  release(): Promise<void>
}
export type Result = Omit<Seen, 'saved' | 'parked' | 'release'> & {
  readonly revisions: number
  readonly calls: number
  readonly tickets: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  readonly wrong: readonly string[]
}

type Held = {
  readonly kind: ToldSaved['kind']
  readonly id: string
  readonly rev: number
  readonly body: unknown
}

/** The database is read by itself: the centre has ended. */
const heldAt = async ({ databaseUrl, data, account }: Seen) => {
  const database = await openDatabase({ url: databaseUrl, folder: data })
  const calls = await database.rows<Omit<Held, 'kind'>>(
    'select id, rev, body from call_records where agent = $1',
    [account],
  )
  const tickets = await database.rows<Omit<Held, 'kind'>>(
    'select id, rev, dispatch as body from tickets where agent = $1',
    [account],
  )
  const twice = await database.rows(
    `select call_id from tickets where agent = $1 group by call_id having count(*) > 1
     union all select ticket from ticket_events where what = 'dispatch' group by ticket having count(*) > 1
     union all select ticket from outward where kind = 'notice' group by ticket, recipient having count(*) > 1`,
    [account],
  )
  await database.close()
  const rows: readonly Held[] = [
    ...calls.map((row) => ({ ...row, kind: 'call' as const })),
    ...tickets.map((row) => ({ ...row, kind: 'ticket' as const })),
  ]
  return { rows, twice: twice.length }
}

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind}:${id}`

const isSame = (told: ToldSaved, body: unknown): boolean =>
  told.kind === 'call'
    ? isDeepStrictEqual(CallRecord.parse(body), CallRecord.parse(told.body))
    : isDeepStrictEqual(TicketDispatch.parse(body), TicketDispatch.parse(told.body))

export const judge = async (seen: Seen): Promise<Result> => {
  const { rows, twice } = await heldAt(seen)
  const history = newHistory(() => 0)
  const store = `seat:${seen.account}`
  for (const [seq, { kind, id, rev }] of seen.saved.entries()) {
    history.add({ what: 'put', store, seq, kind, id, rev })
    history.add({ what: 'told', store, kind, id, rev })
  }
  for (const { kind, id, rev } of rows) history.add({ what: 'stored', kind, id, rev, number: null })
  for (const { kind, id, rev } of rows) history.add({ what: 'held', kind, id, rev })
  const { parked, badge } = seen
  history.add({ what: 'rested', store, waiting: [], parked, missed: [], badge, wrongByMs: 0 })
  const wrong = broken(history.all).map(({ promise, how }) => `${promise}: ${how}`)

  const newest = new Map<string, ToldSaved>()
  for (const each of seen.saved)
    if ((newest.get(keyOf(each))?.rev ?? 0) < each.rev) newest.set(keyOf(each), each)
  const held = new Map(rows.map((row) => [keyOf(row), row]))
  const told = [...newest.values()]
  const isOther = (each: ToldSaved): boolean => {
    const row = held.get(keyOf(each))
    if (row === undefined) return false
    return row.rev < each.rev || (row.rev === each.rev && !isSame(each, row.body))
  }
  return {
    ...seen,
    revisions: seen.saved.length,
    calls: told.filter(({ kind }) => kind === 'call').length,
    tickets: told.filter(({ kind }) => kind === 'ticket').length,
    lost: told.filter((each) => !held.has(keyOf(each))).length,
    duplicated: rows.length - held.size + twice,
    reordered: told.filter(isOther).length,
    wrong,
  }
}
